### 패킷 목록, 상태도, 소켓, 그래프, 자세히 보기의 문구.

## 패킷 목록

packets-title = 모든 세그먼트, 보낸 순서
packets-number = 번호
packets-time = 시간
packets-source = 보낸 곳
packets-destination = 받는 곳
packets-protocol = 프로토콜
packets-length = 길이
packets-info = 정보
packets-pick = { $number } – 패킷 자세히 보기
packets-lost = [손실]
packets-future = (아직 보내지 않음)
packets-more = 패킷 { $count }개 더 보기
packets-empty = 이 실행에서는 세그먼트가 하나도 오가지 않습니다.

## 상태도: 계기. 왼쪽은 일어난 일, 빗금 뒤는 그때 보내는 세그먼트

trigger-active-open = connect()
trigger-passive-open = listen()
trigger-receive-syn = SYN 받음
trigger-receive-syn-ack = SYN,ACK 받음
trigger-receive-ack-of-syn = SYN의 ACK 받음
trigger-close = close()
trigger-receive-fin = FIN 받음
trigger-receive-ack-of-fin = FIN의 ACK 받음
trigger-receive-fin-and-ack-of-fin = FIN,ACK 받음
trigger-time-wait-timeout = 2MSL 지남
trigger-receive-new-syn = 새 SYN 받음
trigger-receive-reset = RST 받음
trigger-send-reset = 강제 종료
trigger-user-timeout = 응답 없이 타임아웃
trigger-receive-unreachable = 라우터가 도달 불가를 알림
trigger-fin-wait-2-timeout = FIN-WAIT-2 타임아웃

state-choose = 어느 소켓의 상태를 볼지 고르기
state-said = { $socket }: { $state }
state-none = 아직 소켓이 없습니다. 모든 커넥션은 CLOSED에서 시작합니다.
state-note = RST나 타임아웃으로 곧장 CLOSED가 될 수 있는 상태
state-ways-out = { $state }에서 나가는 길

## 소켓

sockets-of = { $node }의 소켓
sockets-connection = 커넥션
sockets-state = 상태
sockets-local = 로컬 주소
sockets-remote = 원격 주소
sockets-receive-queue = Recv-Q
sockets-send-queue = Send-Q
sockets-left = 2MSL { $time } 남음
sockets-none = 지금은 소켓이 없습니다.
sockets-unused = 쓰기 전
sockets-more = 앞의 소켓 { $count }개 더 보기
sockets-ports = 임시 포트 { $first }–{ $last }: { $all }개 중 { $used }개 사용
sockets-ports-waiting = , 그중 { $waiting }개는 TIME-WAIT로만 묶여 있음

## 그래프

graphs-of = 커넥션 { $number }: { $from } → { $to }
graphs-window = 혼잡 윈도
graphs-flight = 전송 중
graphs-peer = 상대의 윈도
graphs-threshold = 느린 시작 임계값
graphs-peer-above = ↑ 상대의 윈도({ $window })는 이 그림보다 위에 있습니다
graphs-more = 데이터를 더 적게 보낸 커넥션 { $count }개는 그리지 않았습니다.
graphs-empty = 아직 데이터를 보내는 커넥션이 없어 그릴 것이 없습니다. 데이터를 보내는 커넥션마다 혼잡 윈도, 전송 중인 바이트, 상대의 윈도를 그립니다.

## 자세히 보기

inspector-hint = 세그먼트나 소켓을 눌러 보세요.
inspector-hint-what = 왜 일어났는지, 헤더의 필드가 각각 무슨 뜻인지, 회선에 실제로 흐르는 바이트는 무엇인지 여기에 나옵니다.
inspector-connection = 커넥션 { $number }
inspector-sent = { $sent }에 보냄
inspector-sent-arrived = { $sent }에 보냄 · { $arrived }에 도착
inspector-sent-lost = { $sent }에 보냄 · { $lost }에 사라짐
inspector-future = 아직 일어나지 않은 일
inspector-again = 재전송
inspector-layers = 헤더와 내용
inspector-octets = 회선의 바이트 ({ $count })
inspector-all-octets = { $count }바이트 모두 보기
inspector-socket = { $node }, 커넥션 { $number }의 소켓
inspector-listener = { $node }의 소켓
inspector-no-socket = 이 시점에는 이 소켓이 없습니다.

why = 왜?
why-scenario = 시나리오
why-skipped = 중간 { $count }단계 생략

layer-ipv4 = IPv4
layer-tcp = TCP
layer-http = HTTP
layer-payload = 데이터

socket-state-since = 이 상태가 된 때
socket-waits = 기다리는 것
socket-waits-since = { $waiting } ({ $since }부터)
socket-belief = 믿음
socket-receive-buffer = 수신 버퍼
socket-send-buffer = 송신 버퍼
socket-timer-until = { $at }에 끝남
socket-error = 오류

# IPv4 필드
field-ip-version = IP의 버전입니다. 여기서는 IPv4만 씁니다.
field-ip-header-length = IP 헤더의 길이입니다. 4바이트 단위로 적습니다.
field-ip-dscp = 라우터에 요청하는 처리 등급입니다. 0이면 보통입니다.
field-ip-ecn = 라우터가 혼잡을 알릴 때 쓰는 비트입니다. 여기서는 쓰지 않습니다.
field-ip-total-length = IP 헤더부터 마지막 데이터까지의 길이입니다.
field-ip-identification = 조각난 데이터그램을 다시 맞출 때 쓰는 번호입니다.
field-ip-flags = DF는 라우터가 데이터그램을 조각내지 말라는 뜻입니다.
field-ip-fragment-offset = 조각이 원래 데이터그램의 어디에 있었는지 나타냅니다. 조각이 아니면 0입니다.
field-ip-time-to-live = 라우터를 지날 때마다 1씩 줄고, 0이 되면 버려집니다.
field-ip-protocol = 데이터를 넘겨받을 프로토콜입니다. 6은 TCP입니다.
field-ip-checksum = IP 헤더가 도중에 손상되었는지 확인합니다.
field-ip-source = 보낸 쪽의 IP 주소입니다. 커넥션을 정하는 네 값 가운데 하나입니다.
field-ip-destination = 받는 쪽의 IP 주소입니다. 커넥션을 정하는 네 값 가운데 하나입니다.
field-ip-options = 거의 쓰이지 않는 IP 옵션입니다.

# TCP 필드
field-tcp-source-port = 보낸 쪽의 포트입니다. 커넥션을 정하는 네 값 가운데 하나입니다.
field-tcp-destination-port = 받는 쪽의 포트입니다. 커넥션을 정하는 네 값 가운데 하나입니다.
field-tcp-sequence = 첫 데이터 바이트가 스트림의 몇 번째인지 나타냅니다. 초기 순서 번호부터 셉니다.
field-tcp-acknowledgment = 다음에 받고 싶은 바이트의 번호입니다. 그 앞까지는 모두 받았습니다. ACK 비트가 있을 때만 뜻이 있습니다.
field-tcp-data-offset = TCP 헤더의 길이입니다. 여기서부터 데이터가 시작합니다.
field-tcp-reserved = 나중을 위해 비워 둔 비트입니다.
field-tcp-flags = SYN은 열기, FIN은 보내기 끝, RST는 강제 종료, ACK는 확인응답 번호가 유효함을 뜻합니다.
field-tcp-window = 지금 더 받을 수 있는 양입니다. 보내는 쪽은 이보다 많이 보내면 안 됩니다.
field-tcp-checksum = 헤더와 데이터가 도중에 손상되었는지 확인합니다.
field-tcp-urgent-pointer = 긴급 데이터의 끝입니다. 요즘은 쓰지 않습니다.
field-tcp-max-segment-size = 세그먼트 하나에 담아 보내도 되는 데이터의 최대 크기입니다. SYN에만 있습니다.
field-tcp-sack-permitted = 빈틈이 있어도 받은 범위를 알리는 확인응답(SACK)을 이해한다는 뜻입니다. SYN에만 있습니다.
field-tcp-sack = 빈틈 뒤에 이미 받아 둔 바이트의 범위입니다.
field-tcp-timestamps = 보낸 시각과 되돌려 주는 시각입니다. 왕복 시간을 재고 오래된 세그먼트를 가려냅니다.
field-tcp-no-operation = 옵션의 자리를 4바이트에 맞추려고 채운 바이트입니다.
field-tcp-window-scale = 앞으로 이쪽이 보내는 Window 값에 곱할 수입니다. 양쪽 SYN에 모두 있어야 쓰입니다.
field-tcp-other-option = 그 밖의 옵션입니다.
field-tcp-end-of-options = 옵션이 끝났음을 알립니다.
field-payload = 애플리케이션의 데이터입니다.

# HTTP 필드
field-http-start-line = 메시지의 첫 줄입니다. 요청이면 메서드와 경로와 버전, 응답이면 버전과 상태 코드입니다.
field-http-field = 메시지에 대한 정보를 담은 헤더입니다.
field-http-body = 메시지의 본문입니다. 빈 줄 다음에 옵니다.
field-http-part = 앞 세그먼트에서 시작한 메시지가 이어지는 부분입니다.
field-payload-octets = 애플리케이션이 보낸 바이트입니다.
header-connection = 이 커넥션에만 하는 말입니다. 다음 홉으로 전달하면 안 됩니다(홉별 헤더).
header-proxy-connection = 멍청한 프락시를 피하려고 만든 비표준 헤더입니다.
header-keep-alive = 커넥션을 얼마나 유지할지 알려 주는 힌트입니다(홉별 헤더).
header-host = 어느 사이트에 하는 요청인지 알려 줍니다. HTTP/1.1에서는 꼭 있어야 합니다.
header-content-length = 본문의 바이트 수입니다. 지속 커넥션에서 메시지의 끝을 찾게 해 줍니다.
header-content-type = 본문의 종류입니다.
header-transfer-encoding = 본문을 어떻게 포장했는지 나타냅니다. chunked면 청크로 나누어 보냅니다(홉별 헤더).
header-via = 지나온 프락시의 이름과 버전입니다.
header-upgrade = 이 커넥션에서 다른 프로토콜로 바꾸자는 제안입니다(홉별 헤더).
header-date = 응답을 만든 시각입니다.
header-server = 응답한 프로그램의 이름입니다.
header-user-agent = 요청한 프로그램의 이름입니다.
header-accept = 받고 싶은 본문의 종류입니다.
header-location = 대신 가야 할 주소입니다.
header-expect = 본문을 보내기 전에 서버의 답을 먼저 듣겠다는 뜻입니다.

## 일어난 일: 한 항목에 한 문장

nothing-yet = 아직 아무 일도 없습니다.
segment-sent = { $node }가 { $to } 쪽으로 { $segment } 세그먼트를 보냈습니다.
segment-sent-again = { $node }가 { $to } 쪽으로 { $segment } 세그먼트를 다시 보냈습니다.
segment-delivered = { $from }에서 보낸 { $segment } 세그먼트가 { $node }에 도착했습니다.
segment-dropped = { $from }에서 보낸 { $segment } 세그먼트가 없어졌습니다: { $reason }.
listening = { $node }가 { $port }번 포트에서 커넥션을 기다리기 시작했습니다.
opened = { $node }가 { $remote }에 커넥션을 열기 시작했습니다. 이쪽 주소는 { $local }입니다.
accepted = { $node }에 { $remote }에서 온 커넥션의 소켓이 생겼습니다.
state-changed = { $node }의 상태가 바뀌었습니다: { $from } → { $to }
timer-set = { $node }의 { $timer } 타이머가 켜졌습니다. { $span } 뒤에 울립니다.
timer-stopped = { $node }의 { $timer } 타이머가 꺼졌습니다.
timer-expired = { $node }의 { $timer } 타이머가 울렸습니다.
bytes-queued = { $node }의 송신 버퍼에 { $octets }가 들어갔습니다: { $message }
bytes-acknowledged = { $node }가 보낸 { $octets }에 확인응답이 왔습니다: { $message }
bytes-received = { $node }의 수신 버퍼에 { $octets }가 들어왔습니다: { $message }
bytes-held = { $node }가 앞에 빈틈이 있는 { $octets }를 따로 보관합니다: { $message }
bytes-read = { $node }의 프로그램이 { $octets }를 읽었습니다: { $message }
bytes-discarded-unread = { $node }가 읽지 않은 { $octets }를 버렸습니다: { $message }
bytes-discarded-unsent = { $node }가 다 보내지 못한 { $octets }를 버렸습니다: { $message }
end-received = { $node }가 상대의 출력이 { $octets }에서 끝났음을 알았습니다.
congestion-changed = { $node }의 혼잡 윈도가 { $cwnd }로 바뀌었습니다.
peer-window-changed = { $node }가 아는 상대의 윈도가 { $window }로 바뀌었습니다.
rtt-measured = { $node }가 왕복 시간을 쟀습니다: { $span }. 재전송 타임아웃은 { $timeout }입니다.
send-held = { $node }가 { $octets }를 아직 보내지 않고 붙잡아 둡니다.
connection-failed = { $node }의 커넥션이 { $error } 오류로 끝났습니다.
syn-dropped = { $node }가 SYN을 말없이 버렸습니다.
socket-released = { $node }의 소켓이 없어졌습니다.
call-returned = { $node }의 { $call } 호출이 돌아왔습니다: { $result }.
call-failed = { $node }의 { $call } 호출이 실패했습니다: { $result }.
call-blocks = { $node }의 { $call } 호출이 기다립니다.
request-received = { $node }가 요청을 읽었습니다: { $message }
response-received = { $node }가 응답을 읽었습니다: { $message }
message-completed = { $node }가 메시지를 끝까지 읽었습니다: { $message }, { $octets }
message-incomplete = { $node }가 받던 메시지가 잘렸습니다. { $expected } 가운데 { $received }만 왔습니다.
message-cut-short = { $node }가 받던 메시지가 { $received }에서 잘렸습니다.
message-rejected = { $node }가 메시지를 이해하지 못했습니다{ $line ->
    [0] : { $problem }
   *[other] . { $line }번째 줄: { $problem }
}
connection-persists = { $node }가 커넥션을 유지하기로 했습니다.
connection-closes = { $node }가 커넥션을 끊기로 했습니다.
headers-rewritten = { $node }가 헤더를 고쳐 넘깁니다. 남김 { $kept }, 지움 { $removed }, 더함 { $added }, 바꿈 { $changed }.
bytes-relayed = { $node }가 { $octets }를 그대로 넘겼습니다: { $message }
belief-changed = { $node }의 생각이 바뀌었습니다: “{ $belief }”
waiting-changed = { $node }가 기다리기 시작했습니다: { $waiting }.
waiting-ended = { $node }의 기다림이 끝났습니다.
application-timer-set = { $node }의 프로그램이 타이머를 켰습니다: { $timer }, { $span }.
application-timer-stopped = { $node }의 프로그램이 타이머를 껐습니다: { $timer }.
application-timer-expired = { $node }의 프로그램이 켠 타이머가 울렸습니다: { $timer }.
transaction-completed = { $node }의 { $request }번째 요청이 끝났습니다. 상태 코드 { $status }, { $octets }, 걸린 시간 { $span }.
transaction-failed = { $node }의 { $request }번째 요청이 { $span } 만에 실패했습니다: { $problem }
object-named = { $node }가 HTML에서 파일 이름을 읽었습니다: { $path }
page-painted = { $node }가 화면을 그립니다. 파일 { $objects }개 가운데 { $whole }개가 다 왔고, 나머지는 크기를 압니다.
page-completed = { $node }가 페이지를 다 받았습니다. 파일 { $objects }개, 커넥션 { $connections }개, 포기 { $failed }개.
intervened = 여러분이 실행에 개입했습니다(개입 { $intervention }).
