### 두 그림의 문구: 래더, 홉마다 본 헤더.

## 래더

ladder-seek = 이 시각으로 가기

# 생명선 옆의 설명
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
headers-not-yet = 아직 이 홉에 오지 않았습니다.
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
