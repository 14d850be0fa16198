### 일어난 일: 트레이스의 한 항목에 한 문장.

## 세그먼트

nothing-yet = 아직 아무 일도 없습니다.
segment-sent = { $node }가 { $to } 쪽으로 { $segment } 세그먼트를 보냈습니다.
segment-sent-again = { $node }가 { $to } 쪽으로 { $segment } 세그먼트를 다시 보냈습니다.
segment-delivered = { $from }에서 보낸 { $segment } 세그먼트가 { $node }에 도착했습니다.
segment-dropped = { $from }에서 보낸 { $segment } 세그먼트가 없어졌습니다: { $reason }.

## 소켓

listening = { $node }가 { $port }번 포트에서 커넥션을 기다리기 시작했습니다.
opened = { $node }가 { $remote }에 커넥션을 열기 시작했습니다. 이쪽 주소는 { $local }입니다.
accepted = { $node }에 { $remote }에서 온 커넥션의 소켓이 생겼습니다.
state-changed = { $node }의 상태가 바뀌었습니다: { $from } → { $to }
timer-set = { $node }의 { $timer } 타이머가 켜졌습니다. { $span } 뒤에 끝납니다.
timer-stopped = { $node }의 { $timer } 타이머가 꺼졌습니다.
timer-expired = { $node }의 { $timer } 타이머가 끝났습니다.
bytes-queued = { $node }의 송신 버퍼에 { $octets }가 들어갔습니다: { $message }
bytes-acknowledged = { $node }가 보낸 { $octets }에 확인응답이 왔습니다: { $message }
bytes-received = { $node }의 수신 버퍼에 { $octets }가 들어왔습니다: { $message }
bytes-held = { $node }가 앞부분이 아직 오지 않은 { $octets }를 따로 보관합니다({ $message }).
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
call-returned = { $node }의 { $call } 호출이 끝났습니다. 반환값: { $result }
call-failed = { $node }의 { $call } 호출이 실패했습니다: { $result }.
call-blocks = { $node }가 { $call } 호출에서 멈춰 기다립니다.

## HTTP

request-received = { $node }가 요청을 읽었습니다: { $message }
response-received = { $node }가 응답을 읽었습니다: { $message }
message-completed = { $node }가 메시지를 끝까지 읽었습니다: { $message }, { $octets }
message-incomplete = { $node }가 받던 메시지가 잘렸습니다. { $expected } 가운데 { $received }만 왔습니다.
message-cut-short = { $node }가 받던 메시지가 { $received }에서 잘렸습니다.
message-rejected = { $node }가 메시지를 이해하지 못했습니다{ $line ->
    [0] : { $problem }
   *[other] . { $line }번째 줄, 오프셋 { $octet }: { $problem }
}
answer-chosen = { $node }가 직접 응답합니다: { $status }
connection-persists = { $node }가 { $peer } 쪽 커넥션을 유지하기로 했습니다.
connection-closes = { $node }가 이 응답 뒤에 { $peer } 쪽 커넥션을 끊기로 했습니다.
connection-may-stay = { $node }가 { $peer } 쪽 커넥션이 유지된다고 판단했습니다.
connection-will-end = { $node }가 { $peer } 쪽 커넥션이 끝난다고 판단했습니다.
headers-rewritten = { $node }가 헤더를 고쳐 넘깁니다. 남김 { $kept }, 지움 { $removed }, 더함 { $added }, 바꿈 { $changed }.
bytes-relayed = { $node }가 { $octets }를 그대로 넘겼습니다: { $message }
belief-changed = { $node }의 생각이 바뀌었습니다: “{ $belief }”
waiting-changed = { $node }가 기다리기 시작했습니다: { $waiting }.
waiting-ended = { $node }의 기다림이 끝났습니다.
application-timer-set = { $node }의 프로그램이 타이머를 켰습니다: { $timer }, { $span }.
application-timer-stopped = { $node }의 프로그램이 타이머를 껐습니다: { $timer }.
application-timer-expired = { $node }의 프로그램이 켠 타이머가 끝났습니다: { $timer }.
transaction-completed = { $node }의 { $request }번째 요청이 끝났습니다. 상태 코드 { $status }, { $octets }, 걸린 시간 { $span }.
transaction-failed = { $node }의 { $request }번째 요청이 { $span } 만에 실패했습니다: { $problem }

## 페이지

object-named = { $node }가 HTML에서 파일 이름을 읽었습니다: { $path }
page-painted = { $node }가 화면을 그립니다. 파일 { $objects }개 가운데 { $whole }개가 다 왔고, 나머지는 크기를 압니다.
page-completed = { $node }가 페이지를 다 받았습니다. 파일 { $objects }개, 커넥션 { $connections }개, 포기 { $failed }개.

## 개입

withheld = 답한 뒤에 알려 드립니다.
intervened = 여러분이 실행에 개입했습니다(개입 { $intervention }).
host-crashed = { $node }의 전원이 나가 상태가 모두 사라졌습니다. 아무 말도 보내지 못합니다.
host-started = { $node }가 빈 상태로 다시 켜집니다.
reading-stopped = { $node }의 프로그램이 더 이상 읽지 않습니다.
reading-resumed = { $node }의 프로그램이 다시 읽습니다.
segment-forged = { $node }가 보낸 것처럼 꾸민 { $segment } 세그먼트를 여러분이 { $to } 쪽 링크에 넣었습니다.
segment-doubled = 링크가 { $node }에서 { $to } 쪽으로 가는 { $segment } 세그먼트를 한 번 더 나릅니다.

## 다시 보낸 요청

retry-again = { $node }가 { $request }번째 요청을 다시 보내기로 했습니다.
retry-asks = { $node }가 { $request }번째 요청을 스스로 다시 보내지 않고 사용자에게 묻습니다.
retry-gives-up = { $node }가 { $request }번째 요청을 다시 보내지 않기로 했습니다.
user-asked = { $node }가 사용자에게 { $request }번째 요청({ $message })을 다시 보낼지 묻습니다.
user-answered-again = { $node }의 사용자가 { $request }번째 요청을 다시 보내라고 답했습니다.
user-answered-give-up = { $node }의 사용자가 { $request }번째 요청을 다시 보내지 말라고 답했습니다.
effect-caused = { $node }가 { $message } 요청을 실행했습니다. 이 리소스에서 지금까지 { $executed }번 실행했고, 지금 가진 것은 { $holds }개입니다.

## 캐시

cache-missed = { $node }의 캐시에 { $target }의 사본이 없습니다.
cache-asked = { $node }에 { $target }의 사본이 있지만 나이가 { $age }라서 먼저 물어봐야 합니다.
cache-served = { $node }가 { $target }의 사본으로 응답했습니다. 사본의 나이는 { $age }입니다.
cache-stored = { $node }가 { $target }의 사본({ $octets })을 보관합니다. 나이 { $lifetime }까지 신선합니다.
cache-refused = { $node }가 { $target }의 응답을 보관하지 않습니다.
cache-validated = { $node }가 { $target }의 사본이 아직 유효하다는 답을 들었습니다.
cache-removed = { $node }가 { $target }의 사본을 버렸습니다.

## 데이터그램, 주소, 이름, 에코, TLS

datagram-sent = { $node }가 { $to } 쪽으로 { $segment } 데이터그램을 보냈습니다.
datagram-delivered = { $from }에서 보낸 { $segment } 데이터그램이 { $node }에 도착했습니다.
datagram-dropped = { $from }에서 보낸 { $segment } 데이터그램이 없어졌습니다: { $reason }.
address-obtained = { $node }가 { $span } 만에 주소를 얻었습니다: { $address }
address-refused = { $node }가 { $span } 만에 주소 얻기를 포기했습니다.
name-resolved = { $node }가 { $name }의 주소를 { $span } 만에 알아냈습니다: { $address }
name-cached = { $node }가 { $name }의 주소를 이미 알고 있었습니다: { $address }
name-unresolved = { $node }가 { $span } 동안 { $name }의 주소를 알아내지 못했습니다: { $problem }
echo-returned = { $node }의 { $sequence }번 에코가 { $span } 만에 돌아왔습니다.
echo-lost = { $node }의 { $sequence }번 에코가 { $span } 동안 돌아오지 않았습니다: { $problem }
tls-opened = { $node }의 TLS { $version } 핸드셰이크가 { $span } 만에 끝났습니다.
