### What happened: one sentence for each kind of entry in a trace.

## Segments

nothing-yet = Nothing has happened yet.
segment-sent = { $node } sent { $segment } to { $to }.
segment-sent-again = { $node } sent { $segment } to { $to } again.
segment-delivered = { $segment } from { $from } arrived at { $node }.
segment-dropped = { $segment } from { $from } never arrived: { $reason }.

## Sockets

listening = { $node } began to listen on port { $port }.
opened = { $node } began to open a connection from { $local } to { $remote }.
accepted = { $node } got a socket for the connection from { $remote }.
state-changed = { $node } went from { $from } to { $to }.
timer-set = { $node } set its { $timer } timer to { $span }.
timer-stopped = { $node } stopped its { $timer } timer.
timer-expired = { $node }’s { $timer } timer ran out.
bytes-queued = { $message } ({ $octets }) went into { $node }’s send buffer.
bytes-acknowledged = { $message } ({ $octets }) from { $node } was acknowledged.
bytes-received = { $message } ({ $octets }) went into { $node }’s receive buffer.
bytes-held = { $node } holds { $message } ({ $octets }): something before it is missing.
bytes-read = { $node }’s program read { $message } ({ $octets }).
bytes-discarded-unread = { $node } threw away { $message } ({ $octets }), unread.
bytes-discarded-unsent = { $node } threw away { $message } ({ $octets }), not fully sent.
end-received = { $node } learned that its peer’s output ends at { $octets }.
congestion-changed = { $node }’s congestion window became { $cwnd }.
peer-window-changed = { $node } learned that its peer’s window is { $window }.
rtt-measured = { $node } measured a round trip of { $span }; its retransmission timeout is { $timeout }.
send-held = { $node } holds back { $octets } for now.
connection-failed = { $node }’s connection ended with { $error }.
syn-dropped = { $node } dropped a SYN in silence.
socket-released = { $node }’s socket is gone.
call-returned = { $node } called { $call } and got { $result }.
call-failed = { $node } called { $call } and failed: { $result }.
call-blocks = { $node } called { $call } and waits.

## HTTP

request-received = { $node } read a request: { $message }.
response-received = { $node } read a response: { $message }.
message-completed = { $node } read { $message } ({ $octets }) to its end.
message-incomplete = The message { $node } was reading was cut off: { $received } of { $expected } came.
message-cut-short = The message { $node } was reading was cut off after { $received }.
message-rejected = { $node } could not understand a message{ $line ->
    [0] : { $problem }
   *[other] . Line { $line }, byte { $octet }: { $problem }
}
answer-chosen = { $node } answers with { $status } itself.
connection-persists = { $node } decided to keep the connection to { $peer }.
connection-closes = { $node } decided to close the connection to { $peer } after this response.
connection-may-stay = { $node } concluded that the connection to { $peer } stays.
connection-will-end = { $node } concluded that the connection to { $peer } ends.
headers-rewritten = { $node } rewrote the headers: { $kept } kept, { $removed } removed, { $added } added, { $changed } changed.
bytes-relayed = { $node } passed on { $message } ({ $octets }) as it was.
belief-changed = { $node } now believes: “{ $belief }”
waiting-changed = { $node } began to wait: { $waiting }.
waiting-ended = { $node } no longer waits.
application-timer-set = { $node }’s program set a timer: { $timer }, { $span }.
application-timer-stopped = { $node }’s program stopped a timer: { $timer }.
application-timer-expired = { $node }’s program’s timer ran out: { $timer }.
transaction-completed = { $node }’s request { $request } is done: status { $status }, { $octets }, in { $span }.
transaction-failed = { $node }’s request { $request } failed after { $span }: { $problem }

## Pages

object-named = { $node } read in the HTML: it needs { $path }.
page-painted = { $node } shows the page: { $whole } of { $objects } files { $whole ->
    [one] is
   *[other] are
} whole, and it knows the size of the rest.
page-completed = { $node } has the whole page: { $objects ->
    [one] 1 file
   *[other] { $objects } files
} over { $connections ->
    [one] 1 connection
   *[other] { $connections } connections
}, { $failed } given up.

## Interventions

withheld = Told after your answer.
intervened = You reached into the run (intervention { $intervention }).
host-crashed = { $node } lost its power, and all its state with it. It says nothing.
host-started = { $node } starts again, with empty state.
reading-stopped = { $node }’s program no longer reads.
reading-resumed = { $node }’s program reads again.
segment-forged = You put { $segment } on the link to { $to }, as if { $node } had sent it.
segment-doubled = The link carries { $segment } from { $node } to { $to } a second time.

## Repeated requests

retry-again = { $node } will send request { $request } again.
retry-asks = { $node } does not send request { $request } again by itself; it asks its user.
retry-gives-up = { $node } does not send request { $request } again.
user-asked = { $node } asks its user: send request { $request } ({ $message }) again?
user-answered-again = { $node }’s user says: send request { $request } again.
user-answered-give-up = { $node }’s user says: do not send request { $request } again.
effect-caused = { $node } carried out { $message }. Carried out on this resource so far: { $executed }. It now holds: { $holds }.

## Caches

cache-missed = { $node } looked for { $target } in its cache: no copy.
cache-asked = { $node } has a copy of { $target }, { $age } old, and must ask before it uses it.
cache-served = { $node } answered with its copy of { $target }, { $age } old.
cache-stored = { $node } keeps { $target } ({ $octets }): fresh until { $lifetime } old.
cache-refused = { $node } does not keep the response for { $target }.
cache-validated = { $node } learned that its copy of { $target } is still good.
cache-removed = { $node } gave its copy of { $target } up.

## Datagrams, addresses, names, echoes, TLS

datagram-sent = { $node } sent { $segment } towards { $to }.
datagram-delivered = { $segment } from { $from } arrived at { $node }.
datagram-dropped = { $segment } from { $from } never arrived: { $reason }.
address-obtained = { $node } has the address { $address } now, after { $span }.
address-refused = { $node } gave up asking for an address after { $span }.
name-resolved = { $node } learned that { $name } is { $address }, after { $span }.
name-cached = { $node } still knew that { $name } is { $address }.
name-unresolved = { $node } got no address for { $name } in { $span }: { $problem }
echo-returned = { $node }’s echo { $sequence } came back after { $span }.
echo-lost = { $node }’s echo { $sequence } did not come back ({ $span }): { $problem }
tls-opened = { $node }’s TLS { $version } handshake is over after { $span }.
