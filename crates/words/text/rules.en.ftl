### The rules: one sentence each, the answer to “why did this happen?”. A key is the core’s name for the rule after rule-.

## Scenario

rule-intervention = You reached into the run at this moment.
rule-link-delay = The packet takes the link's delay, plus the time to put its bits on the line.
rule-link-loss = The link lost it, as the scenario says.
rule-link-cut = The cable is out, so nothing gets through.
rule-link-duplicates = The link delivers this packet twice. TCP knows the copy by its sequence numbers.
rule-host-crashes = The power failed: everything in memory is gone, and no FIN or RST says so. The peer finds out only when it sends something.
rule-host-starts = The machine starts again with empty memory. It knows nothing of earlier connections, and answers their segments with RST.
rule-forged-reset = Somebody who sees a connection’s numbers can forge a RST. Only one with exactly the next sequence number is taken; another one in the window is answered by a challenge ACK.
rule-outside-host = A real system outside the simulation sent this. Why, only its own TCP knows.
rule-queue-full = The queue before the link was full, so the newest arrival was dropped.
rule-application = The program in this scenario makes the call at this point.
rule-schedule = The scenario sets the time.
rule-server-restarts = The server’s process ends and all its sockets are closed. The new process needs the same port.
rule-blocking-call = The call cannot be finished now, so the program waits in it.
rule-interrupted-call = A signal came while the call was waiting, so it returns at once with EINTR. What it was waiting for may still happen.
rule-socket-call = socket() makes a socket. Its file descriptor is the lowest number that the process has free; 0, 1 and 2 are taken from the start.
rule-bind-call = bind() gives the socket its local port.
rule-accept-call = The handshake of a connection is complete and it waits in the queue: accept() returns a new file descriptor for it.
rule-send-buffer-full = The send buffer is full: nothing more is taken until an ACK makes room.
rule-output-closed = This side has closed its output, or the connection is over: nothing more can be written.
rule-no-route = This host knows no way to that address.
rule-call-refused = The call does not fit the state of the socket, so it fails at once.
rule-linger-time = SO_LINGER is set: close() waits until the peer has acknowledged everything, or until the time is over.
rule-connection-limit = One client may have only so many connections to this server; this one is too many.
rule-breaks-off = The scenario breaks the connection here.
rule-not-in-capture = The capture shows that it happened. Why it did is not in the capture.
rule-estimated-time = A capture is taken at one place. This time is estimated by half of the round trip of the SYN.

## TCP: opening

rule-active-open = The application called connect(), so TCP sends a SYN and waits for the answer.
rule-passive-open = The application called listen(), so TCP waits on the port for anyone's SYN.
rule-listen-syn = A SYN reached a listening port: a new connection begins and answers SYN,ACK.
rule-syn-sent-syn-ack = The SYN,ACK answers our own SYN: the connection is open, and we reply with an ACK.
rule-simultaneous-open = Both sides sent a SYN at once; each answers the other's.
rule-syn-received-ack = The ACK of our SYN arrived: the three-way handshake is complete.
rule-backlog-full = The queue of connections not yet accepted is full, so the SYN is dropped in silence.
rule-no-listener = Nobody listens on that port, so the answer is an RST.
rule-no-connection = There is no such connection here, or no longer, so the answer is an RST.
rule-connection-refused = An RST answered our SYN: connect() fails with ECONNREFUSED.
rule-ports-exhausted = Every local port towards this peer is taken: no 4-tuple is left, so connect() fails.
rule-address-in-use = Another socket has this port: a listening one, or a connection, even one in TIME-WAIT. With SO_REUSEADDR the connections do not matter, and a server can be restarted at once.
rule-tuple-in-use = A connection with the same four values still exists, so a second one may not open.

## TCP: data

rule-send-call = The application wrote bytes into the send buffer.
rule-receive-call = The application took bytes out of the receive buffer.
rule-new-data = There was data to send and both windows had room for it.
rule-window-limits = The congestion window and the peer's window set how much may be unacknowledged; the rest waits.
rule-silly-window = A tiny window is not worth a segment; the sender waits for a larger one.
rule-nagle = Nagle's algorithm: while something is unacknowledged, a small segment waits for more data or for the ACK.
rule-in-order-data = The bytes are exactly the next ones expected, so they go to the receive buffer.
rule-out-of-order-data = The bytes lie beyond a gap: they are held, and a duplicate ACK says what is missing.
rule-fills-gap = This segment filled the gap, so it is acknowledged at once with all that was held.
rule-delayed-ack = The ACK is held back for a moment, in the hope of riding on data.
rule-delayed-ack-timer = No data came to carry the ACK in time, so it leaves alone.
rule-immediate-ack = This stack delays no ACKs: what arrives is acknowledged at once.
rule-every-second-segment = Data of more than one full segment is unacknowledged. An ACK should be sent for at least every second full segment, and must not be held back for 0.5 s or longer.
rule-quick-ack = A new connection acknowledges its first segments at once, so that the sender's window grows.
rule-read-releases-ack = The application has emptied the receive buffer after a small segment, so Linux acknowledges now instead of waiting for the delayed-ACK timer.
rule-partly-old-segment = Part of this segment had already arrived. It is acknowledged at once, so that the sender learns which part was a duplicate.
rule-time-wait-answer = A segment that arrives in TIME-WAIT is most likely the peer's FIN, retransmitted, so it is acknowledged again.
rule-ack-repeats-fin = This side's FIN is not acknowledged yet, so FreeBSD sends it again with each ACK.
rule-listener-closed = The listening socket was closed during the handshake. The half-open connection is silently dropped; segments that still arrive for it are answered with RST.
rule-piggyback = Data was leaving anyway, so the ACK rides on it.
rule-ack-advances = The ACK covers new bytes: they leave the send buffer.
rule-window-learned = Every segment says how many more bytes its sender can take in.
rule-window-update = The reader freed enough room to tell the sender about it.
rule-unacceptable-segment = The segment lies outside the receive window: it is dropped and answered with an ACK.
rule-ack-of-unsent = The ACK names bytes never sent, so the segment is dropped and answered with an ACK.
rule-bad-ack-in-handshake = The ACK does not fit the handshake, so the answer is an RST.
rule-zero-window-probe = The peer's window is zero: one byte now and then asks whether it has opened.
rule-checksum = The checksum is wrong, so the segment is dropped without a word.

## TCP: congestion and retransmission

rule-initial-window = A new connection starts with a small congestion window: it knows nothing of the path yet.
rule-slow-start = Slow start: each ACK of new data grows the congestion window by up to one segment.
rule-congestion-avoidance = Beyond the threshold, the congestion window grows by about one segment per round trip.
rule-fast-retransmit = Three duplicate ACKs mean a hole: the missing segment is sent again at once.
rule-fast-recovery = During recovery each duplicate ACK means a segment has left the network, so the window is inflated by one.
rule-partial-ack = The ACK covers only part of what was outstanding, so the next hole is sent again.
rule-limited-transmit = The first two duplicate ACKs each let one new segment out.
rule-retransmission-timer = The retransmission timer runs while something is unacknowledged: it starts again with each ACK of new data and stops when nothing is outstanding.
rule-retransmission-timeout = No ACK came within the timeout: the oldest segment is sent again, and the next wait is twice as long.
rule-rtt-measured = The round trip was measured, and the retransmission timeout follows it.
rule-restart-after-idle = After a long pause the congestion window is no longer trusted; slow start begins again.
rule-keepalive-idle = When nothing has come from the peer for a while, the keep-alive timer expires and this side asks whether the peer is still there.
rule-keepalive-probe = SO_KEEPALIVE: an empty segment with a sequence number that the peer already has. A live peer must answer it with an ACK, and one that was restarted answers with RST.
rule-keepalive-timeout = The peer has answered none of the keep-alive probes: the connection is given up with ETIMEDOUT, and a RST is sent in case the peer is still there.
rule-unreachable-while-opening = A router says that the peer cannot be reached, so the opening fails at once.
rule-user-timeout = The peer has not answered for too long: the connection is given up.

## TCP: closing

rule-close-call = The application called close(): both directions end, and a FIN follows the last data.
rule-shutdown-call = The application closed its output only: a FIN says "no more from me", and reading goes on.
rule-input-closed = The application closed its input: nobody will read what still arrives.
rule-fin-received = The peer's FIN arrived: after what is buffered, read() will return 0.
rule-fin-acknowledged = Our FIN is acknowledged: our direction is closed.
rule-simultaneous-close = Both sides sent a FIN at once; each waits for the other's acknowledgment.
rule-time-wait = The side that closed first keeps the four values for 2MSL, so that old segments can die out.
rule-time-wait-reuse = A new SYN with a higher sequence number may end TIME-WAIT early.
rule-socket-gone = The connection is CLOSED and the program has given the socket back: nothing of it is left.
rule-fin-wait-2-timeout = No program holds the socket any more, so it does not wait for the peer's FIN for ever.

## TCP: resetting

rule-abort-call = The application aborted the connection: an RST is sent and buffers are thrown away.
rule-close-with-unread = close() was called with unread data: the data is lost, so the peer is told by an RST, not a FIN.
rule-data-after-close = Data arrived for a socket nobody will ever read again, so the answer is an RST.
rule-reset-flushes-buffers = By the book, an RST empties both buffers: even data that had arrived is gone.
rule-reset-keeps-received = On this system an RST leaves what has arrived: it can still be read, and then the error comes.
rule-reset-received = An acceptable RST arrived: the connection ends at once.
rule-reset-in-handshake = An RST arrived during the handshake: the attempt is over.
rule-challenge-ack = The RST is in the window but not exact: an ACK asks the peer whether it means it.
rule-syn-in-window = A SYN on an open connection is answered with an ACK, to find out whether the peer restarted.

## HTTP: framing

rule-no-body = This kind of message never has a body: it ends with the empty line.
rule-chunked-body = The body comes in chunks; the chunk of size 0 ends it.
rule-content-length = Content-Length says how many bytes the body has.
rule-until-close = No length is given, so the body lasts until the connection closes.
rule-incomplete-message = The connection ended before the announced length: the message is incomplete.
rule-malformed-message = The message does not follow the grammar, so it cannot be understood.
rule-request-read = The empty line that ends the headers has come, so the request can be read.
rule-awaits-request = The client speaks first: on an open connection the server's side waits for a request.
rule-awaits-rest = The request is not whole yet, so the rest of it is waited for.
rule-awaits-response = The request is on its way, and its response comes on the same connection.
rule-response-under-way = The program has written the whole response; TCP still has to bring it to the peer.
rule-bodyless-response = A response like this has no body, whatever its fields say.
rule-chunked-over-length = Transfer-Encoding wins over Content-Length; a message with both is not to be trusted.
rule-connect-tunnel = After CONNECT succeeds the connection is a tunnel: bytes pass as they are.
rule-faulty-framing = The framing is faulty, so the end of the message cannot be known.

## HTTP: persistence

rule-http11-persists = HTTP/1.1 keeps the connection unless someone says close.
rule-http10-closes = HTTP/1.0 without Keep-Alive: the connection ends after the response.
rule-keep-alive-agreed = The request asked for Keep-Alive and the response agreed, so the connection stays.
rule-keep-alive-refused = The response does not repeat Keep-Alive, so the connection will close.
rule-keep-alive-asked = The request asks to keep the connection; the response decides.
rule-connection-close = Connection: close was said: this is the last message on the connection.
rule-length-unknown-closes = Without a known length only closing can mark the end, so the connection cannot stay.
rule-max-requests-reached = The announced number of requests is used up, so the connection ends.
rule-idle-timeout = A connection may be idle only for so long. The time is counted from the moment the response was written, even if it is still on its way; then this side closes.
rule-announced-timeout = The server announced with Keep-Alive: timeout how long it keeps an idle connection, so the client closes it a little earlier.
rule-error-closes = After an error the position in the stream is not certain, so the connection is closed.
rule-proxy-to-10-client = A proxy does not keep a connection with a 1.0 client on the strength of a header it may not have understood.
rule-peer-closed = The peer closed its side, so this connection carries no further exchange.
rule-server-closes = This server keeps no connections: it closes after the response.

## HTTP: hop by hop

rule-named-by-connection = Connection names this field, so it is for this hop only and ends here.
rule-hop-by-hop-field = This field is always hop-by-hop: it must not be passed on.
rule-proxy-connection-field = Proxy-Connection speaks to the next proxy only; one that knows it does not pass it on.
rule-proxy-auth-field = Proxy authentication is between this client and this proxy.
rule-host-stays = Connection names Host, but every HTTP/1.1 request needs it, so the proxy passes it on all the same.
rule-length-stays = Connection names Content-Length, but without it the next node could not find the end of the body, so it stays.
rule-max-forwards = Max-Forwards is the number of hops that an OPTIONS or TRACE request may still go: each proxy subtracts one, and at 0 it answers the request itself.
rule-interim-response = A 1xx response is an interim one before the final response: a proxy passes it on at once, but never to an HTTP/1.0 client.
rule-message-forwarded = A proxy passes a message on, but what concerns one connection only ends there, and it adds its own.
rule-expect-continue = Expect: 100-continue: the client holds the body back until 100 (Continue) invites it, or until it has waited long enough.
rule-body-uninvited = A final answer came instead of 100. Nobody knows whether the body will still follow, so the connection ends.
rule-tunnel = A 2xx to CONNECT turns the connection into a tunnel: bytes pass both ways unread, and when one side ends, the other is told.
rule-protocol-switched = After 101 the connection speaks another protocol: the proxy passes bytes both ways without reading them.
rule-method-not-implemented = The server does not know this method (names are case-sensitive, so “get” is not GET). It answers 501 and does nothing.
rule-server-options = OPTIONS asks what the server can do: it answers with Allow and does nothing else.
rule-loop-back = The answer to TRACE is the request as it arrived, without fields that hold secrets.
rule-end-to-end-field = An end-to-end field: a proxy passes it on.
rule-via-added = A proxy adds itself to Via.
rule-own-version = Each sender states its own HTTP version, not the one it received.
rule-own-connection = Each hop decides about its own connection, so the proxy writes its own Connection field.
rule-origin-form = Towards the origin server the request line carries only the path.
rule-absolute-form = Towards a proxy the request line carries the whole URL, so that it knows the server.
rule-host-of-target = Host is set to the server that the request’s target names.
rule-blind-relay = A blind relay copies bytes without reading them: hop-by-hop fields go through too.
rule-reframed = The framing belongs to the hop, so the proxy frames the body anew.
rule-own-field = The proxy writes this field itself.
rule-passed-on-anyway = This field should have ended here, but this proxy passes it on.
rule-trailer-field = Trailer announces what follows a chunked body; the 1999 standard counted it as hop-by-hop.

## HTTP: roles

rule-next-request = The connection stays open and is free, so the next request can use it.
rule-nothing-left = Nothing is left to ask for.
rule-one-request-each = This client uses each connection for one request only.
rule-pipelined-request = Pipelining: the next request leaves before the previous answer has come.
rule-unsolicited-response = More arrived than the client had asked for: where answers begin is no longer certain, so it closes.
rule-response-order = Answers leave in the order of the requests: this one waits for those before it.
rule-processing-time = The server needs its time to produce the answer.
rule-graceful-close = Close the output first, keep reading until the peer's end, then close: nothing is lost.
rule-lingering-close = The answer is out, but more of the request may be on its way. This side reads on for a while before it closes, so that no RST destroys the answer.
rule-content-too-large = The body is longer than this server accepts, so it answers 413 without waiting for the rest.
rule-early-answer = The answer came before the whole request was sent, and it ends the connection: the client stops sending and closes.
rule-client-gone = The client closed its output before the answer came. This proxy takes that as giving up and closes the connection to the server too; nginx would log 499.
rule-pool-full = All the connections that the proxy may have to the server are in use, so the request waits in the queue.
rule-shared-connection = A connection to the server is free, so the request that has waited longest gets it, whichever client it came from.
rule-queue-timeout = No connection to the server became free in time, so the proxy answers 503.
rule-bad-gateway = The proxy got no usable answer from the server, so it answers 502 itself.
rule-object-in-page = The HTML names this file, so the page is not complete without it.
rule-first-paint = The HTML is whole and the size of every image is known, so the page can be laid out.
rule-page-whole = Every file that the page needs has come or was given up.
rule-request-timeout = The time for waiting is limited; when it is over, the waiting ends.

## HTTP: retries

rule-idempotent-again = The method is idempotent: sent twice it has the effect of once, so the client may repeat it without asking.
rule-never-processed = The server certainly did not carry this request out, so it may be sent again whatever its method.
rule-reused-connection-lost = The server closed the kept connection while the request was on its way, and nothing of an answer came. The request is idempotent, so it is sent again on a new connection.
rule-proxy-does-not-repeat = A proxy must not repeat a request that is not idempotent, nor does it repeat one that was only partly sent.
rule-not-idempotent = The method is not idempotent: sent twice it may take effect twice. A client should not repeat it by itself unless it knows that this is safe; a proxy must never do so.
rule-retried-enough = It was repeated already, and a failed repetition is not repeated without asking.
rule-no-retries = This client sends nothing again by itself.
rule-user-decides = Only the user can know whether doing it twice would do harm, so the user agent asks.
rule-unsafe-method = The method is not safe: carrying it out changes something on the server.

## HTTP: caching

rule-cache-miss = The cache has no copy for this URI, so the request goes on.
rule-fresh-response = The copy is younger than its freshness lifetime: it may be used without asking anybody.
rule-stale-response = The copy has reached its freshness lifetime: it may not be used without asking.
rule-no-cache = no-cache: a copy may be kept, but only used after asking.
rule-request-max-age = The client takes no copy as old as this one, so the cache asks.
rule-conditional-request = The cache asks “has it changed?” with the validators of its copy.
rule-not-modified = 304 says that the copy is still good. It is as new, and answers the request.
rule-age-field = From the cache: Age says how long ago the server made or confirmed the response.
rule-shared-max-age = s-maxage says how long the response stays fresh in shared caches.
rule-max-age = max-age says how long the response stays fresh.
rule-expires = Expires minus Date is how long the response stays fresh.
rule-heuristic-lifetime = Nothing says how long it stays fresh, so the cache guesses: a tenth of the time since Last-Modified.
rule-no-lifetime = Nothing says how long it stays fresh, so the cache asks each time.
rule-not-cacheable = Method, status or headers do not allow a cache to keep this response.
rule-no-store = no-store: nothing of this may be kept.
rule-private-response = private: for one user only, so a shared cache does not keep it.
rule-authorization-not-stored = A response to a request with Authorization is not for everybody, unless it says so.
rule-incomplete-not-stored = The response ended too early. A cache may store it only if it is marked as incomplete; this one does not store it at all.
rule-unsafe-invalidates = The request has changed something at the server, so the copy is given up.

## TLS

rule-tls12-handshake = TLS 1.2 takes two round trips before the first request, one to resume a session.
rule-tls13-handshake = TLS 1.3 takes one round trip before the first request.

## IP, ICMP and switches

rule-switch-forwards = A switch passes a packet on to the link its receiver is on.
rule-switch-floods = A switch passes a broadcast on to every link but the one it came from.
rule-router-forwards = A router passes a packet on towards its destination’s network.
rule-neighbour-silent = A packet waits while a router looks for the next host on the link.
rule-destination-unreachable = A router that cannot deliver a packet tells its sender.
rule-port-unreachable = A host tells the sender when nobody listens on a UDP port.
rule-echo-requested = ping sends an echo request.
rule-echo-answered = Every host must answer an echo.
rule-echo-timeout = No reply came in the time that ping waits.
rule-host-off = The host is switched off, so nobody takes the packet.

## DHCP and DNS

rule-dhcp-discover = A host without an address asks everyone for one.
rule-dhcp-offer = A server offers an address that is free.
rule-dhcp-request = The client says to everyone whose offer it takes.
rule-dhcp-ack = The server confirms: the address is the client’s for the time of the lease.
rule-dhcp-retry = No answer: the client asks again, each time after twice the wait.
rule-dhcp-given-up = However often it asked, no server gave the host an address.
rule-dns-query = An address that is not known is asked for at a name server.
rule-dns-answer = The name server answers with the address.
rule-dns-name-error = The name server says that there is no such name.
rule-dns-cached = An address may be used again until its time to live is over.
rule-dns-retry = No answer: UDP does not repeat anything, so the resolver asks again.
rule-dns-given-up = However often it was asked, no name server answered.
