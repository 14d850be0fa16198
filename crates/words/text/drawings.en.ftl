### The drawings: stage, ladder, packets, headers, state diagram, sockets, graphs, inspector.

## Names of nodes

node-client = Client
node-server = Server
node-dns = DNS
node-dhcp = DHCP
node-switch = Switch
node-proxy = Proxy
node-proxy-2 = Proxy 2
node-proxy-3 = Proxy 3
node-cache = Cache
node-router = Router
node-gateway = Gateway

## Roles: the title of a card, and one line on what it does

role-switch-does = joins the links
role-dns-server-does = knows names
role-dhcp-server-does = gives out addresses
role-origin-server-does = answers requests
role-client = Client
role-client-does = asks and reads
role-browser = Browser
role-browser-does = loads a page with all its files
role-origin-server = Server
role-dumb-proxy = Dumb proxy
role-dumb-proxy-does = passes headers on as they are
role-smart-proxy = Smart proxy
role-smart-proxy-does = knows the Connection header
role-caching-proxy = Caching proxy
role-caching-proxy-does = keeps copies
role-real-proxy = Real proxy
role-real-proxy-does = as one was observed
role-script = Program
role-script-does = makes socket calls
role-switch = Switch
role-router = Router
role-router-does = joins networks
role-dns-server = DNS server
role-dhcp-server = DHCP server
role-ping = Client
role-ping-does = sends echoes
role-off = Server
role-off-does = is switched off
role-captured = Host of a capture
role-captured-does = as captured

## What a role waits for

waiting-connection = waiting to connect
    .short = to connect
waiting-response = waiting for response
    .short = response
waiting-request = waiting for a request
    .short = a request
waiting-nothing = nothing to wait for
    .short = nothing
waiting-response-sent = sending the response
    .short = sending
waiting-tls-handshake = TLS handshake
    .short = TLS
waiting-rest-of-response = waiting for the rest of the response
    .short = rest of response
waiting-rest-of-request = waiting for the rest of the request
    .short = rest of request
waiting-peer-close = waiting for peer's close
    .short = peer’s close
waiting-server-close = waiting for server to close
    .short = server’s close
waiting-processing = preparing the answer
    .short = preparing
waiting-reading = busy, not reading
    .short = not reading
waiting-next-request = pausing before next request
    .short = pausing
waiting-idle-timeout = idle, counting down
    .short = idle
waiting-address = waiting for an address
    .short = address
waiting-name-answer = waiting for the name’s address
    .short = name
waiting-echo = waiting for the echo
    .short = echo
waiting-tunnel-octets = waiting for data in the tunnel
    .short = tunnel
waiting-neighbour = looking for the neighbor
    .short = neighbor
waiting-restart = restarting
    .short = restart
waiting-user-answer = waiting for the user
    .short = user
waiting-free-connection = waiting for a free connection
    .short = queue

## Timers

timer-waiting-address = DHCP
    .short = DHCP
    .help = How long the client waits for an answer before it asks again.
    .spoken = lease|address in|asks again
timer-waiting-name-answer = DNS
    .short = DNS
    .help = How long the client waits for the name server before it asks again.
    .spoken = asks again|DNS time
timer-retransmission = RTO
    .short = RTO
    .help = If no ACK comes by then, TCP sends the segment again.
    .spoken = retransmi|RTO|sends again|sent again|again and again|send it again
timer-delayed-ack = delayed ACK
    .short = ACK
    .help = The ACK waits so long for data to ride on, then it goes alone.
    .spoken = delayed|delays its ACK|piggyback|ACK wait|ACK is held|hold
timer-persist = persist
    .short = probe
    .help = When it ends, TCP asks whether the window has opened again.
    .spoken = window probe|zero window|probe
timer-time-wait = 2MSL
    .short = 2MSL
    .help = So long the port stays reserved, in case a late segment comes.
    .spoken = TIME-WAIT|2MSL|2 MSL
timer-fin-wait-2 = FIN-WAIT-2
    .short = FW2
    .help = So long TCP waits for the other side to close too.
    .spoken = FIN-WAIT-2
timer-override = override
    .short = SWS
    .help = After it, TCP sends a small segment anyway.
    .spoken = override|silly window
timer-keepalive = keep-alive
    .short = KA
    .help = When it ends, TCP asks whether the other side is still there.
    .spoken = keepalive|keep-alive probe
timer-waiting-nothing = timer
    .short = timer
    .help = A timer of the program.
    .spoken = timer
timer-waiting-response-sent = time-out
    .short = limit
    .help = So long the program waits before it gives up.
    .spoken = time-out|timeout|gives up
timer-waiting-tls-handshake = time-out
    .short = limit
    .help = So long the program waits before it gives up.
    .spoken = time-out|timeout|gives up
timer-waiting-rest-of-response = time-out
    .short = limit
    .help = So long the program waits before it gives up.
    .spoken = time-out|timeout|gives up
timer-waiting-rest-of-request = time-out
    .short = limit
    .help = So long the program waits before it gives up.
    .spoken = time-out|timeout|gives up
timer-waiting-connection = connect
    .short = open
    .help = How long the program waits for the connection.
    .spoken = connect() wait|gives up
timer-waiting-response = time-out
    .short = limit
    .help = How long the program waits for the answer before it gives up.
    .spoken = time-out|timeout|gives up
timer-waiting-request = idle
    .short = idle
    .help = If no request comes by then, the connection is closed.
    .spoken = idle|timeout|time-out|countdown|counts down|tired|clock
timer-waiting-peer-close = close wait
    .short = close
    .help = How long the program waits for the other side to close.
    .spoken = linger|wait for the client to close|close wait
timer-waiting-server-close = time-out
    .short = limit
    .help = How long the program waits for the server to close.
    .spoken = time-out|timeout
timer-waiting-processing = work
    .short = work
    .help = So long the server works on the answer.
    .spoken = work|prepar|slow
timer-waiting-reading = busy
    .short = busy
    .help = So long the program is busy and reads nothing.
    .spoken = busy|not read|reads nothing
timer-waiting-next-request = pause
    .short = pause
    .help = So long the user reads, then the next request goes out.
    .spoken = pause|half a second|next ping|a second later|next request
timer-waiting-idle-timeout = idle since the response was written
    .short = idle
    .help = If no request comes by then, the connection is closed.
    .spoken = idle|timeout|time-out|countdown|counts down|tired|clock
timer-waiting-echo = echo
    .short = echo
    .help = How long ping waits for the echo.
    .spoken = time-out|timeout|lost|never
timer-waiting-tunnel-octets = idle tunnel
    .short = tunnel idle
    .help = If no data comes by then, the tunnel is closed.
    .spoken = idle|timeout|time-out
timer-waiting-neighbour = neighbor
    .short = ARP
    .help = How long the host looks for its neighbor.
    .spoken = neighbor|unreachable
timer-waiting-restart = restart
    .short = restart
    .help = Until then the host is starting again.
    .spoken = restart
timer-waiting-user-answer = user thinks
    .short = user
    .help = So long the user thinks.
    .spoken = user
timer-waiting-free-connection = queue
    .short = queue
    .help = How long the request waits for a free connection.
    .spoken = queue|free connection

## Beliefs, as the role says them

belief-persists = this connection stays
belief-tunnel = a tunnel, no longer HTTP
belief-ended = this connection is over
belief-asked-to-persist = asked to keep it; we’ll see
belief-closes-after-response = ends after this response
belief-ends-when-server-closes = ends when server closes

## Why a segment was lost

drop-scripted = lost on the way
drop-random = lost at random
drop-corrupted = damaged, dropped by the checksum
drop-queue-full = dropped, the queue was full
drop-link-down = the cable is out
drop-host-down = the host is switched off
drop-unacknowledged = not acknowledged before it was sent again

## Stage

legend-datagram = datagram
stage-no-address = no address yet
stage-link = Link between { $a } and { $b }
stage-connections = { $count ->
    [one] 1 connection
   *[other] { $count } connections
  }
stage-send = send
stage-receive = recv
stage-belief = Believes: “{ $belief }”
stage-progress = { $failed ->
    [0] { $done } done
   *[other] { $done } done · { $failed } failed
  }
stage-buffer-unknown = What is in this buffer was not recorded.
stage-socket = Socket of connection { $number }: { $state }, { $sending } to send, { $received } unread
stage-socket-recorded = Socket of connection { $number }: { $state }; what is in its buffers was not recorded
stage-socket-captured = Socket of connection { $number }: { $state }, { $sending } to send; what was read is not in the capture
stage-pipe = Connection { $number }, port { $left } to port { $right }: { $phase }
stage-pipe-opening = opening
stage-pipe-closing = half-closed
stage-lane-closed = closed
stage-flight = { $label }, from { $from } to { $to }
stage-summary-time = At { $time }.
stage-summary-socket = { $node }, connection { $number }: { $state }.
stage-summary-waits = { $node }, connection { $number }: { $state }, { $waiting }.
stage-summary-flights = On the way: { $flights }.
legend-data = data
legend-ack = ACK
legend-syn = SYN
legend-fin = FIN
legend-rst = RST
stage-pipe-open = open
stage-pipe-time-wait = TIME-WAIT
stage-pipe-gone = closed
stage-pipe-reset = reset
stage-flight-lost = { $label }, from { $from } to { $to }: { $reason }
stage-hidden = { $count ->
    [one] and one more connection
   *[other] and { $count } more connections
  }
stage-more-sockets = { $count ->
    [one] 1 more socket ({ $waiting } in TIME-WAIT)
   *[other] { $count } more sockets ({ $waiting } in TIME-WAIT)
  }
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

## Ladder

ladder-title = Segments in time
ladder-compressed = time compressed: { $time }
ladder-now = now
ladder-again = { $label } (again)
ladder-seek = Go to this time

## Ladder: remarks beside the lifelines

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
note-host-crashed = Power gone: all state is lost
note-host-started = Starts again, with empty state
note-reading-stopped = The program stops reading
note-reading-resumed = The program reads again
note-cache-stored = keeps a copy
note-cache-refused = keeps no copy
note-cache-served = from the cache, { $age } old
note-cache-asked = copy { $age } old: asks
note-retry-again = Sends request { $request } again
note-user-asked = Asks the user: send request { $request } again?
note-user-answered-again = The user: send it again
note-user-answered-give-up = The user: leave it
note-effect-caused = { $message } carried out ({ $executed })

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
packets-empty = No segment crosses a wire in this run.

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
headers-empty = Nothing has been sent yet.
headers-announced = announced so far
headers-not-yet = Not at this hop yet.
headers-next-hop = not sent yet
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

## State diagram: on the left of the slash the trigger, on the right the segment sent

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
trigger-not-captured = the reason is not in the capture

## State diagram

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
graphs-sequence = Time–sequence graph
graphs-sequence-of = Time–sequence graph. { $title }
graphs-sent = sent
graphs-again = sent again
graphs-acknowledged = acknowledged
graphs-edge = edge of the peer’s window
graphs-edge-above = ↑ the edge of the peer’s window ({ $edge } and more) lies above this picture
graphs-more = { $count ->
    [one] One more connection sent less data and is not drawn.
   *[other] { $count } more connections sent less data and are not drawn.
  }
graphs-empty = No connection has data to send, so there is nothing to draw. Each one that does gets a chart of its congestion window, its bytes in flight and its peer’s window.

## Programs of socket calls

program-of = Program of { $node }
program-waits = waits here
program-to-come = to come
program-result = returned { $result }
program-choices = What it could call now
program-would-return = returns { $result }
program-would-fail = fails: { $result }
program-would-block = waits
program-would-send = sends { $flags }

## Caches

cache-of = Cache of { $node }
cache-empty = Nothing in it yet.
cache-fresh = fresh
cache-stale = stale
cache-age-of = { $age } old, fresh until { $lifetime }
cache-etag = Version
cache-from = From
cache-size = Size
cache-used = Used
cache-doings = What it did last
cache-times = { $count ->
    [one] once
   *[other] { $count } times
  }
cache-act-missed = no copy
cache-act-asked = must ask
cache-act-served = answered itself
cache-act-stored = kept
cache-act-refused = not kept
cache-act-validated = still good
cache-act-removed = given up

## The race: one page, five ways

race-lanes = The connections of five policies on one clock, and what each of them took
race-policy-serial = Serial
race-policy-parallel = Parallel
race-policy-persistent = Persistent
race-policy-parallel-persistent = Parallel + persistent
race-policy-pipelined = Pipelined
race-idle = idle
race-column-connections = Connections
race-column-round-trips = Round trips
race-column-octets = Bytes
race-column-first-paint = First paint
race-column-total = Complete
race-winner = first
race-own = this run
race-numbers = { $connections ->
    [one] { $connections } connection
   *[other] { $connections } connections
} · { $trips } round trips · { $octets }
race-failed = { $count } files given up

## Where the time went

spent-title = Where the time of { $request } went: { $total }
spent-address = address
spent-dns = name (DNS)
spent-connect = connect
spent-tls = TLS
spent-request = request on its way
spent-queue = queueing behind others
spent-process = server’s work
spent-response = response on its way
spent-nagle = held by Nagle
spent-held-ack = waiting for a delayed ACK
spent-lost = lost, waiting for the timer
spent-hang = nobody works
spent-user = the user decides
spent-close = close

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

## Inspector: why

why = Why?
why-scenario = Scenario
why-skipped = { $count ->
    [one] one step between left out
   *[other] { $count } steps between left out
  }

## Inspector: a socket

socket-state-since = In this state since
socket-waits = Waits for
socket-waits-since = { $waiting } (since { $since })
socket-belief = Believes
socket-receive-buffer = Receive buffer
socket-send-buffer = Send buffer
socket-timer-until = ends at { $at }
socket-error = Error

## Inspector: layers

layer-ipv4 = IPv4
layer-tcp = TCP
layer-http = HTTP
layer-payload = Data
layer-udp = UDP
layer-icmp = ICMP
layer-dns = DNS
layer-dhcp = DHCP
layer-tls = TLS

## Fields of IPv4

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

## Fields of TCP

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

## Fields of UDP and ICMP

field-udp-source-port = The port of the program that asks or answers.
field-udp-destination-port = The port of the program it is for: 53 is DNS, 67 and 68 are DHCP.
field-udp-length = The UDP header and the data, in bytes. There is no sequence number: UDP keeps no order.
field-udp-checksum = Shows whether the datagram was damaged on the way.
field-icmp-type = What the message is: 8 asks, 0 answers, 3 says that something could not be delivered.
field-icmp-code = More about the type: of 3, code 0 is the network, 1 the host, 3 the port.
field-icmp-checksum = Shows whether the message was damaged on the way.
field-icmp-identifier = Whose echo it is.
field-icmp-sequence = Which echo it is; the reply carries the same number.
field-icmp-data = Any bytes; the reply brings the same ones back.
field-icmp-quoted = The start of the packet that could not be delivered, so that its sender knows which it was.

## Fields of DNS, DHCP and TLS

field-dns-id = The answer has the same number as the question.
field-dns-flags = QR is 0 in a question and 1 in an answer; RCODE 3 means that there is no such name.
field-dns-question = The name asked about; A stands for an IPv4 address.
field-dns-answer = The address, and for how many seconds it may be kept.
field-dhcp-op = 1 is from a client, 2 is from a server.
field-dhcp-xid = Tells this exchange from all others on the link.
field-dhcp-flags = The client has no address yet, so it wants its answers by broadcast.
field-dhcp-yiaddr = “Your address”: the one offered or given.
field-dhcp-chaddr = The client’s hardware address: the only name it has so far.
field-dhcp-kind = Which of the four messages it is: discover, offer, request, ack.
field-dhcp-requested = The address that the client wants.
field-dhcp-server = Whose offer it is about.
field-dhcp-lease = How long the address may be kept.
field-dhcp-mask = Which part of the address names the network.
field-dhcp-router = The way out of this network.
field-dhcp-name-server = Where to ask for names.
field-tls-record = A record: five bytes of type, version and length, which anybody can read. The hello names the host in the clear; what comes after the handshake cannot be read.

## Fields of HTTP

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

# Four values.
tuples-label = The four values of each connection
tuples-client-address = client address
tuples-client-port = client port
tuples-server-address = server address
tuples-segment = segment
tuples-server-port = server port

## Pieces

pieces-label = The segments of a stream, their places at the receiver, and the ACKs
pieces-empty = No data has been sent yet.
pieces-sends = { $node } sends
pieces-has = { $node } has
pieces-legend = segment, its bytes
pieces-unsent = { $count } not sent yet
pieces-gap = gap
pieces-waits = { $number } · waits
pieces-before = … { $count } before
pieces-after = { $count } more …
pieces-held = ACK { $number } held
pieces-held-time = { $waited } of { $whole } ms
pieces-again = { $label } again
pieces-segment = Segment { $number }, from byte { $first }
pieces-ack = ACK { $number } on its way
pieces-repeats = again
pieces-cost = Headers { $headers }, data { $data }: headers are { $share }

## Round trips

window-label = Round trips as rows of segments, with the congestion window
window-empty = No answer has been sent yet.
window-new = new connection
window-used = same connection, already used
window-round = RTT { $number }
window-cwnd = cwnd { $count }
window-unsent = { $count } more written, not sent yet
window-peer = receiver’s window: { $count } segments
window-acknowledged = acknowledged
window-on-its-way = on its way
window-lost = lost
window-again = sent again
window-segment = Segment { $number } of round trip { $round }

## The moment that is shown, on a time axis

drawing-now = now { $time }

## A page that is loaded

page-label = The page that fills, and one bar for each file
page-own-serial = Serial: one connection after another
page-own-parallel = Parallel, { $count } at once
page-own-keep-alive = One connection, kept
page-own-persistent = Persistent: one connection
page-own-parallel-persistent = Parallel and persistent, { $count } at once
page-own-pipelined = Pipelined: one connection
page-own-requests-at-once = Pipelined, { $count } at once
page-own-one-by-one = One request after another
page-shadow-serial = Serial, for comparison
page-shadow-kept = One kept connection, for comparison
page-shadow-one-by-one = One after another, unbroken, for comparison
page-set-up = set-up
page-request = request
page-waiting = waiting
page-answer = answer
page-queued = not asked for yet
page-first-paint = first paint { $time }
page-given-up = given up
page-blank = still blank
page-files = { $whole } of { $all } files here
page-files-so-far = { $all ->
    [one] { $all } file known so far
   *[other] { $all } files known so far
}
## Terminal
terminal-label = Terminal of { $node }
terminal-missing = no line: nothing came back

## Ports
ports-label = { $free } of { $all } ports free
ports-towards = towards { $server }
ports-free = free
ports-open = in use
ports-left = { $seconds } s left
ports-of = of { $all } ports free
ports-waiting = { $count } in TIME-WAIT
ports-waiting-at-server = { $count } in TIME-WAIT at the server
ports-refusals =
    connect() failed { $count ->
        [one] once
       *[other] { $count } times
    } so far
ports-rate = { $all } ports ÷ { $span } = one new connection every { $every }
ports-refused = no port is free, nothing is sent

## Who waits for whom
waits-label = Who waits for whom, and what each host believes
waits-clash = do not fit
waits-agree = agree
waits-nobody-reads = nobody reads it
waits-bytes = { $count } bytes
waits-held-back = held back
waits-for-connection = waits for the connection
waits-for-response = waits for the answer
waits-for-request = waits for the next request
waits-for-rest = waits for the rest
waits-for-close = waits for the close
waits-for-tunnel-octets = waits for bytes
waits-for-ack = waits for the ACK
waits-for-data = waits for data
saying-asked = I asked to keep it. Let’s see.
saying-kept-to-use = We keep it, so I can use it again.
saying-kept-to-answer = We keep it, so the answer will come.
saying-kept-to-serve = We keep it, so I wait for the next request.
saying-stays-to-use = HTTP/1.1: it stays, so I can use it again.
saying-stays-to-answer = HTTP/1.1: it stays, so the answer will come.
saying-stays-to-serve = HTTP/1.1: it stays, so I wait for the next request.
saying-ends-with-answer = One answer, and it ends.
saying-ends-after-mine = I answer, then I close.
saying-relay = When the server closes, I close too.
saying-tunnel = A tunnel now: I only pass bytes on.
saying-over = This connection is over.
saying-small-waits = It is small, so it goes when the ACK is here.
saying-ack-waits = I will send the ACK along with data.

## Buffers

buffers-label = The bytes of each stream: sent, in the receive buffer, read, thrown away
buffers-empty = Nothing has been written yet.
buffers-application = { $node }: application
buffers-receive = { $node }: receive buffer
buffers-coming = at { $node } or on its way
buffers-read-requests = requests read by the application
buffers-read-answers = answers read by the application
buffers-read-other = messages read by the application
buffers-lost = { $octets } thrown away
buffers-never = { $octets } never arrived
buffers-length = promised by Content-Length
buffers-chunked = in chunks: the last one marks the end
buffers-until-close = no length: the end of the connection is the end
buffers-missing = { $octets } missing, and the connection is over
buffers-cut-off = the end is missing, and the connection is over
buffers-more = { $count } more
buffers-tile = { $label }, { $octets }: { $place }
buffers-place-coming = on its way
buffers-place-unread = in the receive buffer
buffers-place-read = read
buffers-place-discarded = thrown away
buffers-place-never = never arrived

## Requests at the server

requests-label = Each request: what the client knows, what is on its way, what the server has done
requests-empty = No request has been sent yet.
requests-cut = the client cannot see this
requests-has = answer is here
requests-waits = no answer yet
requests-unknown = done or not?
requests-coming = not here yet
requests-queued = read, not begun
requests-works = working: { $waited } of { $whole }
requests-answered = answered
requests-done = done, answer not sent
requests-never = never begun
requests-again = sent again
requests-blocking = Head-of-line blocking: { $count ->
    [one] one request
   *[other] { $count } requests
  } waited { $time } behind { $label }
requests-one-connection = one connection
requests-reset = RST
## Where the time went, as a picture

time-label = Where the time of each request went
time-from = { $title } · from { $time }
time-so-far = so far
time-in-all = in all
time-before-tcp = before TCP
time-on-the-way = on the way
time-close = closing: nobody waits
time-way-nagle = Nagle { $value ->
    [on] on
   *[other] off
}
time-way-ack = { $value ->
    [0] every ACK at once
   *[other] ACK delayed up to { $value } ms
}

## The narrowest link and its queue

queue-label = The narrowest link, its queue and its losses
queue-title = The line between them: { $rate }
queue-connections = connections
queue-low = a low block carries no data
queue-places = queue: { $waiting } of { $places } places taken
queue-waiting = queue: { $waiting } waiting
queue-longest = longest wait so far { $time }
queue-lost = full: { $count } lost
queue-packet = Packet of connection { $number }
queue-connection-waiting = { $count } waiting
queue-connection-lost = { $count } lost

## A run as text to paste
notation-sent = sent
notation-arrives = arrives
notation-more = … and { $count } more
