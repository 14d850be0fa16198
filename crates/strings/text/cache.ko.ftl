## 캐싱 프락시: 규칙, 문장, 메모, 탭

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
rule-incomplete-not-stored = 응답이 중간에 잘렸습니다. 캐시는 잘린 응답을 온전한 것처럼 보관하지 않습니다.
rule-unsafe-invalidates = 이 요청이 서버의 내용을 바꾸었으므로 사본을 버립니다.

cache-missed = { $node }가 캐시에서 { $target }의 사본을 찾았지만 없었습니다.
cache-asked = { $node }에 { $target }의 사본이 있지만 나이가 { $age }라서 먼저 물어봐야 합니다.
cache-served = { $node }가 { $target }의 사본으로 응답했습니다. 사본의 나이는 { $age }입니다.
cache-stored = { $node }가 { $target }의 사본({ $octets })을 보관합니다. 나이가 { $lifetime }일 때까지 신선합니다.
cache-refused = { $node }가 { $target }의 응답을 보관하지 않습니다.
cache-validated = { $node }가 { $target }의 사본이 아직 유효하다는 답을 들었습니다.
cache-removed = { $node }가 { $target }의 사본을 버렸습니다.

note-cache-stored = 사본을 보관합니다
note-cache-refused = 보관하지 않습니다
note-cache-served = 캐시에서 응답, 나이 { $age }
note-cache-asked = 사본 나이 { $age }, 먼저 물어봅니다

tab-cache = 캐시
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
