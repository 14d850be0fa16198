### 응답을 잃은 요청: 대화 상자, 실행 횟수, 그에 관한 문장.

rule-connection-limit = 이 서버는 클라이언트마다 커넥션 수를 제한하는데, 이 커넥션은 그 수를 넘었습니다.
rule-breaks-off = 시나리오가 여기서 커넥션을 끊습니다.
rule-idempotent-again = 멱등인 메서드는 두 번 보내도 한 번 보낸 것과 결과가 같습니다. 그래서 묻지 않고 다시 보내도 됩니다.
rule-never-processed = 서버가 이 요청을 처리하지 않은 것이 확실합니다. 어떤 메서드든 다시 보내도 됩니다.
rule-not-idempotent = 멱등이 아닌 메서드를 두 번 보내면 두 번 실행될 수 있습니다. 그래서 스스로 다시 보내지 않습니다.
rule-retried-enough = 이미 한 번 다시 보낸 요청입니다. 또 실패하면 묻지 않고 다시 보내지는 않습니다.
rule-user-decides = 두 번 실행되어도 괜찮은지는 사용자만 압니다. 그래서 사용자에게 묻습니다.
rule-unsafe-method = 안전하지 않은 메서드입니다. 실행하면 서버의 무언가가 바뀝니다.

waiting-user-answer = 사용자의 답을 기다림
    .short = 사용자
timer-waiting-user-answer = 사용자 생각
    .short = 사용자

retry-again = { $node }가 { $request }번째 요청을 다시 보내기로 했습니다.
retry-asks = { $node }가 { $request }번째 요청을 스스로 다시 보낼 수 없어 사용자에게 묻습니다.
retry-gives-up = { $node }가 { $request }번째 요청을 다시 보내지 않기로 했습니다.
user-asked = { $node }가 사용자에게 { $request }번째 요청({ $message })을 다시 보낼지 묻습니다.
user-answered-again = { $node }의 사용자가 { $request }번째 요청을 다시 보내라고 답했습니다.
user-answered-give-up = { $node }의 사용자가 { $request }번째 요청을 다시 보내지 말라고 답했습니다.
effect-caused = { $node }가 { $message } 요청을 실행했습니다. 이 리소스에서 지금까지 { $executed }번 실행했고, 지금 가진 것은 { $holds }개입니다.

note-retry-again = 요청 { $request } 다시 보냄
note-user-asked = 사용자에게 물음: 요청 { $request }, 다시 보낼까?
note-user-answered-again = 사용자: 다시 보낸다
note-user-answered-give-up = 사용자: 그만둔다
note-effect-caused = { $message } 실행({ $executed }번째)

effect-holds = 지금 { $count }개
question-title = 다시 보낼까요?
question-body = 응답이 오지 않았습니다. 서버가 이미 처리했다면, 다시 보낼 때 두 번 처리될 수 있습니다.
question-again = 다시 보내기
question-give-up = 취소
stage-summary-effect = { $node }가 { $request } 요청을 { $executed }번 실행했고, 지금 가진 것은 { $holds }개입니다.
stage-summary-question = { $node }가 사용자에게 { $request } 요청을 다시 보낼지 묻습니다.
stage-summary-question-again = { $node }가 물었고, 사용자가 { $request } 요청을 다시 보내라고 답했습니다.
stage-summary-question-give-up = { $node }가 물었고, 사용자가 { $request } 요청을 다시 보내지 말라고 답했습니다.
