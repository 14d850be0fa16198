### 규칙: “왜 이런 일이 일어났을까?”에 대한 한 문장. 키는 core의 이름 앞에 rule-을 붙인 것입니다.

## 시나리오

rule-intervention = 이 순간에 여러분이 실행에 개입했습니다.
rule-link-delay = 패킷이 도착하려면 비트를 회선에 싣는 시간과 링크의 지연 시간이 걸립니다.
rule-link-loss = 시나리오에 적힌 대로 링크가 이 세그먼트를 잃어버렸습니다.
rule-link-cut = 케이블이 빠져 있어 아무것도 지나가지 못합니다.
rule-link-duplicates = 링크가 이 패킷을 두 번 전달합니다. TCP는 순서 번호를 보고 복사본임을 알아냅니다.
rule-host-crashes = 전원이 나가 메모리에 있던 것이 모두 사라졌고, FIN도 RST도 보내지 못했습니다. 상대는 무언가를 보내 봐야 이 사실을 압니다.
rule-host-starts = 호스트가 빈 메모리로 다시 시작합니다. 이전 커넥션은 전혀 모르므로 그 세그먼트에는 RST로 답합니다.
rule-forged-reset = 커넥션의 번호를 볼 수 있는 사람은 RST를 꾸며 낼 수 있습니다. 다음 순서 번호와 정확히 같은 것만 받아들이고, 윈도 안의 다른 번호에는 챌린지 ACK로 답합니다.
rule-outside-host = 시뮬레이션 밖의 실제 시스템이 보냈습니다. 왜 보냈는지는 그 시스템의 TCP만 압니다.
rule-queue-full = 링크 앞의 큐가 가득 차서 새로 온 세그먼트를 버렸습니다.
rule-application = 이 시나리오의 프로그램이 여기서 호출합니다.
rule-schedule = 시나리오가 정한 시간입니다.
rule-server-restarts = 서버 프로세스가 끝나면 그 소켓도 모두 닫힙니다. 새로 시작하는 프로세스도 같은 포트를 써야 합니다.
rule-blocking-call = 지금 끝낼 수 없는 호출이므로 프로그램이 그 안에서 기다립니다.
rule-interrupted-call = 호출이 기다리는 동안 시그널이 와서 EINTR로 바로 돌아옵니다. 기다리던 일은 그 뒤에도 일어날 수 있습니다.
rule-socket-call = socket()이 소켓을 만듭니다. 파일 디스크립터는 프로세스가 쓰지 않는 가장 작은 번호입니다. 0, 1, 2는 처음부터 쓰고 있습니다.
rule-bind-call = bind()가 소켓에 로컬 포트를 정해 줍니다.
rule-accept-call = 핸드셰이크가 끝난 커넥션이 큐에서 기다리고 있었습니다. accept()가 새 파일 디스크립터를 돌려줍니다.
rule-send-buffer-full = 송신 버퍼가 가득 찼습니다. ACK가 와서 자리가 나야 더 쓸 수 있습니다.
rule-output-closed = 이쪽 출력을 이미 닫았거나 커넥션이 끝났으므로 더 쓸 수 없습니다.
rule-no-route = 이 호스트에는 그 주소로 가는 길이 없습니다.
rule-call-refused = 소켓의 지금 상태에서는 할 수 없는 호출이므로 바로 실패합니다.
rule-linger-time = SO_LINGER를 켰으므로 close()는 상대가 모두 확인응답하거나 시간이 다 될 때까지 기다립니다.
rule-connection-limit = 이 서버는 클라이언트마다 커넥션 수를 제한하는데, 이 커넥션은 그 수를 넘었습니다.
rule-breaks-off = 시나리오가 여기서 커넥션을 끊습니다.
rule-not-in-capture = 캡처에는 일어난 일만 있고 까닭은 없습니다.
rule-estimated-time = 캡처는 한곳에서 잰 것입니다. 이 시각은 SYN이 오간 시간의 절반으로 어림했습니다.

## TCP: 열기

rule-active-open = 애플리케이션이 connect()를 호출했으므로 SYN을 보내고 답을 기다립니다.
rule-passive-open = 애플리케이션이 listen()을 호출했으므로 그 포트로 SYN이 오기를 기다립니다.
rule-listen-syn = 대기 중인(LISTEN) 포트에 SYN이 왔습니다. 새 커넥션을 만들고 SYN,ACK로 답합니다.
rule-syn-sent-syn-ack = 보낸 SYN에 대한 SYN,ACK가 왔으므로 커넥션이 열리고 ACK로 답합니다.
rule-simultaneous-open = 양쪽이 동시에 SYN을 보냈습니다. 저마다 상대의 SYN에 답합니다.
rule-syn-received-ack = 이쪽 SYN에 대한 ACK가 도착해 세 방향 핸드셰이크가 끝났습니다.
rule-backlog-full = 아직 accept()하지 않은 커넥션의 큐가 가득 차서 SYN을 말없이 버립니다.
rule-no-listener = 그 포트에서 대기하는 소켓이 없으므로 RST로 답합니다.
rule-no-connection = 그런 커넥션이 없거나 이미 사라졌으므로 RST로 답합니다.
rule-connection-refused = SYN에 RST가 돌아왔으므로 connect()가 ECONNREFUSED로 실패합니다.
rule-ports-exhausted = 이 상대에게 쓸 수 있는 로컬 포트가 모두 사용 중입니다(포트 고갈). 그래서 connect()가 실패합니다.
rule-address-in-use = 다른 소켓이 이 포트를 쓰고 있습니다. 대기 중인(LISTEN) 소켓일 수도 있고, 남아 있는 커넥션(TIME-WAIT 포함)일 수도 있습니다. SO_REUSEADDR를 켠 서버는 커넥션이 남아 있어도 바로 다시 시작할 수 있습니다.
rule-tuple-in-use = 네 값이 모두 같은 커넥션이 아직 있으므로 하나를 더 열 수 없습니다.

## TCP: 데이터

rule-send-call = 애플리케이션이 송신 버퍼에 데이터를 썼습니다.
rule-receive-call = 애플리케이션이 수신 버퍼에서 데이터를 꺼냈습니다.
rule-new-data = 보낼 데이터가 있고 두 윈도 모두에 여유가 있어 보냅니다.
rule-window-limits = 확인응답 없이 보낼 수 있는 양은 혼잡 윈도와 상대의 윈도가 정합니다. 나머지는 기다립니다.
rule-silly-window = 윈도가 너무 작아서 지금 보내면 헤더만 낭비하므로 더 커지기를 기다립니다.
rule-nagle = 네이글 알고리즘: 확인응답을 받지 못한 데이터가 있으면 작은 세그먼트는 데이터가 더 모이거나 ACK가 올 때까지 기다립니다.
rule-in-order-data = 바로 다음에 와야 할 바이트이므로 수신 버퍼에 들어갑니다.
rule-out-of-order-data = 앞부분이 아직 오지 않은 데이터입니다. 보관해 두고, 무엇이 빠졌는지 중복 ACK로 알립니다.
rule-fills-gap = 이 세그먼트가 빈자리를 채웠으므로, 보관하던 것까지 곧바로 확인응답합니다.
rule-delayed-ack = 확인응답 지연: 데이터에 편승할 수 있도록 ACK를 잠시 미룹니다.
rule-delayed-ack-timer = 편승할 데이터가 제때 나오지 않아 ACK만 따로 보냅니다.
rule-immediate-ack = 이 스택은 확인응답을 미루지 않으므로 오는 대로 바로 확인응답합니다.
rule-every-second-segment = 확인응답하지 않은 데이터가 꽉 찬 세그먼트 하나를 넘었습니다. 꽉 찬 세그먼트 두 개마다 적어도 한 번은 확인응답해야 좋고(SHOULD), 0.5초 이상 미루면 안 됩니다(MUST).
rule-quick-ack = 새 커넥션의 첫 세그먼트들은 곧바로 확인응답해서 보내는 쪽의 혼잡 윈도가 커지게 합니다.
rule-read-releases-ack = 작은 세그먼트가 온 뒤에 애플리케이션이 수신 버퍼를 모두 비웠으므로, 리눅스는 확인응답 지연 타이머를 기다리지 않고 바로 확인응답합니다.
rule-partly-old-segment = 이 세그먼트의 일부는 이미 받은 데이터입니다. 어느 부분이 중복인지 보낸 쪽이 알 수 있도록 바로 확인응답합니다.
rule-time-wait-answer = TIME-WAIT 상태에서 도착하는 세그먼트는 대개 상대가 다시 보낸 FIN이므로 한 번 더 확인응답합니다.
rule-ack-repeats-fin = 이쪽 FIN에 대한 ACK가 아직 오지 않았으므로, FreeBSD는 ACK를 보낼 때마다 FIN도 함께 다시 보냅니다.
rule-listener-closed = 핸드셰이크 도중에 대기 중인(LISTEN) 소켓이 닫혔습니다. 반쯤 열린 커넥션은 말없이 버리고, 그 뒤에 도착하는 세그먼트에는 RST로 답합니다.
rule-piggyback = 마침 보낼 데이터가 있으므로 ACK가 거기에 편승합니다.
rule-ack-advances = ACK가 새 바이트를 확인해 주었으므로 그 바이트를 송신 버퍼에서 지웁니다.
rule-window-learned = 세그먼트마다 보낸 쪽이 앞으로 받을 수 있는 바이트 수가 적혀 있습니다.
rule-window-update = 애플리케이션이 읽어 가서 자리가 충분히 났으므로 보내는 쪽에 알립니다.
rule-unacceptable-segment = 수신 윈도를 벗어난 세그먼트이므로 버리고 ACK로 답합니다.
rule-ack-of-unsent = 보낸 적 없는 바이트를 확인하는 ACK이므로 버리고 ACK로 답합니다.
rule-bad-ack-in-handshake = 핸드셰이크에 맞지 않는 ACK이므로 RST로 답합니다.
rule-zero-window-probe = 상대의 윈도가 0입니다. 가끔 한 바이트를 보내 열렸는지 물어봅니다.
rule-checksum = 체크섬이 맞지 않아 말없이 버립니다.

## TCP: 혼잡과 재전송

rule-initial-window = 새 커넥션은 아직 경로를 모르므로 작은 혼잡 윈도로 시작합니다.
rule-slow-start = 느린 시작: 새 데이터에 대한 ACK를 받을 때마다 혼잡 윈도가 최대 한 세그먼트만큼 커집니다.
rule-congestion-avoidance = 느린 시작 임계값을 넘으면 혼잡 윈도는 왕복 한 번에 세그먼트 하나 정도씩만 커집니다.
rule-fast-retransmit = 중복 ACK 세 개는 빈자리가 있다는 뜻이므로, 빠진 세그먼트를 곧바로 다시 보냅니다.
rule-fast-recovery = 복구하는 동안 중복 ACK 하나는 세그먼트 하나가 네트워크를 떠났다는 뜻이므로 윈도를 그만큼 부풀립니다.
rule-partial-ack = 보낸 것의 일부만 확인되었으므로 다음에 빠진 세그먼트를 다시 보냅니다.
rule-limited-transmit = 처음 두 번의 중복 ACK에는 새 세그먼트를 하나씩 내보냅니다.
rule-retransmission-timer = 확인응답을 받지 못한 것이 있는 동안 재전송 타이머가 돕니다. 새 데이터를 확인하는 ACK가 올 때마다 다시 시작하고, 남은 것이 없으면 멈춥니다.
rule-retransmission-timeout = 재전송 타임아웃 안에 ACK가 오지 않았습니다. 가장 오래된 세그먼트를 다시 보내고, 다음에는 두 배로 기다립니다.
rule-rtt-measured = 왕복 시간을 쟀고, 재전송 타임아웃을 거기에 맞춥니다.
rule-restart-after-idle = 오래 쉬었으므로 예전 혼잡 윈도를 믿지 않고 느린 시작을 다시 합니다.
rule-keepalive-idle = 상대에게서 한동안 아무것도 오지 않으면 킵얼라이브 타이머가 끝나고, 상대가 아직 있는지 물어봅니다.
rule-keepalive-probe = SO_KEEPALIVE: 상대가 이미 받은 순서 번호로 빈 세그먼트를 보냅니다. 살아 있는 상대는 ACK로 답해야 하고, 다시 시작한 상대는 RST로 답합니다.
rule-keepalive-timeout = 상대가 킵얼라이브 프로브에 한 번도 답하지 않았습니다. ETIMEDOUT으로 커넥션을 포기하고, 상대가 아직 있을지도 모르므로 RST를 보냅니다.
rule-unreachable-while-opening = 라우터가 상대에게 닿을 수 없다고 알려 와서, 커넥션을 맺으려던 시도가 바로 실패합니다.
rule-user-timeout = 상대가 너무 오래 답하지 않아 커넥션을 포기합니다.

## TCP: 끊기

rule-close-call = 애플리케이션이 close()를 호출했습니다. 두 방향을 모두 끝내고, 마지막 데이터 뒤에 FIN을 보냅니다.
rule-shutdown-call = 출력만 닫았습니다(절반 끊기). FIN은 “더 보낼 것이 없다”는 뜻이고, 읽기는 계속합니다.
rule-input-closed = 애플리케이션이 입력을 닫았으므로, 이제부터 오는 데이터는 아무도 읽지 않습니다.
rule-fin-received = 상대의 FIN이 왔습니다. 버퍼에 남은 것을 다 읽으면 read()는 0을 돌려줍니다.
rule-fin-acknowledged = 이쪽 FIN에 ACK가 와서, 이쪽에서 보내는 방향이 닫혔습니다.
rule-simultaneous-close = 양쪽이 동시에 FIN을 보냈으므로 서로의 확인응답을 기다립니다.
rule-time-wait = 먼저 끊은 쪽이 네 값을 2MSL 동안 붙잡아 둡니다. 떠도는 옛 세그먼트는 그사이에 사라집니다.
rule-time-wait-reuse = 순서 번호가 더 큰 새 SYN이 오면 TIME-WAIT를 일찍 끝낼 수 있습니다.
rule-socket-gone = 커넥션이 CLOSED가 되었고 프로그램도 소켓을 돌려주었으므로 남은 것이 없습니다.
rule-fin-wait-2-timeout = 소켓을 쓰는 프로그램이 없으므로 상대의 FIN을 끝없이 기다리지 않습니다.

## TCP: 리셋

rule-abort-call = 애플리케이션이 커넥션을 강제로 끊었습니다. RST를 보내고 버퍼를 버립니다.
rule-close-with-unread = 읽지 않은 데이터가 있는데 close()를 호출했습니다. 데이터를 잃었으므로 FIN이 아니라 RST로 알립니다.
rule-data-after-close = 이제 아무도 읽지 않을 소켓에 데이터가 왔으므로 RST로 답합니다.
rule-reset-flushes-buffers = 표준대로라면 RST는 두 버퍼를 비웁니다. 이미 도착한 데이터까지 사라집니다.
rule-reset-keeps-received = 이 시스템에서는 RST가 와도 도착한 데이터가 남습니다. 다 읽고 나면 오류가 납니다.
rule-reset-received = 받아들일 수 있는 RST가 왔으므로 커넥션이 그 자리에서 끝납니다.
rule-reset-in-handshake = 핸드셰이크 중에 RST가 왔으므로 커넥션을 맺으려던 시도가 끝납니다.
rule-challenge-ack = 윈도 안이지만 순서 번호가 정확하지 않은 RST입니다. 정말인지 ACK로 되묻습니다.
rule-syn-in-window = 열린 커넥션에 SYN이 왔습니다. 상대가 다시 시작했는지 ACK로 확인합니다.

## HTTP: 메시지의 끝

rule-no-body = 이런 메시지에는 본문이 없으므로 빈 줄에서 끝납니다.
rule-chunked-body = 본문이 청크로 오며, 크기 0인 청크가 끝을 알립니다.
rule-content-length = Content-Length가 본문의 바이트 수를 알려 줍니다.
rule-until-close = 길이가 없으므로 커넥션이 끊길 때까지가 본문입니다.
rule-incomplete-message = 알려 준 길이가 다 오기 전에 커넥션이 끝났습니다. 메시지가 잘렸습니다(truncation).
rule-malformed-message = 문법에 맞지 않는 메시지라서 이해할 수 없습니다.
rule-request-read = 헤더의 끝인 빈 줄까지 왔으므로 요청을 읽을 수 있습니다.
rule-awaits-request = 말은 클라이언트가 먼저 합니다. 서버 쪽은 열린 커넥션에서 요청을 기다립니다.
rule-awaits-rest = 요청이 아직 다 오지 않았으므로 나머지를 기다립니다.
rule-awaits-response = 요청을 보냈고, 응답은 같은 커넥션으로 옵니다.
rule-response-under-way = 프로그램은 응답을 모두 썼고, 이제 TCP가 상대에게 전해야 합니다.
rule-bodyless-response = 이런 응답에는 헤더가 뭐라고 하든 본문이 없습니다.
rule-chunked-over-length = Transfer-Encoding이 Content-Length보다 우선합니다. 둘 다 있는 메시지는 믿을 수 없습니다.
rule-connect-tunnel = CONNECT가 성공하면 커넥션은 터널이 되어 바이트를 그대로 통과시킵니다.
rule-faulty-framing = 메시지를 나누는 방식이 잘못되어 어디가 끝인지 알 수 없습니다.

## HTTP: 지속 여부

rule-http11-persists = HTTP/1.1은 누군가 close라고 하지 않는 한 커넥션을 유지합니다.
rule-http10-closes = Keep-Alive가 없는 HTTP/1.0이므로 응답이 끝나면 커넥션을 끊습니다.
rule-keep-alive-agreed = 요청에도 응답에도 Keep-Alive가 있으므로 커넥션이 유지됩니다.
rule-keep-alive-refused = 응답에 Keep-Alive가 없으므로 커넥션은 끊깁니다.
rule-keep-alive-asked = 클라이언트가 커넥션을 유지하자고 합니다. 유지할지는 응답에 달려 있습니다.
rule-connection-close = Connection: close라고 했으므로 이 커넥션의 마지막 메시지입니다.
rule-length-unknown-closes = 길이를 모르면 끊는 것으로만 끝을 알릴 수 있으므로 커넥션을 유지할 수 없습니다.
rule-max-requests-reached = 약속한 요청 수를 다 썼으므로 커넥션을 끝냅니다.
rule-idle-timeout = 커넥션이 쉴 수 있는 시간은 정해져 있습니다. 응답을 다 쓴 순간부터 재며(응답이 아직 가는 중이어도), 그 시간이 지나면 이쪽에서 끊습니다.
rule-announced-timeout = 서버가 Keep-Alive: timeout으로 유휴 커넥션을 얼마나 유지할지 알렸으므로, 클라이언트가 그보다 조금 먼저 끊습니다.
rule-error-closes = 오류가 난 뒤에는 스트림의 어디쯤인지 확실하지 않으므로 커넥션을 끊습니다.
rule-proxy-to-10-client = 1.0 클라이언트가 그 헤더를 이해했는지 알 수 없으므로 프락시는 커넥션을 유지하지 않습니다.
rule-peer-closed = 상대가 자기 쪽을 닫았으므로 이 커넥션으로는 더 주고받지 않습니다.
rule-server-closes = 이 서버는 커넥션을 유지하지 않고 응답 뒤에 끊습니다.

## HTTP: 홉별 헤더

rule-named-by-connection = Connection 헤더에 이름이 적힌 헤더이므로 이 홉에서 끝납니다.
rule-hop-by-hop-field = 언제나 홉별 헤더이므로 다음 홉으로 전달하면 안 됩니다.
rule-proxy-connection-field = Proxy-Connection은 바로 다음 프락시에게만 하는 말입니다. 아는 프락시는 전달하지 않습니다.
rule-proxy-auth-field = 프락시 인증은 이 클라이언트와 이 프락시 사이의 일입니다.
rule-host-stays = Connection 헤더에 Host가 적혀 있지만, HTTP/1.1 요청에는 Host가 꼭 있어야 하므로 프락시가 그대로 전달합니다.
rule-length-stays = Connection 헤더에 Content-Length가 적혀 있지만, 이것이 없으면 다음 노드가 본문의 끝을 알 수 없으므로 지우지 않습니다.
rule-max-forwards = Max-Forwards는 OPTIONS와 TRACE 요청이 앞으로 지날 수 있는 홉 수입니다. 프락시는 전달할 때마다 1을 빼고, 0이면 전달하지 않고 직접 응답합니다.
rule-interim-response = 1xx는 최종 응답보다 먼저 오는 중간 응답입니다. 프락시는 바로 전달하지만, HTTP/1.0 클라이언트에는 보내지 않습니다.
rule-message-forwarded = 프락시가 메시지를 전달합니다. 한 커넥션에만 해당하는 헤더는 여기서 끝나고, 프락시가 자기 헤더를 더합니다.
rule-expect-continue = Expect: 100-continue: 클라이언트는 100 (Continue)이 오거나 충분히 기다릴 때까지 본문을 보내지 않습니다.
rule-body-uninvited = 100 대신 최종 상태 코드가 왔습니다. 본문이 뒤따를지 알 수 없으므로 커넥션을 끊습니다.
rule-tunnel = CONNECT에 2xx로 답하면 커넥션은 터널이 됩니다. 내용을 해석하지 않고 바이트를 양방향으로 전달하며, 한쪽이 끝나면 다른 쪽에도 알립니다.
rule-protocol-switched = 101 응답 뒤에는 다른 프로토콜을 씁니다. 프락시는 내용을 해석하지 않고 바이트를 양방향으로 전달합니다.
rule-method-not-implemented = 서버가 모르는 메서드입니다(대소문자를 구별하므로 get은 GET이 아닙니다). 501로 답하고 아무것도 실행하지 않습니다.
rule-server-options = OPTIONS는 무엇을 할 수 있는지 묻는 요청입니다. 서버는 Allow로 답할 뿐 다른 일은 하지 않습니다.
rule-loop-back = TRACE에는 받은 요청을 그대로 응답에 담아 돌려보냅니다. 다만 민감한 헤더는 뺍니다.
rule-end-to-end-field = 종단 간 헤더이므로 프락시가 그대로 전달합니다.
rule-via-added = 프락시는 Via에 자기 이름을 더합니다.
rule-own-version = 보내는 쪽은 받은 버전이 아니라 자기 HTTP 버전을 적습니다.
rule-own-connection = 커넥션은 홉마다 따로 정하므로 프락시가 자기 Connection 헤더를 씁니다.
rule-origin-form = 원 서버에 보내는 요청줄에는 경로만 적습니다.
rule-absolute-form = 프락시에 보내는 요청줄에는 전체 URL을 적어, 어느 서버로 갈지 알게 합니다.
rule-host-of-target = Host는 요청 대상이 가리키는 서버 이름으로 맞춥니다.
rule-blind-relay = 무조건 전달(blind relay): 읽지 않고 그대로 옮기므로 홉별 헤더까지 지나갑니다.
rule-reframed = 메시지를 나누는 방식은 홉마다 다르므로 프락시가 본문을 새로 포장합니다.
rule-own-field = 프락시가 직접 쓰는 헤더입니다.
rule-passed-on-anyway = 여기서 끝나야 할 헤더인데 이 프락시는 그냥 전달합니다.
rule-trailer-field = Trailer는 청크 본문 뒤에 올 것을 알립니다. 1999년 표준은 이것을 홉별 헤더로 보았습니다.

## HTTP: 역할

rule-next-request = 커넥션이 유지되고 비어 있으므로 다음 요청에 쓸 수 있습니다.
rule-nothing-left = 더 요청할 것이 없습니다.
rule-one-request-each = 이 클라이언트는 커넥션 하나를 요청 한 번에만 씁니다.
rule-pipelined-request = 파이프라인: 앞 요청의 응답을 기다리지 않고 다음 요청을 보냅니다.
rule-unsolicited-response = 요청하지 않은 바이트가 더 왔습니다. 응답의 경계를 믿을 수 없으므로 커넥션을 끊습니다.
rule-response-order = 응답은 요청 순서대로 나갑니다. 이 요청은 앞 요청의 응답이 먼저 나갈 때까지 기다립니다.
rule-processing-time = 서버가 응답을 만드는 데 시간이 걸립니다.
rule-graceful-close = 출력을 먼저 닫고 상대가 끝낼 때까지 읽은 다음 끊습니다. 잃는 것이 없습니다(우아한 커넥션 끊기).
rule-lingering-close = 응답은 다 보냈지만 요청의 나머지가 아직 오고 있을 수 있습니다. RST 때문에 응답이 사라지지 않도록 잠시 더 읽고 끊습니다.
rule-content-too-large = 본문이 이 서버가 받는 한도를 넘습니다. 나머지를 기다리지 않고 413으로 답합니다.
rule-early-answer = 요청을 다 보내기도 전에 응답이 왔고, 이 응답으로 커넥션이 끝납니다. 클라이언트는 전송을 멈추고 끊습니다.
rule-client-gone = 응답이 오기 전에 클라이언트가 출력을 닫았습니다. 이 프락시는 클라이언트가 포기했다고 보고 서버 쪽 커넥션도 끊습니다. nginx라면 로그에 499를 남깁니다.
rule-pool-full = 프락시가 서버와 맺을 수 있는 커넥션을 모두 쓰고 있으므로 요청이 큐에서 기다립니다.
rule-shared-connection = 서버와의 커넥션이 하나 비었으므로, 어느 클라이언트의 것이든 가장 오래 기다린 요청이 그 커넥션을 씁니다.
rule-queue-timeout = 제한 시간 안에 서버와의 커넥션이 비지 않아서 프락시가 503으로 답합니다.
rule-bad-gateway = 서버에서 쓸 만한 응답을 받지 못해 프락시가 502로 답합니다.
rule-object-in-page = HTML에 이 파일의 이름이 있습니다. 이것까지 받아야 페이지가 완성됩니다.
rule-first-paint = HTML을 다 받았고 모든 이미지의 크기를 알아서 화면에 배치할 수 있습니다.
rule-page-whole = 페이지에 필요한 파일이 모두 왔거나, 받기를 포기했습니다.
rule-request-timeout = 기다릴 수 있는 시간은 정해져 있고, 그 시간이 지나면 더 기다리지 않습니다.

## HTTP: 재시도

rule-idempotent-again = 멱등인 메서드는 두 번 보내도 한 번 보낸 것과 결과가 같습니다. 그래서 묻지 않고 다시 보내도 됩니다.
rule-never-processed = 서버가 이 요청을 처리하지 않은 것이 확실합니다. 어떤 메서드든 다시 보내도 됩니다.
rule-reused-connection-lost = 요청이 가는 사이에 서버가 유지하던 커넥션을 끊었고, 응답은 한 바이트도 오지 않았습니다. 멱등인 요청이므로 새 커넥션으로 다시 보냅니다.
rule-proxy-does-not-repeat = 프락시는 멱등이 아닌 요청을 스스로 다시 보내면 안 됩니다. 일부만 보낸 요청도 다시 보내지 않습니다.
rule-not-idempotent = 멱등이 아닌 메서드를 두 번 보내면 두 번 실행될 수 있습니다. 괜찮다고 알 방법이 없으면 클라이언트는 스스로 다시 보내지 말아야 하고(SHOULD NOT), 프락시는 절대 다시 보내면 안 됩니다(MUST NOT).
rule-retried-enough = 이미 한 번 다시 보낸 요청입니다. 또 실패하면 묻지 않고 다시 보내지는 않습니다.
rule-no-retries = 이 클라이언트는 스스로 다시 보내지 않습니다.
rule-user-decides = 두 번 실행되어도 괜찮은지는 사용자만 압니다. 그래서 사용자에게 묻습니다.
rule-unsafe-method = 안전하지 않은 메서드입니다. 실행하면 서버의 무언가가 바뀝니다.

## HTTP: 캐싱

rule-cache-miss = 이 URI의 사본이 캐시에 없어서 요청을 서버 쪽으로 보냅니다.
rule-fresh-response = 사본의 나이가 아직 신선도 수명에 이르지 않았습니다. 아무에게도 묻지 않고 쓸 수 있습니다.
rule-stale-response = 사본의 나이가 신선도 수명에 이르렀습니다. 물어보기 전에는 쓸 수 없습니다.
rule-no-cache = no-cache: 보관해도 되지만 쓸 때마다 물어봐야 합니다.
rule-request-max-age = 클라이언트가 이만큼 오래된 사본은 받지 않겠다고 하므로 캐시가 물어봅니다.
rule-conditional-request = 사본의 검사기(validator)를 적어 “그사이에 바뀌었나요?” 하고 묻습니다.
rule-not-modified = 304는 사본이 아직 유효하다는 뜻입니다. 새것이나 마찬가지이므로 이 사본으로 응답합니다.
rule-age-field = 캐시에서 나온 응답입니다. Age는 서버가 이 응답을 만들거나 확인해 준 뒤로 얼마나 지났는지 알려 줍니다.
rule-shared-max-age = s-maxage는 공용 캐시에서 응답이 얼마 동안 신선한지 정합니다.
rule-max-age = max-age는 응답이 얼마 동안 신선한지 정합니다.
rule-expires = Expires에서 Date를 뺀 시간만큼 신선합니다.
rule-heuristic-lifetime = 얼마 동안 신선한지 적혀 있지 않아서 캐시가 어림합니다. Last-Modified 뒤로 지난 시간의 10분의 1입니다.
rule-no-lifetime = 얼마 동안 신선한지 적혀 있지 않아서 쓸 때마다 물어봅니다.
rule-not-cacheable = 메서드나 상태 코드, 헤더 때문에 보관할 수 없는 응답입니다.
rule-no-store = no-store: 어느 부분도 보관하면 안 됩니다.
rule-private-response = private: 한 사용자만을 위한 응답이므로 공용 캐시는 보관하지 않습니다.
rule-authorization-not-stored = Authorization이 있는 요청의 응답은, 따로 허락하지 않았다면 여럿이 나누어 쓸 수 없습니다.
rule-incomplete-not-stored = 응답이 중간에 잘렸습니다. 캐시는 불완전하다고 표시한 응답만 보관할 수 있고, 이 캐시는 아예 보관하지 않습니다.
rule-unsafe-invalidates = 이 요청이 서버의 내용을 바꾸었으므로 사본을 버립니다.

## TLS

rule-tls12-handshake = TLS 1.2는 첫 요청 전에 두 번 왕복합니다. 세션을 재개하면 한 번입니다.
rule-tls13-handshake = TLS 1.3은 첫 요청 전에 한 번 왕복합니다.

## IP, ICMP, 스위치

rule-switch-forwards = 스위치는 패킷을 받을 호스트가 있는 링크로 넘겨줍니다.
rule-switch-floods = 스위치는 브로드캐스트를 들어온 링크만 빼고 모든 링크로 내보냅니다.
rule-router-forwards = 라우터는 패킷을 목적지 네트워크 쪽으로 넘겨줍니다.
rule-neighbour-silent = 라우터가 링크에서 다음 호스트를 찾는 동안 패킷은 기다립니다.
rule-destination-unreachable = 패킷을 전달하지 못한 라우터는 보낸 쪽에 알립니다.
rule-port-unreachable = UDP 포트에서 듣는 프로그램이 없으면 호스트가 보낸 쪽에 알립니다.
rule-echo-requested = 핑이 에코 요청을 보냅니다.
rule-echo-answered = 모든 호스트는 에코에 답해야 합니다.
rule-echo-timeout = 핑이 기다리는 시간 안에 응답이 오지 않았습니다.
rule-host-off = 호스트가 꺼져 있어서 패킷을 받지 못합니다.

## DHCP와 DNS

rule-dhcp-discover = 주소가 없는 호스트는 모두에게 주소를 달라고 묻습니다.
rule-dhcp-offer = 서버가 비어 있는 주소를 제안합니다.
rule-dhcp-request = 클라이언트가 어느 제안을 받을지 모두에게 알립니다.
rule-dhcp-ack = 서버가 확정합니다. 임대 기간 동안 그 주소는 클라이언트의 것입니다.
rule-dhcp-retry = 답이 없으면 클라이언트는 두 배씩 더 기다리며 다시 묻습니다.
rule-dhcp-given-up = 여러 번 물었지만 주소를 주는 서버가 없었습니다.
rule-dns-query = 모르는 주소는 네임 서버에 묻습니다.
rule-dns-answer = 네임 서버가 주소를 답합니다.
rule-dns-name-error = 네임 서버가 그런 이름은 없다고 답합니다.
rule-dns-cached = 알아낸 주소는 TTL이 끝날 때까지 다시 쓸 수 있습니다.
rule-dns-retry = 답이 없습니다. UDP는 다시 보내 주지 않으므로 리졸버가 다시 묻습니다.
rule-dns-given-up = 여러 번 물었지만 답하는 네임 서버가 없었습니다.
