## Caching proxies: rules, sentences, notes, the tab

rule-cache-miss = The cache has no copy for this URI, so the request goes on.
rule-fresh-response = The copy is younger than its freshness lifetime: it may be used without asking anybody.
rule-stale-response = The copy has reached its freshness lifetime: it may not be used without asking.
rule-no-cache = no-cache: a copy may be kept, but only used after asking.
rule-request-max-age = The client takes no copy as old as this one, so the cache asks.
rule-conditional-request = The cache asks “has it changed?” with the validators of its copy.
rule-not-modified = 304 says that the copy is still good. It is as new, and answers the request.
rule-age-field = From the cache: Age says how long ago the server made or confirmed the response.
rule-shared-max-age = s-maxage says how long the response stays fresh in shared caches.
rule-max-age = max-age says how long the response stays fresh.
rule-expires = Expires minus Date is how long the response stays fresh.
rule-heuristic-lifetime = Nothing says how long it stays fresh, so the cache guesses: a tenth of the time since Last-Modified.
rule-no-lifetime = Nothing says how long it stays fresh, so the cache asks each time.
rule-not-cacheable = Method, status or headers do not allow a cache to keep this response.
rule-no-store = no-store: nothing of this may be kept.
rule-private-response = private: for one user only, so a shared cache does not keep it.
rule-authorization-not-stored = A response to a request with Authorization is not for everybody, unless it says so.
rule-incomplete-not-stored = The response ended too early. A cache never keeps half of one as if it were whole.
rule-unsafe-invalidates = The request has changed something at the server, so the copy is given up.

cache-missed = { $node } looked for { $target } in its cache: no copy.
cache-asked = { $node } has a copy of { $target }, { $age } old, and must ask before it uses it.
cache-served = { $node } answered with its copy of { $target }, { $age } old.
cache-stored = { $node } keeps { $target } ({ $octets }): fresh until { $lifetime } old.
cache-refused = { $node } does not keep the response for { $target }.
cache-validated = { $node } learned that its copy of { $target } is still good.
cache-removed = { $node } gave its copy of { $target } up.

note-cache-stored = keeps a copy
note-cache-refused = keeps no copy
note-cache-served = from the cache, { $age } old
note-cache-asked = copy { $age } old: asks

tab-cache = Cache
cache-of = Cache of { $node }
cache-empty = Nothing in it yet.
cache-fresh = fresh
cache-stale = stale
cache-age-of = { $age } old, fresh until { $lifetime }
cache-etag = Version
cache-from = From
cache-size = Size
cache-used = Used
cache-doings = What it did last
cache-times = { $count ->
    [one] once
   *[other] { $count } times
  }
cache-act-missed = no copy
cache-act-asked = must ask
cache-act-served = answered itself
cache-act-stored = kept
cache-act-refused = not kept
cache-act-validated = still good
cache-act-removed = given up
