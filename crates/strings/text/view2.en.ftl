### Text of two drawings: the ladder and the headers at each hop.

## Ladder

ladder-seek = Go to this time

# Remarks beside the lifelines
note-discarded-unread = { $message } thrown away before anyone read it ({ $octets })
note-discarded-unsent = { $message } thrown away before it was delivered ({ $octets })
note-call-failed = { $call } fails: { $error }, { $message }
note-never-read = { $message } stays in the receive buffer: nobody reads it
note-message-incomplete = The message was cut off: { $received } of { $expected }
note-message-cut-short = The message was cut off after { $received }
note-message-rejected = { $line ->
    [0] Cannot make sense of this
   *[other] Cannot make sense of line { $line }
}
note-transaction-failed = { $count ->
    [one] Request { $request } failed
   *[other] Requests { $request } to { $last } failed
  }
note-syn-dropped = The queue is full: the SYN is dropped in silence
note-page-painted = First paint: the page shows
note-page-completed = Page complete, { $connections ->
    [1] 1 connection
   *[other] { $connections } connections
  }
note-intervened = You stepped in here

## Headers

headers-title = The message at each hop
headers-exchange = Which exchange
headers-previous = Previous exchange
headers-next = Next exchange
headers-way = Request or response
headers-request = Request
headers-response = Response
headers-hop = { $from } to { $to }, connection { $number }
headers-connection = connection { $number }
headers-none = This run has no HTTP messages, only TCP.
headers-nothing-yet = Nothing has been sent yet. Play on, and the message appears here at each hop.
headers-not-yet = Not at this hop yet.
headers-no-response = This request got no response.
headers-no-request = This response came without a request.
headers-blind = Passed on unread
headers-by-the-book = Had the proxy been smart
headers-by-the-book-says = It did not happen. By the standard, this would have been sent:
headers-kept = Lines without a mark were passed on as they were.
headers-original = As first sent.
headers-before = was
headers-mark-removed = removed
headers-mark-added = added
headers-mark-changed = changed
headers-mark-passed-blindly = passed as it is
headers-source-observed = Observed in real proxies
headers-source-book = Book §{ $section }
