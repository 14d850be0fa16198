## 소켓 호출로 된 프로그램과 실제 규모의 실행

tab-program = 프로그램
program-of = { $node }의 프로그램
program-waits = 여기서 기다리는 중
program-to-come = 아직 안 함
program-result = { $result } 반환
program-choices = 지금 할 수 있는 호출
program-busy = 프로그램이 호출 안에 있습니다. 호출이 돌아와야 다음 것을 할 수 있습니다.
program-running = 프로그램에 실행할 줄이 남아 있습니다.
program-would-return = { $result } 반환
program-would-fail = 실패: { $result }
program-would-block = 기다림
program-would-send = { $flags } 보냄

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
