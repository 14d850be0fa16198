### 화면: 버튼, 대화 상자, 이야기, 알림.

## 화면의 부분

skip = 본문으로 건너뛰기
tools = 도구
language = 언어
bench = 실험대
dock = 재생과 시간
story = 이야기
tabs = 보기
broken = 페이지를 열 수 없습니다: { $problem }
live-step = { $steps }단계 중 { $step }단계.
inspector = 자세히 보기
inspector-close = 선택 해제

## 책의 절

section-4-1 = TCP 커넥션
section-0 = 커넥션에 앞서
section-4-2 = TCP 성능
section-4-3 = HTTP 커넥션 관리
section-4-4 = 병렬 커넥션
section-4-5 = 지속 커넥션
section-4-6 = 파이프라인 커넥션
section-4-7 = 커넥션 끊기에 대한 미스터리
figure = 그림 { $number }

## 보기

tab-stage = 무대
tab-ladder = 흐름
tab-packets = 패킷 목록
tab-headers = 헤더 비교
tab-state = 상태도
tab-sockets = 소켓
tab-graphs = 그래프
tab-cache = 캐시
tab-race = 속도 비교
tab-tuples = 네 값
tab-ports = 포트
tab-terminal = 터미널
tab-pieces = 조각
tab-window = 왕복
tab-page = 페이지
tab-waits = 기다림
tab-buffers = 버퍼
tab-requests = 요청
tab-time = 시간
tab-queue = 큐
tab-console = 콘솔
tab-program = 프로그램
view-follows = 강의를 따라감
view-follow = 강의 따라가기
view-follow-help = 단계마다 그 내용을 보여 주는 화면이 나옵니다. 직접 고른 화면은 이 버튼을 누를 때까지 그대로 있습니다.

## 명령

key-space = 스페이스
command-next-step = 다음 단계
    .tip = 다음 단계로
    .help = 다음 단계로 갑니다.
command-previous-step = 이전 단계
    .tip = 이전 단계로
    .help = 이전 단계로 돌아갑니다.
command-play-pause = 재생
    .tip = 재생 또는 일시 정지
    .help = 재생하거나 일시 정지합니다. 재생은 단계마다 멈춥니다.
command-lesson-map = 강의 목록
    .tip = 강의 목록 보기
    .help = 장의 절과 강의 목록을 엽니다.
command-undo = 되돌리기
    .tip = 마지막 변경 되돌리기
    .help = 조건, 요청, 시나리오, 망가뜨린 것까지 마지막 변경을 되돌립니다.
command-redo = 다시 하기
    .tip = 되돌린 변경 다시 하기
    .help = 방금 되돌린 변경을 다시 적용합니다.
command-playground = 직접 실험
    .tip = 이 강의의 시나리오를 직접 고치기
    .help = 시나리오를 직접 고쳐 봅니다.
command-share = 슬라이드에 넣기
    .tip = 링크, 슬라이드용 코드, QR 코드 만들기
    .help = 링크와 슬라이드용 코드를 만듭니다.
command-theme = 테마
    .tip = 밝은 화면과 어두운 화면 바꾸기
    .help = 밝은 화면과 어두운 화면을 번갈아 바꿉니다.
command-keyboard = 키보드
    .tip = 키보드 도움말
    .help = 이 도움말을 엽니다.
command-first-step = 처음
    .tip = 처음 단계로
    .help = 처음 단계로 갑니다.
command-last-step = 끝
    .tip = 마지막 단계로
    .help = 마지막 단계로 갑니다.
command-next-segment = 다음 세그먼트
    .tip = 세그먼트 하나 앞으로
    .help = 세그먼트 하나만큼 앞으로 갑니다.
command-previous-segment = 이전 세그먼트
    .tip = 세그먼트 하나 뒤로
    .help = 세그먼트 하나만큼 뒤로 갑니다.
command-reset = 처음부터
    .tip = 바꾼 것을 모두 되돌리고 처음부터
    .help = 바꾼 것을 모두 되돌리고 처음부터 시작합니다.
command-answer = 답하기
    .tip = 이 답을 고르기
    .help = 질문에서 그 번호의 답을 고릅니다.
command-full-screen = 전체 화면
    .tip = 전체 화면
    .help = 전체 화면을 켜거나 끕니다.
command-note = 이 모델에 대하여
    .tip = 무엇을 재현했고 무엇을 뺐는지
    .help = 무엇을 재현했고 무엇을 뺐는지 보여 줍니다.
command-language = 언어
    .tip = 다른 언어로
    .help = 한국어와 영어를 번갈아 바꿉니다.
command-close = 닫기
    .tip = 닫기
    .help = 열린 것을 닫거나 선택을 풉니다.
keyboard-letters = 한 글자 단축키 사용
keyboard-letters-help = 음성 입력이나 화면 낭독기와 충돌하면 끄세요. 화살표와 스페이스는 그대로 쓸 수 있습니다.
play-through = 모든 단계 이어서 재생
play-through-help = 단계마다 읽을 시간만큼 쉬었다가 이어서 재생합니다. 질문에서는 멈춥니다.

## 이야기

story-step = { $lesson }강 · { $step } / { $steps } 단계
story-next = 다음
story-next-hidden = 답을 고르면 다음이 보입니다
story-next-lesson = 다음 강의
first-visit = 모든 패킷은 지금 계산한 결과입니다. 다음은 →
story-back = 단계로 돌아가기
story-chapter-done = 이 장을 마쳤습니다
closing = 이제 설명할 수 있는 것
closing-real = 실제 시스템은 어떻게 하고, 여기서는 무엇을 단순화했는지
closing-chapter = 마지막 강의였습니다. 이 장의 커넥션이 열리고, 쓰이고, 닫히는 모습을 모두 보았습니다. 이제 직접 실험해 보세요.
question = 질문
story-absent = 지금 조건에서는 일어나지 않습니다
question-right = 맞습니다.
question-wrong = 아닙니다.
question-shown = 정답입니다:
question-show = 정답 보기

## 조건

what-if = 만약에
what-if-change = 바꾸기
what-if-close = 접기
knobs = 조건 바꾸기
knobs-title = 만약에 — 바꾸면 바로 다시 실행됩니다
knobs-reset = 되돌리기
unit-octets = { $count }바이트
request-refused = { $line }번째 줄 { $column }번째 글자: { $problem } 응답은 { $status }입니다({ $clause }).

## 도전

challenge = 도전 과제
challenge-done = 도전 과제 해결
challenge-solved = 해냈습니다. 조건을 더 바꿔 보아도 좋습니다.
challenge-hint = 힌트
challenge-solution = 풀이
challenge-show-solution = 이 조건으로 실행
measure-ok = 달성
measure-not-ok = 미달성

## 모델에 대한 메모

note-modelled = 재현한 것
note-simplified = 단순화한 것
note-left-out = 뺀 것
note-changed = 2002년 책 이후 달라진 것

## 실제 규모의 실행

real-scale = 실제 규모
real-scale-run = 실제 규모로 실행
real-scale-runs = 계산하는 중입니다. 지금까지 시뮬레이션 시간 { $seconds }초.
real-scale-opened = 맺은 커넥션
real-scale-refused = 실패: EADDRNOTAVAIL
real-scale-rate = 초당 평균 커넥션
real-scale-held = 가장 많을 때의 TIME-WAIT 소켓
real-scale-segments = 세그먼트
real-scale-took = 같은 모델로 { $seconds }초 만에 계산했습니다.
real-scale-graph = 1초마다 맺은 커넥션과 실패한 커넥션의 수. 합계는 위에 있습니다.
real-scale-up = 맺음
real-scale-down = 실패
real-scale-span = 한 칸 1초, 모두 { $seconds }초

## 재생

transport-play = 재생
transport-pause = 일시 정지
scrubber = 시간
scrubber-value = { $time }, { $steps }단계 중 { $step }단계: { $title }
scrubber-idle = 아무 일도 없는 시간({ $span })을 줄였습니다
speed = 속도
speed-help = 화면에서 시간이 흐르는 속도입니다. 아무 일도 없는 시간은 줄여서 보여 줍니다.
speed-ratio = 화면 1초 = 실제 { $span }

## 고장 내기

break = 고장 내기
break-lose = 이 세그먼트 버리기
break-delay = { $amount } 늦추기
how-much-break-delay = 얼마나 늦출까
break-duplicate = 복제하기
break-corrupt = 손상시키기
break-reset = RST 꾸며 보내기
break-reset-guessed = 번호를 어림해 RST 꾸며 보내기
break-crash = 지금 전원 끊기
break-restart = 지금 다시 켜기
break-stop-reading = 읽기 멈추기
break-read-again = 다시 읽기
break-lossy = 이제부터 { $amount } 버리기
how-much-break-lossy = 얼마나 버릴까
break-heal = 그만 버리기
break-go = 이 순간으로 가기
break-close = 지금 close()
break-shutdown = 지금 shutdown()
break-abort = 지금 abort()
break-pull = 지금 케이블 뽑기
break-put-back = 지금 케이블 꽂기
break-done = 바꾼 것
break-done-count = 끼어든 일 { $count }
break-part = 편집하는 것을 고장 내기
break-at = { $time }에 고장 내기
break-hint = 무대에서 호스트나 링크를, 또는 아무 보기에서나 세그먼트나 소켓을 고르세요. 할 수 있는 일이 여기나 그 옆에 나옵니다.
break-no-connection = 지금 이 링크를 지나는 커넥션이 없습니다.
break-take-back = 되돌리기: { $what }
break-replaced = 직접 고친 시나리오
changed-run = 이 실행을 바꿨습니다.
changed-story = 아래 이야기는 바꾸기 전의 실행을 설명합니다.
changed-undo = 되돌리기
break-did-lose = { $from } → { $to }: { $nth }번째 세그먼트 버림
break-did-delay = { $from } → { $to }: { $nth }번째 세그먼트 늦춤
break-did-duplicate = { $from } → { $to }: { $nth }번째 세그먼트 복제
break-did-corrupt = { $from } → { $to }: { $nth }번째 세그먼트 손상
break-did-packet = { $time } { $nth }번째 패킷: { $what }
break-did-lossy = { $time } { $from } – { $to }: { $amount } 버림
break-did-heal = { $time } { $from } – { $to }: 그만 버림
break-did-other = { $from } → { $to }: 링크 바꿈
break-did-call = { $time } { $node }: { $call }
break-did-pull = { $time } { $from } – { $to }: 케이블 뽑음
break-did-put-back = { $time } { $from } – { $to }: 케이블 꽂음

## 직접 실험

playground = 직접 실험
playground-lead = 시나리오는 실행 한 번을 적어 둔 데이터입니다. 고쳐서 실행하면 그림이 바로 바뀝니다.
playground-scenario = 시나리오 (JSON)
playground-run = 실행
playground-open = 파일 열기
playground-restore = 강의의 시나리오로
playground-back = 강의로 돌아가기
export = 내보내기
export-text = 텍스트
export-json = JSON
export-pcapng = pcapng
export-scenario = 시나리오

## 강의 목록

lesson-map-lead = 『HTTP 완벽 가이드』 4장의 그림을 직접 실행해 봅니다. 화면의 모든 숫자는 시뮬레이션에서 나옵니다.
lesson-progress = { $done } / { $steps } 단계
section-progress = { $lessons }강 중 { $done }강
progress-stays = 진도는 이 브라우저에만 남습니다.
progress-save = 진도 저장
progress-open = 저장한 진도 불러오기
progress-unreadable = 진도 파일이 아니라서 읽지 못했습니다. 지금까지의 진도는 그대로입니다.
search = 강의 찾기
search-hint = 용어로 찾기: 느린 시작, TIME-WAIT …
search-found = 강의 { $count }개를 찾았습니다.
search-none = 그 말이 나오는 강의가 없습니다.

## 슬라이드에 넣기

share-target = 넣을 곳
share-target-page = HTML 페이지
share-note-reveal = 슬라이드의 다음 키로 단계를 넘기고, 끝나면 다음 슬라이드로 갑니다. 발표자 화면은 같은 브라우저에서 함께 움직입니다. 다른 브라우저나 시크릿 창과는 함께 움직이지 않습니다.
share-note-slidev = 단계 하나가 클릭 하나입니다. 이 파일을 슬라이드의 components/ 폴더에 한 번만 넣어 두세요.
share-note-marp = 다음 키로 단계를 넘기며, 발표자 창도 함께 움직입니다. script 줄은 슬라이드 전체에 한 번만 넣고 --html로 빌드하세요.
share-note-page = 스크롤되지 않는 페이지에서는 화살표 키로 단계를 넘깁니다. script 줄은 페이지에 한 번만 넣습니다. 없으면 강의 안의 화살표를 씁니다.
share-preview = 슬라이드에 보일 모습
share-view = 코드에 담을 것
share-hero = 이 단계의 그림
share-question = 질문도 함께(투표용)
share-clear = 투명 배경(슬라이드 배경이 비칩니다)
share-contrast = 프로젝터용 진한 색
share-stage = 무대
share-ladder = 흐름
share-theme = 테마
theme-light = 밝게
theme-dark = 어둡게
share-step = 지금 단계에서 시작
share-link = 링크
share-copy-link = 링크 복사
share-code = 붙여 넣을 코드
share-copy-code = 코드 복사
share-qr = QR 코드
one-file = 이 페이지는 디스크에 있는 파일 하나이며 네트워크도 서버도 필요 없습니다. 서비스 워커가 없어 저절로 갱신되지 않고, 링크는 이 파일에서만 열리며, 엄격한 CSP(콘텐츠 보안 정책)는 적용되지 않습니다.
share-too-long = 시나리오가 너무 길어 링크에 담을 수 없습니다. 아래 링크는 시나리오 없이 강의만 엽니다. 시나리오는 파일로 저장해 ‘직접 실험’에서 여세요.
share-scenario = 시나리오 저장
share-qr-too-long = 링크가 길어 QR 코드로 만들 수 없습니다.
copied = 복사했습니다
pictures = 그림과 글
pictures-step = 지금 단계
pictures-all = 모든 단계
pictures-print = 인쇄용 페이지
pictures-ladder = 흐름(노트에 붙여 넣기)
pictures-text = 텍스트
pictures-headers = 홉마다의 메시지 헤더
pictures-making = { $steps }단계 중 { $step }단계를 그리는 중…
pictures-failed = 이 브라우저에서 그림을 그리지 못했습니다.

## 알림

notice-dismiss = 알림 닫기
notices = 알림
notice-bad-value = 링크의 { $parameter } 값(“{ $value }”)은 쓸 수 없어 기본값으로 엽니다.
notice-out-of-range = 링크의 { $parameter } 값(“{ $value }”)이 범위를 벗어나 가장 가까운 값으로 엽니다.
notice-no-such-lesson = “{ $value }” 강의가 없어 첫 강의를 엽니다.
notice-bad-scenario = 링크의 시나리오를 실행할 수 없어 강의의 시나리오로 엽니다.
notice-not-fetched = 다른 언어의 글을 가져오지 못했습니다. 네트워크에 연결한 뒤 언어를 다시 고르세요.
notice-unreadable = 링크의 { $parameter } 값은 읽을 수 없어 무시합니다.
notice-no-version = 링크에 버전(v=2)이 없습니다. 예전 링크일 수 있지만 지금 형식으로 읽어 엽니다.
notice-other-version = 링크의 버전({ $parameter }={ $value })을 알 수 없어 v=2로 읽어 엽니다.
embed-not-understood = 삽입된 강의가 알지 못하는 요청이거나 쓸 수 없는 값이 들어 있습니다.
embed-no-picture = 이 보기는 그림 파일로 만들 수 없습니다.

## 두 실행 비교

compare = A와 B 비교
compare-lead = 두 실행을 한 시계로 나란히 보여 줍니다. 무엇을 바꿨고, 그 결과 무엇이 달라졌는지 봅니다.
compare-both = 두 실행
compare-keep = A로 두고 비교
compare-defaults = 기본값과 비교
compare-edit = 시나리오 고치기
compare-changed = B에서 바꾼 것
compare-recorded = A는 실제 소켓에서 실행한 기록이고, B는 같은 시나리오의 시뮬레이션입니다. 두 실행은 시계 하나를 함께 씁니다. 소켓은 세그먼트를 알려 주지 않으며, 루프백에는 거리가 없습니다.
compare-captured = A는 캡처이고, B는 같은 메시지를 모델로 실행한 것입니다. 두 실행은 시계 하나를 함께 씁니다. 둘이 갈라지는 곳에서는 실제 스택이나 프로그램, 링크가 모델과 다르게 움직였습니다.
compare-same = 아직 아무것도 바꾸지 않았습니다. 시나리오를 고치면 바뀐 실행이 B가 됩니다.
compare-more = 이 밖에 { $count }가지
compare-outcome = 결과
compare-difference = 차이
compare-never = 없음
compare-absent = 없음
compare-there = 있음
compare-on = 켬
compare-off = 끔
compare-list = { $count }개
compare-scenario = 시나리오
compare-request = { $request } 응답 시간
compare-go = 두 실행이 갈라지는 순간으로
compare-swap = A와 B 맞바꾸기
compare-link = 둘을 담은 링크
compare-link-model = B의 링크
compare-stop = 비교 끝내기
compare-clock = 시계 하나로 함께 움직입니다
compare-ladders = 흐름
compare-stages = 무대
compare-table = 결과표
compare-run = 실행 { $run }
compare-details = { $run }의 자세한 내용
compare-kept = 남겨 둔 실행
compare-current = 지금 실행
compare-recording = 기록
compare-capture = 캡처
compare-over = 끝남
measure-time = 걸린 시간
measure-first-paint = 첫 화면까지
measure-round-trips = 왕복 횟수
measure-connections = 커넥션
measure-segments = 세그먼트
measure-octets = 보낸 데이터
measure-octets-discarded = 버려진 데이터
measure-segments-lost = 잃은 세그먼트
measure-resets = RST
measure-failed-requests = 실패한 요청

## 직접 만들기

presets = 프리셋
preset-blank = 빈 시나리오에서 시작
presets-lessons = 강의
presets-proxies = 실제 프락시
scenario-save = 시나리오 저장
host-add = 추가
host-add-proxy = { $a }와 { $b } 사이에 프락시 추가
host-add-here = 여기에 프락시 추가
host-exchanges = { $node }와(과) { $with }의 자리를 맞바꾸었습니다.
host-move-left = { $node }: 왼쪽으로 옮기기
short-host-move-left = 왼쪽으로
host-move-right = { $node }: 오른쪽으로 옮기기
short-host-move-right = 오른쪽으로
host-remove = { $node }: 지우기
short-host-remove = 지우기
host-connects = 이제 { $node } → { $to }로 연결합니다.
host-unused = 아직 { $node }에 연결하는 호스트가 없습니다. 클라이언트나 프락시의 양식에서 고르세요.
host-switched = 이제 모든 호스트가 { $switch }에 연결됩니다.
host-looks-up = 이제 { $node }: { $at }에 이름을 물어봅니다.
host-address-from = 이제 { $node }: { $from }에서 주소를 받습니다.
host-drops = 없어진 호스트를 가리키던 조작 { $count }개도 함께 지웠습니다.
host-too-many = { $most }개까지만 놓을 수 있습니다.
host-nobody-connects = 이 링크로는 아무도 커넥션을 맺지 않아 프락시를 놓을 수 없습니다.
host-is-needed = 지울 수 없습니다. 여기에 연결하는 호스트가 있습니다: { $by }. 그 호스트의 연결 대상을 먼저 바꾸세요.
host-is-last = 그쪽으로는 옮길 자리가 없습니다.
host-no-such = 그런 호스트가 없습니다.
host-unsound = 이렇게 바꾸면 시나리오가 맞지 않습니다({ $field }).
own-scenario = 내 시나리오
file-too-large = 파일이 1 MB보다 커서 열지 않았습니다. 시나리오는 그보다 작습니다.
file-unreadable = 파일을 텍스트로 읽을 수 없어 열지 않았습니다.

## 콘솔

console-interrupt = 중단
console-nodes = 누구의 콘솔인가
console-of = { $node }의 호출
console-nobody = 여기에는 프로그램을 실행하는 호스트가 없습니다.
console-hint = Enter를 누르면 커서의 시각에 호출하고, 실행은 거기서부터 다시 이어집니다. ↑ ↓ 기록 · Tab 자동 완성. 애플리케이션의 소켓은 번호로 부르며, 블로킹하지 않습니다.
console-after = { $span } 뒤
console-blocked = { $span }째 블로킹
console-to-come = 아직 차례가 오지 않음
console-busy = { $call }에서 블로킹 중입니다. 중단하거나 돌아올 때까지 시간을 보내세요.
console-down = 이 호스트는 전원이 꺼져 있습니다. 먼저 다시 켜세요.

## 표시 필터

filter = 필터
filter-count = { $of }개 중 { $some }개
filter-nothing = 이 필터에 맞는 패킷이 없습니다.
filter-too-long = 최대 { $most }자까지 쓸 수 있습니다.
filter-too-deep = { $at }번째 글자: 괄호가 너무 많이 겹쳤습니다.
filter-no-such-field = { $at }번째 글자: { $field } 필드는 없습니다. 쓸 수 있는 필드는 목록에 있습니다.
filter-expects-field = { $at }번째 글자: tcp.port 같은 필드 이름이 와야 합니다.
filter-expects-number = { $at }번째 글자: 숫자가 와야 합니다.
filter-expects-text = { $at }번째 글자: "/a" 같은 문자열이 와야 합니다.
filter-expects-at-most = { $at }번째 글자: { $most } 이하의 숫자가 와야 합니다.
filter-expects-address = { $at }번째 글자: 10.0.0.1이나 10.0.0.0/8 같은 주소나 네트워크가 와야 합니다.
filter-expects-seconds = { $at }번째 글자: 0.25처럼 초 단위의 수가 와야 합니다.
filter-nothing-to-compare = { $at }번째 글자: { $field } 필드는 있거나 없을 뿐 비교할 값이 없습니다. { $field }만 쓰십시오.
filter-only-wireshark = { $at }번째 글자: { $field }은(는) Wireshark에서만 쓸 수 있고 이 필터에는 없습니다.
filter-unclosed = { $at }번째 글자: 괄호를 닫아야 합니다.
filter-unquoted = { $at }번째 글자: 따옴표를 닫아야 합니다.
filter-expects-and-or = { $at }번째 글자: and나 or가 오거나 여기서 끝나야 합니다.

## 캡처

capture = 캡처
capture-open = 캡처 열기
capture-stays = tcpdump나 Wireshark로 만든 pcap·pcapng 파일을 엽니다. 파일은 이 브라우저를 떠나지 않습니다.
capture-reading = { $name } 읽는 중
capture-cancel = 취소
capture-shown = 패킷 { $packets }개 중 { $segments }개를 보여 줍니다.
capture-left-out = 빠진 패킷
capture-left-not-ip = IP가 아닌 패킷 { $packets }개
capture-left-not-tcp = IP이지만 TCP가 아닌 패킷 { $packets }개
capture-left-fragment = 단편화된 패킷 { $packets }개
capture-left-cut = 앞부분만 캡처된 패킷 { $packets }개
capture-left-damaged = 헤더의 값이 서로 맞지 않는 패킷 { $packets }개
capture-left-link-type = 여기서 읽지 않는 링크 유형의 패킷 { $packets }개
capture-left-again = 다른 인터페이스에서 이미 나온 패킷 { $packets }개
capture-left-host = 보여 주지 않는 호스트의 패킷 { $packets }개
capture-hosts = 보여 주지 않는 호스트 { $hosts }개
capture-broken = 파일이 { $octet }번째 바이트에서 끊겨 있습니다. 그 앞까지 보여 줍니다.
capture-estimated = 캡처는 한곳에서 잰 것입니다. 세그먼트가 한쪽을 떠나 다른 쪽에 닿은 시각은 핸드셰이크에서 본 왕복 시간의 절반으로 어림했습니다.
capture-measured = 시각은 캡처에 적힌 그대로입니다. 호스트가 얼마나 먼지 알려 주는 것이 캡처에 없습니다.
capture-not-run = 캡처는 보여 줄 뿐 실행하지 않습니다. 그래서 고칠 수 없고 링크에도 담기지 않습니다. 프로그램이 무엇을 왜 했는지는 캡처에 없습니다.
recording = 기록
recording-shown = 실제 소켓에서 커넥션 { $connections }개에 일어난 일 { $entries }가지를 기록했습니다.
recording-knows = 프로그램이 자기 소켓에 대해 아는 것, 곧 시스템 호출, 바이트, 메시지, 프로그램이 내린 결정이 담겨 있습니다. 세그먼트와 ACK는 커널의 것이라 기록에 없습니다. 흐름의 화살표는 바이트를 쓴 호출에서 그것을 읽은 호출로 이어지고, 상태는 호출로 알 수 있는 만큼만 보여 줍니다.
recording-not-run = 보여 줄 뿐 실행하지는 않습니다. 내용을 바꿀 수 없고, 링크에도 담기지 않습니다.
recording-run-how = 기록에 담긴 시나리오를 시뮬레이션으로 실행합니다. 세그먼트와 함께, 시나리오에 적힌 거리대로 움직입니다. 기록은 A로 옆에 남습니다.
capture-run-title = 모델로 실행
capture-run-how = 캡처와 같은 메시지를, 캡처에 나타난 간격과 거리 그대로 모델의 호스트 사이에서 주고받습니다. 호스트의 TCP는 세그먼트에서 알 수 있는 만큼 캡처와 같게 맞춥니다. 손실과 링크 속도는 옮기지 않습니다. 캡처는 A로 옆에 남습니다.
capture-run-stand-ins = 텍스트로 옮기기에 너무 긴 메시지가 { $count }개 있어, 본문은 길이가 같은 다른 바이트로 대신합니다.
capture-run-repeated = 같은 경로에 대한 응답 가운데 { $count }개가 먼저 온 응답과 다릅니다. 모델은 먼저 온 응답을 다시 보냅니다.
capture-run-dumb = { $node }: 모든 헤더를 그대로 넘기는 멍청한 프락시입니다.
capture-run-smart = { $node }: “{ $forwarding }”처럼 헤더를 고쳐 씁니다.
capture-run = 모델로 실행하기
capture-run-not-no-request = 캡처에 HTTP 요청이 없어 모델로 실행할 것이 없습니다.
capture-run-not-no-handshake = 캡처를 시작하기 전에 이미 열린 커넥션이 있습니다. 어떻게 열렸는지 알 수 없어 모델로 실행할 수 없습니다.
capture-run-not-not-http = HTTP/1이 아닌 것(TLS 등)을 나르는 커넥션이 있어 모델로 실행할 수 없습니다.
capture-run-not-incomplete = 응답이 온전히 잡히지 않은 요청이 있어 모델로 실행할 수 없습니다.
capture-run-not-proxy = 요청을 전달하는 호스트가 있는데, 그 방식이 모델의 어떤 프락시와도 같지 않아 모델로 실행할 수 없습니다. 두 호스트 사이의 부분만 열어 보세요.
capture-run-not-clients = 요청을 주고받는 커넥션이 동시에 { $most }개를 넘어 모델로 실행하기에 너무 많습니다.
capture-run-not-too-much = 시나리오에 담을 수 있는 양을 넘습니다. Wireshark에서 일부만 저장해 열어 보세요.
recording-close = 기록 닫기
capture-close = 캡처 닫기
capture-unreadable = 브라우저가 이 파일을 읽지 못합니다.
capture-too-long = { $most }MB까지 엽니다. Wireshark에서 “http” 같은 필터로 일부만 저장해 보십시오.
capture-too-many-packets = 패킷 { $most }개까지 엽니다. Wireshark에서 “http” 같은 필터로 일부만 저장해 보십시오.
capture-too-many-connections = 커넥션 { $most }개까지 엽니다. Wireshark에서 “http” 같은 필터로 일부만 저장해 보십시오.
capture-no-segments = 패킷 { $packets }개 중 온전한 TCP 세그먼트가 없습니다.
capture-not-capture = pcap이나 pcapng 파일이 아닙니다.
capture-damaged = 첫 세그먼트가 나오기 전인 { $octet }번째 바이트에서 파일이 손상되었습니다.
