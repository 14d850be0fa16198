## 경주: 한 페이지를 다섯 방식으로

tab-race = 경주
race-empty = 여기서는 페이지를 받지 않습니다.
race-about = 같은 페이지와 네트워크를 방식만 바꿔 다섯 번 실행했습니다. 한 줄이 커넥션 하나이고, 모두 같은 시계를 씁니다.
race-lanes = 다섯 방식의 커넥션을 한 시계에 그린 그림. 같은 내용이 아래 표에 있습니다.
race-policy-serial = 직렬
race-policy-parallel = 병렬
race-policy-persistent = 지속
race-policy-parallel-persistent = 병렬 + 지속
race-policy-pipelined = 파이프라인
race-set-up = 커넥션 맺기
race-request = 요청 가는 중
race-waiting = 응답 기다림
race-data = 응답 오는 중
race-idle = 쉼
race-first-paint = 첫 화면
race-complete = 페이지 완성
race-column-policy = 방식
race-column-connections = 커넥션
race-column-handshakes = 핸드셰이크
race-column-round-trips = 왕복
race-column-octets = 바이트
race-column-first-paint = 첫 화면
race-column-total = 완성
race-winner = 1등
race-failed = 못 받은 파일 { $count }개
