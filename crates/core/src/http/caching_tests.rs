//! What may be stored, for how long it is fresh, and when it must be asked about: tables.

use super::*;
use crate::http::Version;

const MADE: &str = "Fri, 27 Sep 2002 09:00:00 GMT";
const TEN_LATER: &str = "Fri, 27 Sep 2002 09:00:10 GMT";
const DAY_BEFORE: &str = "Thu, 26 Sep 2002 09:00:00 GMT";

fn get() -> RequestHead {
    RequestHead::new(Method::Get, "http://A.example:80/p", Version::Http11)
}

fn answer<const N: usize>(status: u16, fields: [(&str, &str); N]) -> ResponseHead {
    ResponseHead { headers: Headers::from(fields), ..ResponseHead::new(Version::Http11, status) }
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn kept(head: ResponseHead, asked_ms: u64, received_ms: u64) -> StoredResponse {
    StoredResponse {
        varies: Vec::new(),
        lifetime: freshness_lifetime(&head, true),
        head,
        body: Bytes::new(),
        asked_at: Instant::from_millis(asked_ms),
        received_at: Instant::from_millis(received_ms),
    }
}

#[test]
fn one_uri_has_one_key() {
    let origin_form = RequestHead::new(Method::Get, "/p", Version::Http11).with("Host", "a.EXAMPLE");
    assert_eq!(cache_key(&get()), "http://a.example/p");
    assert_eq!(cache_key(&origin_form), "http://a.example/p");
    let bare = RequestHead::new(Method::Get, "HTTP://a.example", Version::Http11);
    assert_eq!(cache_key(&bare), "http://a.example/");
    let other_port = RequestHead::new(Method::Get, "http://a.example:8080/p", Version::Http11);
    assert_ne!(cache_key(&other_port), cache_key(&get()));
}

/// RFC 9111 section 3, condition by condition.
#[test]
fn what_may_be_stored() {
    use Rule::{
        AuthorizationNotStored, Expires, HeuristicLifetime, MaxAge, NoLifetime, NoStore, NotCacheable,
        PrivateResponse, SharedMaxAge,
    };
    type Case = (RequestHead, ResponseHead, Result<(u64, Rule), Rule>);
    let fresh = || answer(200, [("Cache-Control", "max-age=60")]);
    let cases: Vec<Case> = vec![
        (get(), fresh(), Ok((60, MaxAge))),
        (get(), answer(200, [("Cache-Control", "max-age=60, s-maxage=5")]), Ok((5, SharedMaxAge))),
        (get(), answer(200, [("Date", MADE), ("Expires", TEN_LATER)]), Ok((10, Expires))),
        // Section 5.3: max-age overrides Expires; a bad date has passed already.
        (get(), answer(200, [("Cache-Control", "max-age=3"), ("Expires", "0")]), Ok((3, MaxAge))),
        (get(), answer(200, [("Date", MADE), ("Expires", "0")]), Err(NotCacheable)),
        (get(), answer(200, [("Date", MADE), ("Expires", "0"), ("ETag", "\"v1\"")]), Ok((0, Expires))),
        (get(), answer(200, [("Date", MADE), ("Last-Modified", DAY_BEFORE)]), Ok((8_640, HeuristicLifetime))),
        (get(), answer(200, [("ETag", "\"v1\"")]), Ok((0, NoLifetime))),
        (get(), answer(200, []), Err(NotCacheable)),
        (get(), answer(404, [("Cache-Control", "max-age=60")]), Ok((60, MaxAge))),
        (get(), answer(302, [("Cache-Control", "max-age=60")]), Ok((60, MaxAge))),
        (get(), answer(302, [("ETag", "\"v1\"")]), Err(NotCacheable)),
        (get(), answer(206, [("Cache-Control", "max-age=60")]), Err(NotCacheable)),
        (get(), answer(200, [("Cache-Control", "max-age=60, no-store")]), Err(NoStore)),
        (get().with("Cache-Control", "no-store"), fresh(), Err(NoStore)),
        (get(), answer(200, [("Cache-Control", "private, max-age=60")]), Err(PrivateResponse)),
        (get(), answer(200, [("Cache-Control", "max-age=60"), ("Vary", "*")]), Err(NotCacheable)),
        (get().with("Authorization", "Basic x"), fresh(), Err(AuthorizationNotStored)),
        (
            get().with("Authorization", "Basic x"),
            answer(200, [("Cache-Control", "public, max-age=60")]),
            Ok((60, MaxAge)),
        ),
        (
            get().with("Authorization", "Basic x"),
            answer(200, [("Cache-Control", "must-revalidate, max-age=60")]),
            Ok((60, MaxAge)),
        ),
        // Section 3.5 names must-revalidate, public and s-maxage.
        (
            get().with("Authorization", "Basic x"),
            answer(200, [("Cache-Control", "proxy-revalidate, max-age=60")]),
            Err(AuthorizationNotStored),
        ),
        (RequestHead { method: Method::Post, ..get() }, fresh(), Err(NotCacheable)),
        (RequestHead { method: Method::Head, ..get() }, fresh(), Err(NotCacheable)),
    ];
    for (request, response, verdict) in cases {
        let found = may_store(&request, &response, true);
        let found = found.map(|lifetime| (lifetime.span.as_micros() / 1_000_000, lifetime.rule));
        assert_eq!(found, verdict, "{request}\n{response}");
    }
    let guess = answer(200, [("Date", MADE), ("Last-Modified", DAY_BEFORE)]);
    assert_eq!(may_store(&get(), &guess, false).map(|lifetime| lifetime.rule), Ok(NoLifetime));
}

/// RFC 9111 section 4.2.3. The run's clocks show [`MADE`] when it begins.
#[test]
fn age_counts_from_the_server() {
    let with_age = |age: &str| answer(200, [("Date", MADE), ("Cache-Control", "max-age=10"), ("Age", age)]);
    let at = Instant::from_millis;
    // Nothing but the way back and the time since.
    assert_eq!(kept(with_age("0"), 100, 300).age(at(1_300)), Duration::from_millis(1_200));
    // What a cache before this one says is added.
    assert_eq!(kept(with_age("4"), 100, 300).age(at(300)), Duration::from_millis(4_200));
    // An answer that says nothing, but was made seven seconds ago.
    assert_eq!(kept(with_age("0"), 7_100, 7_300).age(at(7_300)), secs(7));
    assert_eq!(kept(with_age("soon"), 100, 300).age(at(300)), Duration::from_millis(200));
}

#[test]
fn a_copy_is_used_while_it_is_fresh() {
    let copy = kept(answer(200, [("Date", MADE), ("Cache-Control", "max-age=10")]), 0, 0);
    let at = Instant::from_millis;
    let asking = |name: &str, value: &str| Headers::from([(name, value)]);
    for (request, now, verdict) in [
        (Headers::new(), at(9_999), (true, Rule::FreshResponse)),
        // Section 4.2: fresh as long as the lifetime is greater than the age.
        (Headers::new(), at(10_000), (false, Rule::StaleResponse)),
        (asking("Cache-Control", "no-cache"), at(1), (false, Rule::NoCache)),
        (asking("Pragma", "no-cache"), at(1), (false, Rule::NoCache)),
        (asking("Cache-Control", "max-age=3"), at(3_000), (true, Rule::FreshResponse)),
        (asking("Cache-Control", "max-age=3"), at(3_001), (false, Rule::RequestMaxAge)),
    ] {
        assert_eq!(copy.use_for(&request, now), verdict, "{request:?} at {now}");
    }
    let picky = kept(answer(200, [("Cache-Control", "no-cache, max-age=10")]), 0, 0);
    assert_eq!(picky.use_for(&Headers::new(), at(1)), (false, Rule::NoCache));
}

#[test]
fn vary_tells_copies_apart() {
    let response = Headers::from([("Vary", "Accept-Language, User-Agent")]);
    let korean = Headers::from([("Accept-Language", "ko")]);
    let mut copy = kept(answer(200, []), 0, 0);
    copy.varies = StoredResponse::varies(&korean, &response);
    assert!(copy.matches(&korean));
    assert!(!copy.matches(&Headers::new()));
    assert!(!copy.matches(&Headers::from([("Accept-Language", "ko"), ("User-Agent", "x")])));
}

/// RFC 9111 section 3.2: the new fields replace the old ones, Content-Length stays.
#[test]
fn a_304_makes_a_copy_new() {
    let old = answer(
        200,
        [
            ("Date", MADE),
            ("Cache-Control", "max-age=10"),
            ("ETag", "\"v1\""),
            ("Content-Length", "9"),
            ("Age", "5"),
        ],
    );
    let mut copy = kept(old, 0, 0);
    assert_eq!(copy.conditions(), [Field::new("If-None-Match", "\"v1\"")]);
    assert!(copy.is_known_to(&Headers::from([("If-None-Match", "\"v1\"")])));
    let validated = answer(
        304,
        [
            ("Date", TEN_LATER),
            ("Cache-Control", "max-age=20"),
            ("Content-Length", "0"),
            ("Connection", "close"),
        ],
    );
    copy.freshen(&validated, Instant::from_millis(10_100), Instant::from_millis(10_300), true);
    assert_eq!(copy.lifetime, Lifetime { span: secs(20), rule: Rule::MaxAge });
    assert_eq!(copy.age(Instant::from_millis(10_300)), Duration::from_millis(200));
    assert_eq!(
        copy.head.headers,
        Headers::from([
            ("Date", TEN_LATER),
            ("Cache-Control", "max-age=20"),
            ("ETag", "\"v1\""),
            ("Content-Length", "9"),
        ])
    );
}

#[test]
fn what_belongs_to_the_connection_is_not_kept() {
    let headers = Headers::from([
        ("Connection", "close, X-Hop"),
        ("X-Hop", "1"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Type", "text/plain"),
    ]);
    assert_eq!(end_to_end(&headers), Headers::from([("Content-Type", "text/plain")]));
}
