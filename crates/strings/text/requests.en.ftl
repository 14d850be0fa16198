### Requests whose answer is lost: the dialog, the counter of effects, and the sentences about them.

rule-connection-limit = One client may have only so many connections to this server; this one is too many.
rule-breaks-off = The scenario breaks the connection here.
rule-idempotent-again = The method is idempotent: sent twice it has the effect of once, so the client may repeat it without asking.
rule-never-processed = The server certainly did not carry this request out, so it may be sent again whatever its method.
rule-not-idempotent = The method is not idempotent: sent twice it may take effect twice, so the client may not repeat it by itself.
rule-retried-enough = It was repeated already, and a failed repetition is not repeated without asking.
rule-user-decides = Only the user can know whether doing it twice would do harm, so the user agent asks.
rule-unsafe-method = The method is not safe: carrying it out changes something on the server.

waiting-user-answer = waiting for the user
    .short = user
timer-waiting-user-answer = user thinks
    .short = user

retry-again = { $node } will send request { $request } again.
retry-asks = { $node } may not send request { $request } again by itself; it asks its user.
retry-gives-up = { $node } does not send request { $request } again.
user-asked = { $node } asks its user: send request { $request } ({ $message }) again?
user-answered-again = { $node }’s user says: send request { $request } again.
user-answered-give-up = { $node }’s user says: do not send request { $request } again.
effect-caused = { $node } carried out { $message }. Carried out on this resource so far: { $executed }. It now holds: { $holds }.

note-retry-again = Sends request { $request } again
note-user-asked = Asks the user: send request { $request } again?
note-user-answered-again = The user: send it again
note-user-answered-give-up = The user: leave it
note-effect-caused = { $message } carried out ({ $executed })

effect-holds = holds { $count }
question-title = Send again?
question-body = No answer came. If the server has done this already, sending it again may do it twice.
question-again = Send again
question-give-up = Cancel
stage-summary-effect = { $node } has carried out { $request } { $executed ->
    [1] once
   *[other] { $executed } times
  } and holds { $holds }.
stage-summary-question = { $node } asks its user whether to send { $request } again.
stage-summary-question-again = { $node } asked its user, who said: send { $request } again.
stage-summary-question-give-up = { $node } asked its user, who said: do not send { $request } again.
