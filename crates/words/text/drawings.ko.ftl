### 그림: 무대, 흐름, 패킷 목록, 헤더 비교, 상태도, 소켓, 그래프, 자세히 보기.

## 노드의 이름

node-client = 클라이언트
node-server = 서버
node-dns = DNS
node-dhcp = DHCP
node-switch = 스위치
node-proxy = 프락시
node-proxy-2 = 둘째 프락시
node-proxy-3 = 셋째 프락시
node-cache = 캐시
node-router = 라우터
node-gateway = 게이트웨이

## 역할: 카드의 이름과 하는 일

role-switch-does = 링크를 이어 줍니다
role-dns-server-does = 이름을 알고 있습니다
role-dhcp-server-does = 주소를 나누어 줍니다
role-origin-server-does = 요청에 응답합니다
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
role-caching-proxy-does = 사본을 보관합니다
role-real-proxy = 실제 프락시
role-real-proxy-does = 관찰한 대로 동작합니다
role-script = 프로그램
role-script-does = 소켓 호출을 합니다
role-switch = 스위치
role-router = 라우터
role-router-does = 네트워크를 이어 줍니다
role-dns-server = DNS 서버
role-dhcp-server = DHCP 서버
role-ping = 클라이언트
role-ping-does = 에코를 보냅니다
role-off = 서버
role-off-does = 꺼져 있습니다
role-captured = 캡처의 호스트
role-captured-does = 캡처에 담긴 호스트

## 무엇을 기다리는가

waiting-connection = 커넥션 대기
    .short = 커넥션
waiting-response = 응답 대기
    .short = 응답 대기
waiting-request = 요청 대기
    .short = 요청 대기
waiting-nothing = 기다리는 것 없음
    .short = 없음
waiting-response-sent = 응답을 보내는 중
    .short = 보내는 중
waiting-tls-handshake = TLS 핸드셰이크
    .short = TLS
waiting-rest-of-response = 응답의 나머지 대기
    .short = 응답 나머지
waiting-rest-of-request = 요청의 나머지 대기
    .short = 요청 나머지
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
waiting-address = 주소를 기다리는 중
    .short = 주소
waiting-name-answer = 이름의 주소를 기다리는 중
    .short = 이름
waiting-echo = 에코를 기다리는 중
    .short = 에코
waiting-tunnel-octets = 터널의 데이터를 기다림
    .short = 터널
waiting-neighbour = 이웃 호스트를 찾는 중
    .short = 이웃
waiting-restart = 다시 시작하는 중
    .short = 재시작
waiting-user-answer = 사용자의 답을 기다림
    .short = 사용자
waiting-free-connection = 빈 커넥션을 기다림
    .short = 큐 대기

## 타이머

timer-waiting-address = DHCP
    .short = DHCP
    .help = 이 시간 안에 답이 없으면 다시 묻습니다.
    .spoken = 다시 묻
timer-waiting-name-answer = DNS
    .short = DNS
    .help = 이 시간 안에 네임 서버의 답이 없으면 다시 묻습니다.
    .spoken = 다시 묻
timer-retransmission = RTO
    .short = RTO
    .help = 이 시간 안에 ACK가 오지 않으면 TCP가 세그먼트를 다시 보냅니다.
    .spoken = 재전송|RTO|다시 보냅|다시 보내야|다시 보냈
timer-delayed-ack = 확인응답 지연
    .short = ACK
    .help = ACK가 실려 갈 데이터를 기다리는 시간입니다. 끝나면 ACK만 보냅니다.
    .spoken = 지연|편승|미루|붙잡
timer-persist = persist
    .short = 탐색
    .help = 끝나면 윈도가 다시 열렸는지 물어봅니다.
    .spoken = 윈도 프로브|프로브|윈도가 0|제로 윈도
timer-time-wait = 2MSL
    .short = 2MSL
    .help = 늦게 오는 세그먼트에 대비해 포트를 비워 두는 시간입니다.
    .spoken = TIME-WAIT|2MSL
timer-fin-wait-2 = FIN-WAIT-2
    .short = FW2
    .help = 상대도 닫기를 기다리는 시간입니다.
    .spoken = FIN-WAIT-2
timer-override = override
    .short = SWS
    .help = 끝나면 작은 세그먼트라도 보냅니다.
    .spoken = 작은 윈도|어리석은 윈도
timer-keepalive = 킵얼라이브
    .short = KA
    .help = 끝나면 상대가 아직 있는지 확인합니다.
    .spoken = 킵얼라이브|생존 확인
timer-waiting-nothing = 타이머
    .short = 타이머
    .help = 프로그램의 타이머입니다.
    .spoken = 타이머
timer-waiting-response-sent = 제한 시간
    .short = 제한
    .help = 기다리다 포기하기까지 남은 시간입니다.
    .spoken = 타임아웃|제한 시간|포기
timer-waiting-tls-handshake = 제한 시간
    .short = 제한
    .help = 기다리다 포기하기까지 남은 시간입니다.
    .spoken = 타임아웃|제한 시간|포기
timer-waiting-rest-of-response = 제한 시간
    .short = 제한
    .help = 기다리다 포기하기까지 남은 시간입니다.
    .spoken = 타임아웃|제한 시간|포기
timer-waiting-rest-of-request = 제한 시간
    .short = 제한
    .help = 기다리다 포기하기까지 남은 시간입니다.
    .spoken = 타임아웃|제한 시간|포기
timer-waiting-connection = 커넥션 대기
    .short = 맺기
    .help = 커넥션이 맺어지기를 기다리는 제한 시간입니다.
    .spoken = 제한 시간
timer-waiting-response = 제한 시간
    .short = 제한
    .help = 응답을 기다리다 포기하기까지 남은 시간입니다.
    .spoken = 타임아웃|제한 시간|포기
timer-waiting-request = 유휴
    .short = 유휴
    .help = 이 시간 안에 요청이 없으면 커넥션을 끊습니다.
    .spoken = 유휴|timeout|타임아웃|지치|시계|쓰지 않는 커넥션
timer-waiting-peer-close = 끊기 대기
    .short = 끊기
    .help = 상대가 끊기를 기다리는 시간입니다.
    .spoken = 끊기를 기다|lingering
timer-waiting-server-close = 제한 시간
    .short = 제한
    .help = 서버가 끊기를 기다리는 제한 시간입니다.
    .spoken = 타임아웃|제한 시간
timer-waiting-processing = 처리
    .short = 처리
    .help = 서버가 응답을 준비하는 시간입니다.
    .spoken = 처리|준비|작업
timer-waiting-reading = 바쁨
    .short = 바쁨
    .help = 프로그램이 바빠서 읽지 않는 시간입니다.
    .spoken = 바쁘|읽지 않
timer-waiting-next-request = 다음 요청까지
    .short = 다음
    .help = 잠시 쉰 뒤 다음 요청을 보냅니다.
    .spoken = 쉰 뒤|뒤에 다음|다음 핑|초 뒤|사이의 간격
timer-waiting-idle-timeout = 응답을 쓴 뒤 쉬는 시간
    .short = 유휴
    .help = 이 시간 안에 요청이 없으면 커넥션을 끊습니다.
    .spoken = 유휴|timeout|타임아웃|지치|시계|쓰지 않는 커넥션
timer-waiting-echo = 에코
    .short = 에코
    .help = 핑이 응답을 기다리는 시간입니다.
    .spoken = 타임아웃|없어|잃
timer-waiting-tunnel-octets = 터널 유휴
    .short = 터널 유휴
    .help = 이 시간 안에 데이터가 없으면 터널을 닫습니다.
    .spoken = 유휴|타임아웃
timer-waiting-neighbour = 이웃
    .short = ARP
    .help = 이웃 호스트를 찾는 시간입니다.
    .spoken = 이웃|닿을 수 없
timer-waiting-restart = 재시작
    .short = 재시작
    .help = 호스트가 다시 시작하는 중입니다.
    .spoken = 재시작|다시 시작
timer-waiting-user-answer = 사용자 생각
    .short = 사용자
    .help = 사용자가 생각하는 시간입니다.
    .spoken = 사용자
timer-waiting-free-connection = 큐 대기
    .short = 큐 대기
    .help = 빈 커넥션을 기다리는 시간입니다.
    .spoken = 큐|빈 커넥션

## 생각: 역할이 스스로 하는 말

belief-persists = 커넥션은 유지된다
belief-tunnel = 이제 HTTP가 아니라 터널이다
belief-ended = 이 커넥션은 끝났다
belief-asked-to-persist = 유지하자고 했다. 답을 보자
belief-closes-after-response = 이 응답이 끝나면 끊긴다
belief-ends-when-server-closes = 서버가 끊으면 끝난다

## 세그먼트를 잃은 까닭

drop-scripted = 가는 길에 사라짐
drop-random = 무작위로 사라짐
drop-corrupted = 손상되어 체크섬 검사에서 버려짐
drop-queue-full = 큐가 가득 차서 버려짐
drop-link-down = 케이블이 빠짐
drop-host-down = 호스트가 꺼져 있음
drop-unacknowledged = 확인응답이 오지 않아 다시 보냄

## 무대

legend-datagram = 데이터그램
stage-no-address = 아직 주소가 없습니다
stage-link = { $a } – { $b } 링크
stage-connections = 커넥션 { $count }개
stage-send = send
stage-receive = recv
stage-belief = 생각: “{ $belief }”
stage-progress = { $failed ->
    [0] { $done }개 완료
   *[other] { $done }개 완료 · { $failed }개 실패
  }
stage-buffer-unknown = 이 버퍼에 무엇이 들어 있는지는 기록되지 않았습니다.
stage-socket = 커넥션 { $number }의 소켓: { $state }, 보낼 것 { $sending }, 읽지 않은 것 { $received }
stage-socket-recorded = 커넥션 { $number }의 소켓: { $state }. 버퍼에 무엇이 들어 있는지는 기록되지 않음
stage-socket-captured = 커넥션 { $number }의 소켓: { $state }, 보낼 것 { $sending }. 무엇을 읽었는지는 캡처에 없음
stage-pipe = 커넥션 { $number }, 포트 { $left } → { $right }: { $phase }
stage-pipe-opening = 여는 중
stage-pipe-closing = 절반 끊김
stage-lane-closed = 닫힘
stage-flight = { $label }, { $from }에서 { $to } 쪽으로
stage-summary-time = { $time } 시점입니다.
stage-summary-socket = { $node }, 커넥션 { $number }: { $state }.
stage-summary-waits = { $node }, 커넥션 { $number }: { $state }, { $waiting }.
stage-summary-flights = 이동 중: { $flights }.
legend-data = 데이터
legend-ack = ACK
legend-syn = SYN
legend-fin = FIN
legend-rst = RST
stage-pipe-open = 열림
stage-pipe-time-wait = TIME-WAIT
stage-pipe-gone = 끊김
stage-pipe-reset = 리셋됨
stage-flight-lost = { $label }, { $from }에서 { $to } 쪽으로: { $reason }
stage-hidden = 커넥션 { $count }개 더 있음
stage-more-sockets = 소켓 { $count }개 더 있음 (TIME-WAIT { $waiting }개)
effect-holds = 저장 { $count }개
question-title = 다시 보낼까요?
question-body = 응답이 오지 않았습니다. 서버가 이미 처리했다면, 다시 보낼 때 두 번 처리될 수 있습니다.
question-again = 다시 보내기
question-give-up = 취소
stage-summary-effect = { $node }가 { $request } 요청을 { $executed }번 실행했고, 지금 가진 것은 { $holds }개입니다.
stage-summary-question = { $node }가 사용자에게 { $request } 요청을 다시 보낼지 묻습니다.
stage-summary-question-again = { $node }가 물었고, 사용자가 { $request } 요청을 다시 보내라고 답했습니다.
stage-summary-question-give-up = { $node }가 물었고, 사용자가 { $request } 요청을 다시 보내지 말라고 답했습니다.

## 흐름

ladder-title = 시간 순서로 본 세그먼트
ladder-compressed = 시간 압축: { $time }
ladder-now = 지금
ladder-again = { $label } (다시)
ladder-seek = 이 시각으로 가기

## 흐름: 생명선 옆의 설명

note-discarded-unread = { $message } 버려짐: 아무도 읽지 못함 ({ $octets })
note-discarded-unsent = { $message } 버려짐: 전달되지 못함 ({ $octets })
note-call-failed = { $call } 실패: { $error }, { $message }
note-never-read = { $message }: 수신 버퍼에 남고, 아무도 읽지 않음
note-message-incomplete = 메시지가 잘림: { $expected } 가운데 { $received }만 도착
note-message-cut-short = 메시지가 잘림: { $received }까지만 도착
note-message-rejected = { $line ->
    [0] 이해할 수 없음
   *[other] { $line }번째 줄을 이해할 수 없음
}
note-transaction-failed = { $count ->
    [1] 요청 { $request } 실패
   *[other] 요청 { $request }–{ $last } 실패
  }
note-syn-dropped = 큐가 가득 차서 SYN을 말없이 버림
note-page-painted = 첫 화면: 페이지가 보이기 시작
note-page-completed = 페이지 완성, 커넥션 { $connections }개
note-intervened = 여기서 여러분이 개입함
note-host-crashed = 전원이 나감: 상태가 모두 사라짐
note-host-started = 빈 상태로 다시 켜짐
note-reading-stopped = 프로그램이 읽기를 멈춤
note-reading-resumed = 프로그램이 다시 읽음
note-cache-stored = 사본을 보관합니다
note-cache-refused = 보관하지 않습니다
note-cache-served = 캐시에서 응답, 나이 { $age }
note-cache-asked = 사본 나이 { $age }, 먼저 물어봅니다
note-retry-again = 요청 { $request } 다시 보냄
note-user-asked = 사용자에게 물음: 요청 { $request }, 다시 보낼까?
note-user-answered-again = 사용자: 다시 보낸다
note-user-answered-give-up = 사용자: 그만둔다
note-effect-caused = { $message } 실행({ $executed }번째)

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
packets-empty = 이 실행에서는 세그먼트가 하나도 오가지 않습니다.

## 헤더 비교

headers-title = 홉마다 본 메시지
headers-exchange = 몇 번째 요청과 응답
headers-previous = 이전 요청
headers-next = 다음 요청
headers-way = 요청 또는 응답
headers-request = 요청
headers-response = 응답
headers-hop = { $from }에서 { $to } 쪽으로, 커넥션 { $number }
headers-connection = 커넥션 { $number }
headers-none = 이 실행에는 HTTP 메시지가 없습니다. TCP만 오갑니다.
headers-nothing-yet = 아직 아무것도 보내지 않았습니다. 재생하면 메시지가 홉마다 여기에 나타납니다.
headers-empty = 아직 아무것도 보내지 않았습니다.
headers-announced = 지금까지 알린 값
headers-not-yet = 아직 이 홉에 오지 않았습니다.
headers-next-hop = 아직 보내지 않음
headers-no-response = 이 요청은 응답을 받지 못했습니다.
headers-no-request = 요청 없이 온 응답입니다.
headers-blind = 읽지 않고 전달
headers-by-the-book = 영리한 프락시였다면
headers-by-the-book-says = 실제로 일어난 일은 아닙니다. 표준대로라면 이렇게 보냈습니다.
headers-kept = 표시가 없는 줄은 그대로 전달했습니다.
headers-original = 처음 보낸 그대로입니다.
headers-before = 전에는
headers-mark-removed = 지움
headers-mark-added = 더함
headers-mark-changed = 바꿈
headers-mark-passed-blindly = 그대로 통과
headers-source-observed = 실제 프락시에서 관찰한 결과
headers-source-book = 책 { $section }

## 상태도: 빗금 왼쪽은 일어난 일, 오른쪽은 그때 보내는 세그먼트

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
trigger-not-captured = 캡처에 없는 까닭

## 상태도

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
graphs-sequence = 시간-순서 번호 그래프
graphs-sequence-of = 시간-순서 번호 그래프. { $title }
graphs-sent = 보냄
graphs-again = 재전송
graphs-acknowledged = 확인 응답됨
graphs-edge = 상대 윈도의 끝
graphs-edge-above = ↑ 상대 윈도의 끝({ $edge } 이상)은 이 그림보다 위에 있습니다
graphs-more = 데이터를 더 적게 보낸 커넥션 { $count }개는 그리지 않았습니다.
graphs-empty = 아직 데이터를 보내는 커넥션이 없어 그릴 것이 없습니다. 데이터를 보내는 커넥션마다 혼잡 윈도, 전송 중인 바이트, 상대의 윈도를 그립니다.

## 소켓 호출로 된 프로그램

program-of = { $node }의 프로그램
program-waits = 여기서 기다리는 중
program-to-come = 실행 전
program-result = { $result } 반환
program-choices = 지금 할 수 있는 호출
program-would-return = { $result } 반환
program-would-fail = 실패: { $result }
program-would-block = 기다림
program-would-send = { $flags } 보냄

## 캐시

cache-of = { $node }의 캐시
cache-empty = 아직 아무것도 없습니다.
cache-fresh = 신선함
cache-stale = 신선하지 않음
cache-age-of = 나이 { $age }, 신선한 기간 { $lifetime }
cache-etag = 버전
cache-from = 보낸 곳
cache-size = 크기
cache-used = 사용
cache-doings = 최근에 한 일
cache-times = { $count }번
cache-act-missed = 사본 없음
cache-act-asked = 물어봐야 함
cache-act-served = 직접 응답
cache-act-stored = 보관
cache-act-refused = 보관 안 함
cache-act-validated = 아직 유효함
cache-act-removed = 버림

## 비교: 한 페이지를 다섯 방식으로

race-lanes = 같은 시간 축에 놓은 다섯 방식의 커넥션과 저마다 쓴 것
race-policy-serial = 직렬
race-policy-parallel = 병렬
race-policy-persistent = 지속
race-policy-parallel-persistent = 병렬 + 지속
race-policy-pipelined = 파이프라인
race-idle = 쉼
race-column-connections = 커넥션
race-column-round-trips = 왕복
race-column-octets = 바이트
race-column-first-paint = 첫 화면
race-column-total = 완성
race-winner = 1등
race-own = 이 실행
race-numbers = 커넥션 { $connections } · 왕복 { $trips } · { $octets }
race-failed = 못 받은 파일 { $count }개

## 시간이 간 곳

spent-title = { $request }의 시간은 어디로 갔을까: { $total }
spent-address = 주소
spent-dns = 이름(DNS)
spent-connect = 커넥션 맺기
spent-tls = TLS
spent-request = 요청 전송
spent-queue = 차례 대기
spent-process = 서버의 작업
spent-response = 응답 전송
spent-nagle = 네이글이 붙잡음
spent-held-ack = 지연된 ACK 대기
spent-lost = 손실, 재전송 타이머 대기
spent-hang = 아무도 일하지 않음
spent-user = 사용자의 결정
spent-close = 끊기

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

## 자세히 보기: 왜

why = 왜?
why-scenario = 시나리오
why-skipped = 중간 { $count }단계 생략

## 자세히 보기: 소켓

socket-state-since = 이 상태가 된 때
socket-waits = 기다리는 것
socket-waits-since = { $waiting } ({ $since }부터)
socket-belief = 생각
socket-receive-buffer = 수신 버퍼
socket-send-buffer = 송신 버퍼
socket-timer-until = { $at }에 끝남
socket-error = 오류

## 자세히 보기: 계층

layer-ipv4 = IPv4
layer-tcp = TCP
layer-http = HTTP
layer-payload = 데이터
layer-udp = UDP
layer-icmp = ICMP
layer-dns = DNS
layer-dhcp = DHCP
layer-tls = TLS

## IPv4 필드

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

## TCP 필드

field-tcp-source-port = 보낸 쪽의 포트입니다. 커넥션을 정하는 네 값 가운데 하나입니다.
field-tcp-destination-port = 받는 쪽의 포트입니다. 커넥션을 정하는 네 값 가운데 하나입니다.
field-tcp-sequence = 첫 데이터 바이트가 스트림의 몇 번째인지 나타냅니다. 초기 순서 번호부터 셉니다.
field-tcp-acknowledgment = 다음에 받고 싶은 바이트의 번호입니다. 그 앞까지는 모두 받았습니다. ACK 비트가 켜져 있을 때만 의미가 있습니다.
field-tcp-data-offset = TCP 헤더의 길이입니다. 여기서부터 데이터가 시작합니다.
field-tcp-reserved = 나중을 위해 비워 둔 비트입니다.
field-tcp-flags = SYN은 열기, FIN은 보내기 끝, RST는 강제 종료, ACK는 확인응답 번호가 유효함을 뜻합니다.
field-tcp-window = 지금 더 받을 수 있는 양입니다. 보내는 쪽은 이보다 많이 보내면 안 됩니다.
field-tcp-checksum = 헤더와 데이터가 도중에 손상되었는지 확인합니다.
field-tcp-urgent-pointer = 긴급 데이터의 끝입니다. 요즘은 쓰지 않습니다.
field-tcp-max-segment-size = 세그먼트 하나에 담아 보내도 되는 데이터의 최대 크기입니다. SYN에만 있습니다.
field-tcp-sack-permitted = 빈자리가 있어도 받은 범위를 알리는 확인응답(SACK)을 이해한다는 뜻입니다. SYN에만 있습니다.
field-tcp-sack = 빈자리 뒤에 이미 받아 둔 바이트의 범위입니다.
field-tcp-timestamps = 보낸 시각과 되돌려 주는 시각입니다. 왕복 시간을 재고 오래된 세그먼트를 가려냅니다.
field-tcp-no-operation = 옵션의 자리를 4바이트에 맞추려고 채운 바이트입니다.
field-tcp-window-scale = 앞으로 이쪽이 보내는 Window 값에 곱할 수입니다. 양쪽 SYN에 모두 있어야 쓰입니다.
field-tcp-other-option = 그 밖의 옵션입니다.
field-tcp-end-of-options = 옵션이 끝났음을 알립니다.
field-payload = 애플리케이션의 데이터입니다.

## UDP와 ICMP 필드

field-udp-source-port = 묻거나 답하는 프로그램의 포트입니다.
field-udp-destination-port = 받을 프로그램의 포트입니다. 53은 DNS, 67과 68은 DHCP입니다.
field-udp-length = UDP 헤더와 데이터를 합친 바이트 수입니다. 순서 번호는 없습니다. UDP는 순서를 지키지 않습니다.
field-udp-checksum = 데이터그램이 도중에 손상되었는지 확인합니다.
field-icmp-type = 메시지의 종류입니다. 8은 묻기, 0은 답하기, 3은 전달할 수 없었다는 알림입니다.
field-icmp-code = 종류를 더 자세히 나타냅니다. 종류가 3이면 0은 네트워크, 1은 호스트, 3은 포트입니다.
field-icmp-checksum = 메시지가 도중에 손상되었는지 확인합니다.
field-icmp-identifier = 누가 보낸 에코인지 나타냅니다.
field-icmp-sequence = 몇 번째 에코인지 나타냅니다. 응답에도 같은 번호가 들어 있습니다.
field-icmp-data = 어떤 바이트든 됩니다. 응답에 그대로 담겨 돌아옵니다.
field-icmp-quoted = 전달하지 못한 패킷의 앞부분입니다. 보낸 쪽이 어느 패킷인지 알 수 있습니다.

## DNS, DHCP, TLS 필드

field-dns-id = 답에는 질문과 같은 번호가 들어 있습니다.
field-dns-flags = QR은 질문이면 0, 답이면 1입니다. RCODE 3은 그런 이름이 없다는 뜻입니다.
field-dns-question = 물어본 이름입니다. A는 IPv4 주소를 뜻합니다.
field-dns-answer = 주소와, 그 주소를 몇 초 동안 기억해도 되는지입니다.
field-dhcp-op = 1은 클라이언트, 2는 서버가 보낸 것입니다.
field-dhcp-xid = 링크의 다른 교환과 구별해 주는 번호입니다.
field-dhcp-flags = 클라이언트는 아직 주소가 없어서 답을 브로드캐스트로 받으려 합니다.
field-dhcp-yiaddr = your IP address, 서버가 제안하거나 내준 주소입니다.
field-dhcp-chaddr = 클라이언트의 하드웨어 주소입니다. 아직은 이것으로만 클라이언트를 구별합니다.
field-dhcp-kind = DISCOVER, OFFER, REQUEST, ACK 가운데 어느 메시지인지 나타냅니다.
field-dhcp-requested = 클라이언트가 쓰려는 주소입니다.
field-dhcp-server = 어느 서버의 제안인지 나타냅니다.
field-dhcp-lease = 주소를 쓸 수 있는 시간입니다.
field-dhcp-mask = 주소에서 네트워크를 나타내는 부분입니다.
field-dhcp-router = 이 네트워크 밖으로 나가는 길입니다.
field-dhcp-name-server = 이름을 물어볼 곳입니다.
field-tls-record = 레코드 하나입니다. 종류, 버전, 길이를 적은 5바이트는 누구나 읽을 수 있습니다. 첫 인사(ClientHello)에는 호스트 이름이 그대로 보이고, 핸드셰이크 뒤의 내용은 읽을 수 없습니다.

## HTTP 필드

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

## 네 값
tuples-label = 커넥션마다 네 값
tuples-client-address = 클라이언트 주소
tuples-client-port = 클라이언트 포트
tuples-server-address = 서버 주소
tuples-segment = 세그먼트
tuples-server-port = 서버 포트

## 조각

pieces-label = 한 방향의 세그먼트, 받는 쪽의 자리, ACK
pieces-empty = 아직 데이터를 보내지 않았습니다.
pieces-sends = { $node }가 보낸 것
pieces-has = { $node }가 받은 것
pieces-legend = 세그먼트와 바이트
pieces-unsent = { $count } 아직 안 보냄
pieces-gap = 빈자리
pieces-waits = { $number } · 대기
pieces-before = … 앞에 { $count }개
pieces-after = 뒤에 { $count }개 …
pieces-held = ACK { $number } 지연 중
pieces-held-time = { $waited } / { $whole } ms
pieces-again = { $label } 재전송
pieces-segment = 세그먼트 { $number }, 첫 바이트 { $first }
pieces-ack = 전송 중인 ACK { $number }
pieces-repeats = 반복
pieces-cost = 헤더 { $headers }, 데이터 { $data }: 헤더가 { $share }

## 왕복

window-label = 왕복마다 보낸 세그먼트와 혼잡 윈도
window-empty = 아직 응답을 보내지 않았습니다.
window-new = 새 커넥션
window-used = 이미 쓰던 커넥션
window-round = 왕복 { $number }
window-cwnd = cwnd { $count }
window-unsent = 이미 썼지만 아직 못 보낸 { $count }개
window-peer = 수신 윈도: 세그먼트 { $count }개
window-acknowledged = 확인응답됨
window-on-its-way = 전송 중
window-lost = 손실
window-again = 재전송
window-segment = 왕복 { $round }의 세그먼트 { $number }

## 시간 축에서 지금 보는 때

drawing-now = 지금 { $time }

## 받는 중인 페이지

page-label = 채워지는 페이지와 파일마다 막대 하나
page-own-serial = 직렬: 커넥션을 하나씩 차례로
page-own-parallel = 병렬: 한 번에 { $count }개
page-own-keep-alive = 커넥션 하나를 유지
page-own-persistent = 지속 커넥션 하나
page-own-parallel-persistent = 병렬 + 지속: 한 번에 { $count }개
page-own-pipelined = 파이프라인 커넥션 하나
page-own-requests-at-once = 파이프라인: 한 번에 { $count }개
page-own-one-by-one = 요청을 하나씩 차례로
page-shadow-serial = 비교: 직렬
page-shadow-kept = 비교: 커넥션 하나를 유지할 때
page-shadow-one-by-one = 비교: 끊김 없이 하나씩 차례로
page-set-up = 커넥션 맺기
page-request = 요청
page-waiting = 대기
page-answer = 응답
page-queued = 아직 요청 전
page-first-paint = 첫 화면 { $time }
page-given-up = 포기
page-blank = 아직 빈 화면
page-files = 파일 { $all }개 중 { $whole }개 도착
page-files-so-far = 지금까지 알아낸 파일 { $all }개
## 터미널
terminal-label = { $node }의 터미널
terminal-missing = 출력 없음: 돌아온 것이 없습니다

## 포트
ports-label = 포트 { $all }개 중 { $free }개가 비어 있음
ports-towards = { $server }로 가는 포트
ports-free = 비어 있음
ports-open = 쓰는 중
ports-left = { $seconds }초 남음
ports-of = / { $all }개 포트가 비어 있음
ports-waiting = TIME-WAIT { $count }개
ports-waiting-at-server = 서버에 TIME-WAIT { $count }개
ports-refusals = 지금까지 connect() 실패 { $count }번
ports-rate = 포트 { $all }개 ÷ { $span } = { $every }마다 새 커넥션 하나
ports-refused = 빈 포트가 없어서 아무것도 보내지 않습니다

## 누가 누구를 기다리는가
waits-label = 누가 누구를 기다리고, 저마다 어떻게 생각하는지
waits-clash = 어긋남
waits-agree = 일치
waits-nobody-reads = 아무도 읽지 않음
waits-bytes = { $count }바이트
waits-held-back = 붙잡혀 있음
waits-for-connection = 커넥션이 맺어지기를 기다림
waits-for-response = 응답을 기다림
waits-for-request = 다음 요청을 기다림
waits-for-rest = 나머지를 기다림
waits-for-close = 끊기를 기다림
waits-for-tunnel-octets = 바이트를 기다림
waits-for-ack = ACK를 기다림
waits-for-data = 데이터를 기다림
saying-asked = 유지해 달라고 했으니 대답을 기다리자
saying-kept-to-use = 유지하기로 했으니 또 쓸 수 있겠지
saying-kept-to-answer = 유지하기로 했으니 곧 응답이 오겠지
saying-kept-to-serve = 유지하기로 했으니 다음 요청을 기다리자
saying-stays-to-use = HTTP/1.1이라 유지되니 또 쓸 수 있겠지
saying-stays-to-answer = HTTP/1.1이라 유지되니 곧 응답이 오겠지
saying-stays-to-serve = HTTP/1.1이라 유지되니 다음 요청을 기다리자
saying-ends-with-answer = 응답 하나만 받으면 끝이지
saying-ends-after-mine = 응답을 보내고 나면 끊자
saying-relay = 서버가 끊으면 나도 끊자
saying-tunnel = 이제 터널이니 바이트만 넘기자
saying-over = 이 커넥션은 끝났다
saying-small-waits = 작은 조각이니 ACK가 오면 보내자
saying-ack-waits = 보낼 데이터가 생기면 ACK도 실어 보내자

## 버퍼

buffers-label = 보낸 것, 수신 버퍼에 있는 것, 읽은 것, 버려진 것
buffers-empty = 아직 아무것도 쓰지 않았습니다.
buffers-application = { $node } 애플리케이션
buffers-receive = { $node } 수신 버퍼
buffers-coming = { $node }에 있거나 오는 중
buffers-read-requests = 애플리케이션이 읽은 요청
buffers-read-answers = 애플리케이션이 읽은 응답
buffers-read-other = 애플리케이션이 읽은 메시지
buffers-lost = { $octets } 버려짐
buffers-never = { $octets } 도착하지 못함
buffers-length = Content-Length로 약속한 길이
buffers-chunked = 청크 방식: 마지막 청크가 끝을 알립니다
buffers-until-close = 길이 없음: 커넥션이 끊기면 끝입니다
buffers-missing = { $octets }가 모자란 채 커넥션이 끊겼습니다
buffers-cut-off = 끝이 오지 않은 채 커넥션이 끊겼습니다
buffers-more = 외 { $count }개
buffers-tile = { $label }, { $octets }: { $place }
buffers-place-coming = 오는 중
buffers-place-unread = 수신 버퍼에 있음
buffers-place-read = 읽음
buffers-place-discarded = 버려짐
buffers-place-never = 도착하지 못함

## 서버에 온 요청

requests-label = 요청마다 클라이언트가 아는 것, 오가는 것, 서버가 한 일
requests-empty = 아직 요청을 보내지 않았습니다.
requests-cut = 클라이언트는 볼 수 없음
requests-has = 응답 받음
requests-waits = 응답 전
requests-unknown = 처리됐을까?
requests-coming = 도착 전
requests-queued = 읽음, 처리 전
requests-works = 처리 중: { $waited } / { $whole }
requests-answered = 응답함
requests-done = 처리 완료, 응답 못 보냄
requests-never = 처리 전에 끊김
requests-again = 재전송
requests-blocking = HOL 블로킹(head-of-line blocking): 요청 { $count }개가 { $label } 뒤에서 { $time } 기다림
requests-one-connection = 커넥션 하나
requests-reset = RST
## 시간이 간 곳의 그림

time-label = 요청마다 시간이 어디로 갔는지
time-from = { $title } · { $time }부터
time-so-far = 지금까지
time-in-all = 모두
time-before-tcp = TCP 이전
time-on-the-way = 오가는 시간
time-close = 끊기: 아무도 기다리지 않음
time-way-nagle = 네이글 { $value ->
    [on] 켬
   *[other] 끔
}
time-way-ack = { $value ->
    [0] 확인응답 즉시
   *[other] 확인응답 지연 최대 { $value }ms
}

## 가장 좁은 회선과 큐

queue-label = 가장 좁은 회선과 큐, 버려진 패킷
queue-title = 둘 사이의 회선: { $rate }
queue-connections = 커넥션
queue-low = 낮은 칸은 데이터가 없는 패킷
queue-places = 큐 { $places }칸 중 { $waiting }칸 참
queue-waiting = 큐에 { $waiting }개
queue-longest = 지금까지 가장 긴 대기 { $time }
queue-lost = 가득 차서 { $count }개 버려짐
queue-packet = 커넥션 { $number }의 패킷
queue-connection-waiting = 대기 { $count }
queue-connection-lost = 손실 { $count }

## 붙여 넣을 글로 옮긴 실행
notation-sent = 보냄
notation-arrives = 도착
notation-more = … 외 { $count }개
