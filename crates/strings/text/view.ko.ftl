### 그림 구성 요소의 문구: 무대, 래더, 패킷 목록, 헤더 비교, 상태도, 소켓, 그래프, 검사기.

## 규칙: “왜 이런 일이 일어났을까?”에 대한 한 문장

# 시나리오
rule-scenario-start = 시나리오가 여기서 시작합니다.
rule-intervention = 이 순간에 여러분이 실행에 개입했습니다.
rule-link-delay = 세그먼트가 도착하려면 비트를 회선에 싣는 시간과 링크의 지연 시간이 걸립니다.
rule-link-loss = 시나리오에 적힌 대로 링크가 이 세그먼트를 잃어버렸습니다.
rule-link-cut = 케이블이 빠져 있어 아무것도 지나가지 못합니다.
rule-queue-full = 링크 앞의 큐가 가득 차서 새로 온 세그먼트를 버렸습니다.
rule-application = 애플리케이션이 그렇게 하기로 했습니다.
rule-blocking-call = 지금 끝낼 수 없는 호출이므로 프로그램이 그 안에서 기다립니다.

# TCP: 열기
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
rule-ephemeral-port = 클라이언트 쪽에도 포트가 필요하므로 스택이 비어 있는 임시 포트를 고릅니다.
rule-ports-exhausted = 이 상대에게 쓸 수 있는 로컬 포트가 모두 사용 중입니다(포트 고갈). 그래서 connect()가 실패합니다.
rule-tuple-in-use = 네 값이 모두 같은 커넥션이 아직 있으므로 하나를 더 열 수 없습니다.

# TCP: 데이터
rule-send-call = 애플리케이션이 송신 버퍼에 데이터를 썼습니다.
rule-receive-call = 애플리케이션이 수신 버퍼에서 데이터를 꺼냈습니다.
rule-new-data = 보낼 데이터가 있고 두 윈도 모두에 여유가 있어 보냅니다.
rule-window-limits = 확인응답 없이 보낼 수 있는 양은 혼잡 윈도와 상대의 윈도가 정합니다. 나머지는 기다립니다.
rule-silly-window = 윈도가 너무 작아서 지금 보내면 헤더만 낭비하므로 더 커지기를 기다립니다.
rule-nagle = 네이글 알고리즘: 확인응답을 받지 못한 데이터가 있으면 작은 세그먼트는 데이터가 더 모이거나 ACK가 올 때까지 기다립니다.
rule-in-order-data = 바로 다음에 와야 할 바이트이므로 수신 버퍼에 들어갑니다.
rule-out-of-order-data = 앞에 빈틈이 있는 데이터입니다. 보관해 두고, 무엇이 빠졌는지 중복 ACK로 알립니다.
rule-fills-gap = 이 세그먼트가 빈틈을 메웠으므로, 보관하던 것까지 곧바로 확인응답합니다.
rule-delayed-ack = 확인응답 지연: 데이터에 편승할 수 있도록 ACK를 잠시 미룹니다.
rule-delayed-ack-timer = 편승할 데이터가 제때 나오지 않아 ACK만 따로 보냅니다.
rule-every-second-segment = 꽉 찬 세그먼트 두 개마다 한 번은 미루지 않고 확인응답합니다.
rule-quick-ack = 새 커넥션의 첫 세그먼트들은 곧바로 확인응답해서 보내는 쪽의 혼잡 윈도가 커지게 합니다.
rule-piggyback = 마침 보낼 데이터가 있으므로 ACK가 거기에 편승합니다.
rule-ack-advances = ACK가 새 바이트를 확인해 주었으므로 그 바이트를 송신 버퍼에서 지웁니다.
rule-window-update = 애플리케이션이 읽어 가서 자리가 충분히 났으므로 보내는 쪽에 알립니다.
rule-unacceptable-segment = 수신 윈도를 벗어난 세그먼트이므로 버리고 ACK로 답합니다.
rule-ack-of-unsent = 보낸 적 없는 바이트를 확인하는 ACK이므로 버리고 ACK로 답합니다.
rule-bad-ack-in-handshake = 핸드셰이크에 맞지 않는 ACK이므로 RST로 답합니다.
rule-zero-window-probe = 상대의 윈도가 0입니다. 가끔 한 바이트를 보내 열렸는지 물어봅니다.
rule-checksum = 체크섬이 맞지 않아 말없이 버립니다.

# TCP: 혼잡과 재전송
rule-initial-window = 새 커넥션은 아직 경로를 모르므로 작은 혼잡 윈도로 시작합니다.
rule-slow-start = 느린 시작: 새 데이터에 대한 ACK를 받을 때마다 혼잡 윈도가 최대 한 세그먼트만큼 커집니다.
rule-congestion-avoidance = 느린 시작 임계값을 넘으면 혼잡 윈도는 왕복 한 번에 세그먼트 하나 정도씩만 커집니다.
rule-fast-retransmit = 중복 ACK 세 개는 빈틈이 있다는 뜻이므로, 빠진 세그먼트를 곧바로 다시 보냅니다.
rule-fast-recovery = 복구하는 동안 중복 ACK 하나는 세그먼트 하나가 네트워크를 떠났다는 뜻이므로 윈도를 그만큼 부풀립니다.
rule-partial-ack = 보낸 것의 일부만 확인되었으므로 다음 빈틈을 다시 보냅니다.
rule-limited-transmit = 처음 두 번의 중복 ACK에는 새 세그먼트를 하나씩 내보냅니다.
rule-retransmission-timeout = 재전송 타임아웃 안에 ACK가 오지 않았습니다. 가장 오래된 세그먼트를 다시 보내고, 다음에는 두 배로 기다립니다.
rule-rtt-measured = 왕복 시간을 쟀고, 재전송 타임아웃을 거기에 맞춥니다.
rule-restart-after-idle = 오래 쉬었으므로 예전 혼잡 윈도를 믿지 않고 느린 시작을 다시 합니다.
rule-unreachable-while-opening = 라우터가 상대에게 닿을 수 없다고 알려 와서, 커넥션을 맺으려던 시도가 바로 실패합니다.
rule-user-timeout = 상대가 너무 오래 답하지 않아 커넥션을 포기합니다.

# TCP: 끊기
rule-close-call = 애플리케이션이 close()를 호출했습니다. 두 방향을 모두 끝내고, 마지막 데이터 뒤에 FIN을 보냅니다.
rule-shutdown-call = 출력만 닫았습니다(절반 끊기). FIN은 “더 보낼 것이 없다”는 뜻이고, 읽기는 계속합니다.
rule-input-closed = 애플리케이션이 입력을 닫았으므로, 이제부터 오는 데이터는 아무도 읽지 않습니다.
rule-fin-received = 상대의 FIN이 왔습니다. 버퍼에 남은 것을 다 읽으면 read()는 0을 돌려줍니다.
rule-fin-acknowledged = 이쪽 FIN에 ACK가 와서, 이쪽에서 보내는 방향이 닫혔습니다.
rule-simultaneous-close = 양쪽이 동시에 FIN을 보냈으므로 서로의 확인응답을 기다립니다.
rule-time-wait = 먼저 끊은 쪽이 네 값을 2MSL 동안 붙잡아 둡니다. 떠도는 옛 세그먼트는 그사이에 사라집니다.
rule-time-wait-reuse = 순서 번호가 더 큰 새 SYN이 오면 TIME-WAIT를 일찍 끝낼 수 있습니다.
rule-fin-wait-2-timeout = 소켓을 쓰는 프로그램이 없고 상대의 FIN도 오지 않아, 기다리는 시간을 줄입니다.

# TCP: 리셋
rule-abort-call = 애플리케이션이 커넥션을 강제로 끊었습니다. RST를 보내고 버퍼를 버립니다.
rule-close-with-unread = 읽지 않은 데이터가 있는데 close()를 호출했습니다. 데이터를 잃었으므로 FIN이 아니라 RST로 알립니다.
rule-data-after-close = 이제 아무도 읽지 않을 소켓에 데이터가 왔으므로 RST로 답합니다.
rule-reset-flushes-buffers = 책대로라면 RST는 두 버퍼를 비웁니다. 이미 도착한 데이터까지 사라집니다.
rule-reset-keeps-received = 이 시스템에서는 RST가 와도 도착한 데이터가 남습니다. 다 읽고 나면 오류가 납니다.
rule-reset-received = 받아들일 수 있는 RST가 왔으므로 커넥션이 그 자리에서 끝납니다.
rule-reset-in-handshake = 핸드셰이크 중에 RST가 왔으므로 커넥션을 맺으려던 시도가 끝납니다.
rule-reset-out-of-window = RST의 순서 번호가 윈도 밖이므로 무시합니다.
rule-challenge-ack = 윈도 안이지만 순서 번호가 정확하지 않은 RST입니다. 정말인지 ACK로 되묻습니다.
rule-syn-in-window = 열린 커넥션에 SYN이 왔습니다. 상대가 다시 시작했는지 ACK로 확인합니다.

# HTTP: 메시지의 끝
rule-no-body = 이런 메시지에는 본문이 없으므로 빈 줄에서 끝납니다.
rule-chunked-body = 본문이 청크로 오며, 크기 0인 청크가 끝을 알립니다.
rule-content-length = Content-Length가 본문의 바이트 수를 알려 줍니다.
rule-until-close = 길이가 없으므로 커넥션이 끊길 때까지가 본문입니다.
rule-incomplete-message = 알려 준 길이가 다 오기 전에 커넥션이 끝났습니다. 메시지가 잘렸습니다(truncation).
rule-malformed-message = 문법에 맞지 않는 메시지라서 이해할 수 없습니다.

# HTTP: 지속 여부
rule-http11-persists = HTTP/1.1은 누군가 close라고 하지 않는 한 커넥션을 유지합니다.
rule-http10-closes = Keep-Alive가 없는 HTTP/1.0이므로 응답이 끝나면 커넥션을 끊습니다.
rule-keep-alive-agreed = 요청이 Keep-Alive를 바랐고 응답이 동의했으므로 커넥션이 유지됩니다.
rule-keep-alive-refused = 응답에 Keep-Alive가 없으므로 커넥션은 끊깁니다.
rule-keep-alive-asked = 요청이 커넥션을 유지하자고 합니다. 결정은 응답이 합니다.
rule-connection-close = Connection: close라고 했으므로 이 커넥션의 마지막 메시지입니다.
rule-length-unknown-closes = 길이를 모르면 끊는 것으로만 끝을 알릴 수 있으므로 커넥션을 유지할 수 없습니다.
rule-max-requests-reached = 약속한 요청 수를 다 썼으므로 커넥션을 끝냅니다.
rule-idle-timeout = 너무 오래 쉬었으므로 이쪽에서 커넥션을 끊습니다.
rule-error-closes = 오류가 난 뒤에는 스트림의 어디쯤인지 확실하지 않으므로 커넥션을 끊습니다.
rule-proxy-to-10-client = 1.0 클라이언트가 그 헤더를 이해했는지 알 수 없으므로 프락시는 커넥션을 유지하지 않습니다.
rule-peer-closed = 상대가 자기 쪽을 닫았으므로 이 커넥션으로는 더 주고받지 않습니다.

# HTTP: 홉별 헤더
rule-named-by-connection = Connection 헤더에 이름이 적힌 헤더이므로 이 홉에서 끝납니다.
rule-hop-by-hop-field = 언제나 홉별 헤더이므로 다음 홉으로 전달하면 안 됩니다.
rule-proxy-connection-field = Proxy-Connection은 바로 다음 프락시에게만 하는 말입니다. 아는 프락시는 전달하지 않습니다.
rule-proxy-auth-field = 프락시 인증은 이 클라이언트와 이 프락시 사이의 일입니다.
rule-end-to-end-field = 종단 간 헤더이므로 프락시가 그대로 전달합니다.
rule-via-added = 프락시는 Via에 자기 이름을 더합니다.
rule-own-version = 보내는 쪽은 받은 버전이 아니라 자기 HTTP 버전을 적습니다.
rule-own-connection = 커넥션은 홉마다 따로 정하므로 프락시가 자기 Connection 헤더를 씁니다.
rule-origin-form = 원 서버에 보내는 요청줄에는 경로만 적습니다.
rule-absolute-form = 프락시에 보내는 요청줄에는 전체 URL을 적어, 어느 서버로 갈지 알게 합니다.
rule-host-of-target = Host는 요청 대상이 가리키는 서버 이름으로 맞춥니다.
rule-blind-relay = 무조건 전달(blind relay): 읽지 않고 그대로 옮기므로 홉별 헤더까지 지나갑니다.
rule-reframed = 메시지를 나누는 방식은 홉마다 다르므로 프락시가 본문을 새로 포장합니다.

# HTTP: 그 밖에
rule-bodyless-response = 이런 응답에는 헤더가 뭐라고 하든 본문이 없습니다.
rule-chunked-over-length = Transfer-Encoding이 Content-Length보다 우선합니다. 둘 다 있는 메시지는 믿을 수 없습니다.
rule-connect-tunnel = CONNECT가 성공하면 커넥션은 터널이 되어 바이트를 그대로 통과시킵니다.
rule-faulty-framing = 메시지를 나누는 방식이 잘못되어 어디가 끝인지 알 수 없습니다.
rule-own-field = 프락시가 직접 쓰는 헤더입니다.
rule-passed-on-anyway = 여기서 끝나야 할 헤더인데 이 프락시는 그냥 전달합니다.
rule-server-closes = 이 서버는 커넥션을 유지하지 않고 응답 뒤에 끊습니다.
rule-trailer-field = Trailer는 청크 본문 뒤에 올 것을 알립니다. 1999년 표준은 이것을 홉별 헤더로 보았습니다.

# HTTP: 역할
rule-next-request = 커넥션이 비어 있고 유지되므로 다음 요청을 보냅니다.
rule-pipelined-request = 파이프라인: 앞 요청의 응답을 기다리지 않고 다음 요청을 보냅니다.
rule-unsolicited-response = 요청하지 않은 바이트가 더 왔습니다. 응답의 경계를 믿을 수 없으므로 커넥션을 끊습니다.
rule-response-order = 응답은 요청 순서대로 나갑니다. 먼저 끝나도 앞 응답을 기다립니다.
rule-processing-time = 서버가 응답을 만드는 데 시간이 걸립니다.
rule-graceful-close = 출력을 먼저 닫고 상대가 끝낼 때까지 읽은 다음 끊습니다. 잃는 것이 없습니다(우아한 커넥션 끊기).
rule-bad-gateway = 서버에서 쓸 만한 응답을 받지 못해 프락시가 502로 답합니다.
rule-object-in-page = HTML에 이 파일의 이름이 있습니다. 이것까지 받아야 페이지가 완성됩니다.
rule-first-paint = HTML을 다 받았고 모든 이미지의 크기를 알아서 화면에 배치할 수 있습니다.
rule-request-timeout = 제한 시간이 지나 기다림을 끝냅니다.

## 이름

node-proxy = 프락시
node-proxy-2 = 둘째 프락시
node-proxy-3 = 셋째 프락시
node-cache = 캐시
node-router = 라우터

# 역할: 카드의 이름과 하는 일
role-client = 클라이언트
role-client-does = 요청하고 읽습니다
role-browser = 브라우저
role-browser-does = 페이지와 그 안의 파일을 모두 받습니다
role-origin-server = 서버
role-dumb-proxy = 멍청한 프락시
role-dumb-proxy-does = 헤더를 그대로 넘깁니다
role-smart-proxy = 영리한 프락시
role-smart-proxy-does = Connection 헤더를 압니다
role-caching-proxy = 캐시 프락시
role-real-proxy = 실제 프락시
role-real-proxy-does = 관찰한 대로 동작합니다
role-caching-proxy-does = 사본을 보관합니다
role-script = 프로그램
role-script-does = 소켓 호출을 합니다

# 무엇을 기다리는가
waiting-nothing = 기다리는 것 없음
    .short = 없음
waiting-rest-of-message = 나머지 대기
    .short = 나머지
waiting-peer-close = 상대가 끊기를 기다림
    .short = 끊기 대기
waiting-server-close = 서버가 끊기를 기다림
    .short = 서버 끊기 대기
waiting-processing = 응답 준비 중
    .short = 준비 중
waiting-reading = 바빠서 읽지 않음
    .short = 읽지 않음
waiting-next-request = 다음 요청까지 쉼
    .short = 쉼
waiting-idle-timeout = 유휴 시간을 재는 중
    .short = 유휴

# 타이머
timer-delayed-ack = 확인응답 지연
    .short = ACK
timer-persist = persist
    .short = 탐색
timer-time-wait = 2MSL
    .short = 2MSL
timer-fin-wait-2 = FIN-WAIT-2
    .short = FW2
timer-override = override
    .short = SWS
timer-waiting-nothing = 타이머
    .short = 타이머
timer-waiting-connection = 커넥션 대기
    .short = 맺기
timer-waiting-response = 제한 시간
    .short = 제한
timer-waiting-request = 유휴
    .short = 유휴
timer-waiting-rest-of-message = 제한 시간
    .short = 제한
timer-waiting-peer-close = 끊기 대기
    .short = 끊기
timer-waiting-server-close = 제한 시간
    .short = 제한
timer-waiting-processing = 처리
    .short = 처리
timer-waiting-reading = 바쁨
    .short = 바쁨
timer-waiting-next-request = 쉼
    .short = 쉼
timer-waiting-idle-timeout = 유휴
    .short = 유휴

# 믿음: 역할이 스스로 하는 말
belief-asked-to-persist = 유지하자고 했다. 답을 보자
belief-closes-after-response = 이 응답이 끝나면 끊긴다
belief-ends-when-server-closes = 서버가 끊으면 끝난다

# 세그먼트를 잃은 까닭
drop-scripted = 가는 길에 사라짐
drop-random = 우연히 사라짐
drop-corrupted = 손상되어 체크섬 검사에서 버려짐
drop-queue-full = 큐가 가득 차서 버려짐
drop-link-down = 케이블이 빠짐

## 무대

stage-pipe-open = 열림
stage-pipe-time-wait = TIME-WAIT
stage-pipe-gone = 끊김
stage-pipe-reset = 리셋됨
stage-flight-lost = { $label }, { $from }에서 { $to } 쪽으로: { $reason }
stage-hidden = 커넥션 { $count }개 더 있음
stage-more-sockets = 소켓 { $count }개 더 있음 (TIME-WAIT { $waiting }개)

## 래더

ladder-title = 시간 순서의 세그먼트
ladder-compressed = 시간 압축: { $time }
ladder-now = 지금
ladder-again = { $label } (다시)
