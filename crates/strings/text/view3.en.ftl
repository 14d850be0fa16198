### Text of the packet list, state diagram, sockets, graphs and inspector.

## Packet list

packets-title = Every segment, in the order of sending
packets-number = No.
packets-time = Time
packets-source = Source
packets-destination = Destination
packets-protocol = Protocol
packets-length = Length
packets-info = Info
packets-pick = Inspect packet { $number }
packets-lost = [lost]
packets-future = (not sent yet)
packets-more = { $count ->
    [one] Show one more packet
   *[other] Show { $count } more packets
  }
packets-empty = No segment crosses a wire in this run.

## State diagram: triggers. What happens; behind the slash comes the segment sent

trigger-active-open = connect()
trigger-passive-open = listen()
trigger-receive-syn = got SYN
trigger-receive-syn-ack = got SYN,ACK
trigger-receive-ack-of-syn = got ACK of SYN
trigger-close = close()
trigger-receive-fin = got FIN
trigger-receive-ack-of-fin = got ACK of FIN
trigger-receive-fin-and-ack-of-fin = got FIN,ACK
trigger-time-wait-timeout = 2MSL over
trigger-receive-new-syn = got new SYN
trigger-receive-reset = got RST
trigger-send-reset = abort
trigger-user-timeout = no answer in time
trigger-receive-unreachable = a router says: unreachable
trigger-fin-wait-2-timeout = FIN-WAIT-2 timed out

state-choose = Choose whose state to see
state-said = { $socket }: { $state }
state-none = There is no socket yet. Every connection starts in CLOSED.
state-note = an RST or a time-out may lead from here straight to CLOSED
state-ways-out = Ways out of { $state }

## Sockets

sockets-of = Sockets of { $node }
sockets-connection = Connection
sockets-state = State
sockets-local = Local address
sockets-remote = Remote address
sockets-receive-queue = Recv-Q
sockets-send-queue = Send-Q
sockets-left = 2MSL { $time } left
sockets-none = No sockets at this moment.
sockets-unused = not used yet
sockets-more = { $count ->
    [one] Show one earlier socket
   *[other] Show { $count } earlier sockets
  }
sockets-ports = { $used } of { $all } ephemeral ports in use ({ $first }–{ $last })
sockets-ports-waiting = , { $waiting } of them held only by TIME-WAIT

## Graphs

graphs-of = Connection { $number }: { $from } → { $to }
graphs-window = congestion window
graphs-flight = in flight
graphs-peer = peer’s window
graphs-threshold = slow start threshold
graphs-peer-above = ↑ the peer’s window ({ $window }) lies above this picture
graphs-more = { $count ->
    [one] One more connection sent less data and is not drawn.
   *[other] { $count } more connections sent less data and are not drawn.
  }
graphs-empty = No connection has data to send, so there is nothing to draw. Each one that does gets a chart of its congestion window, its bytes in flight and its peer’s window.

## Inspector

inspector-hint = Pick a segment or a socket.
inspector-hint-what = You will see why it happened, what each header field means, and the very bytes on the wire.
inspector-connection = connection { $number }
inspector-sent = sent at { $sent }
inspector-sent-arrived = sent at { $sent } · arrived at { $arrived }
inspector-sent-lost = sent at { $sent } · lost at { $lost }
inspector-future = has not happened yet
inspector-again = retransmission
inspector-layers = Headers and content
inspector-octets = Bytes on the wire ({ $count })
inspector-all-octets = Show all { $count } bytes
inspector-socket = { $node }, socket of connection { $number }
inspector-listener = { $node }, socket
inspector-no-socket = This socket does not exist at this moment.

why = Why?
why-scenario = Scenario
why-skipped = { $count ->
    [one] one step between left out
   *[other] { $count } steps between left out
  }

layer-ipv4 = IPv4
layer-tcp = TCP
layer-http = HTTP
layer-payload = Data

socket-state-since = In this state since
socket-waits = Waits for
socket-waits-since = { $waiting } (since { $since })
socket-belief = Believes
socket-receive-buffer = Receive buffer
socket-send-buffer = Send buffer
socket-timer-until = ends at { $at }
socket-error = Error

# IPv4 fields
field-ip-version = The version of IP; only IPv4 is used here.
field-ip-header-length = How long the IP header is, counted in words of 4 bytes.
field-ip-dscp = What treatment is wanted from routers; 0 is the usual one.
field-ip-ecn = Bits by which routers may signal congestion; not used here.
field-ip-total-length = Everything from the IP header to the last byte of data.
field-ip-identification = A number that lets fragments find each other again.
field-ip-flags = DF asks routers not to cut the datagram in pieces.
field-ip-fragment-offset = Where a fragment stood in the whole; 0 when it is no fragment.
field-ip-time-to-live = Each router takes one off; at 0 the datagram is dropped.
field-ip-protocol = Who gets the data next; 6 is TCP.
field-ip-checksum = Shows whether the IP header was damaged on the way.
field-ip-source = The sender’s address: one of the four values that name a connection.
field-ip-destination = The receiver’s address: one of the four values that name a connection.
field-ip-options = Options of IP, hardly ever used.

# TCP fields
field-tcp-source-port = The sender’s port: one of the four values that name a connection.
field-tcp-destination-port = The receiver’s port: one of the four values that name a connection.
field-tcp-sequence = Where the first byte of data stands in the stream, counted from the initial sequence number.
field-tcp-acknowledgment = The next byte wanted; all before it has arrived. Means something only with the ACK bit.
field-tcp-data-offset = How long the TCP header is: data starts after it.
field-tcp-reserved = Bits kept free for later use.
field-tcp-flags = SYN opens, FIN says no more data, RST ends at once, ACK makes the acknowledgment number valid.
field-tcp-window = How much more can be received now; the sender may not exceed it.
field-tcp-checksum = Shows whether header or data was damaged on the way.
field-tcp-urgent-pointer = The end of urgent data; no longer used.
field-tcp-max-segment-size = The most data that may be put in one segment; said in SYNs only.
field-tcp-sack-permitted = This side understands acknowledgments with gaps; said in SYNs only.
field-tcp-sack = Ranges already received beyond a gap.
field-tcp-timestamps = The sender’s clock and an echo of the peer’s: for measuring round trips and spotting old segments.
field-tcp-no-operation = Filler that keeps options at multiples of 4 bytes.
field-tcp-window-scale = What this side’s later Window values are multiplied by; used only if both SYNs carry it.
field-tcp-other-option = Another option.
field-tcp-end-of-options = The list of options ends here.
field-payload = The application’s data.

# HTTP fields
field-http-start-line = The message’s first line: method, path and version of a request, version and status of a response.
field-http-field = A header with information about the message.
field-http-body = The message’s body; it follows the empty line.
field-http-part = More of a message that began in an earlier segment.
field-payload-octets = Bytes that the application sent.
header-connection = Said for this connection only: must not be passed on to the next hop (hop-by-hop).
header-proxy-connection = A non-standard header, invented to get past dumb proxies.
header-keep-alive = A hint about how long the connection will be kept (hop-by-hop).
header-host = Which site is asked; required in HTTP/1.1.
header-content-length = How many bytes the body has: lets a persistent connection find the message’s end.
header-content-type = What kind of body it is.
header-transfer-encoding = How the body is wrapped; “chunked” sends it in pieces (hop-by-hop).
header-via = The proxies it came through, with their versions.
header-upgrade = Offers to change to another protocol on this connection (hop-by-hop).
header-date = When the response was made.
header-server = The program that answered.
header-user-agent = The program that asks.
header-accept = Which kinds of body are wanted.
header-location = Where to go instead.
header-expect = The sender wants a first answer before it sends the body.

## What happened: one sentence an entry

nothing-yet = Nothing has happened yet.
segment-sent = { $node } sent { $segment } to { $to }.
segment-sent-again = { $node } sent { $segment } to { $to } again.
segment-delivered = { $segment } from { $from } arrived at { $node }.
segment-dropped = { $segment } from { $from } never arrived: { $reason }.
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
request-received = { $node } read a request: { $message }.
response-received = { $node } read a response: { $message }.
message-completed = { $node } read { $message } ({ $octets }) to its end.
message-incomplete = The message { $node } was reading was cut off: { $received } of { $expected } came.
message-cut-short = The message { $node } was reading was cut off after { $received }.
message-rejected = { $node } could not understand a message{ $line ->
    [0] : { $problem }
   *[other] . Line { $line }: { $problem }
}
connection-persists = { $node } decided to keep the connection.
connection-closes = { $node } decided to close the connection.
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
object-named = { $node } read in the HTML: it needs { $path }.
page-painted = { $node } shows the page: { $whole } of { $objects } files are whole, and it knows the size of the rest.
page-completed = { $node } has the whole page: { $objects } files over { $connections } connections, { $failed } given up.
intervened = You reached into the run (intervention { $intervention }).
