//! Caching: which responses a shared cache may store, their freshness and their validation.
//!
//! Left out: partial responses, answering HEAD from a stored GET response, min-fresh, max-stale and only-if-cached,
//! and serving a stale response when the server cannot be reached.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::date::{clock_second, parse_http_date};
use super::forward::hop_by_hop_rule;
use super::headers::{Field, Headers};
use super::message::{Method, RequestHead, ResponseHead};
use super::target::RequestTarget;
use crate::rule::Rule;
use crate::time::{Duration, Instant};

/// The directives of Cache-Control on which a shared cache acts.
///
/// Shape: a malformed number of seconds is 0, so that the response is stale. `private` and `no-cache` with
/// field names are treated as without.
///
/// Source: RFC 9111 section 5.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheControl {
    /// Nothing of the message may be stored.
    pub no_store: bool,
    /// A stored response may be used only after validation.
    pub no_cache: bool,
    /// For a single user.
    pub private: bool,
    /// Cacheable even where it would otherwise not be.
    pub public: bool,
    /// A stale response may not be used without validation. `proxy-revalidate` (section 5.2.2.8) is left out: this
    /// cache always validates a stale response.
    pub must_revalidate: bool,
    /// In a response the freshness lifetime, in a request the greatest acceptable age.
    pub max_age: Option<Duration>,
    /// The freshness lifetime in shared caches.
    pub s_maxage: Option<Duration>,
}

impl CacheControl {
    /// The directives of a header section.
    pub fn of(headers: &Headers) -> Self {
        let mut said = Self::default();
        for directive in headers.tokens("Cache-Control") {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            let is = |other: &str| name.trim_end().eq_ignore_ascii_case(other);
            if is("no-store") {
                said.no_store = true;
            } else if is("no-cache") {
                said.no_cache = true;
            } else if is("private") {
                said.private = true;
            } else if is("public") {
                said.public = true;
            } else if is("must-revalidate") {
                said.must_revalidate = true;
            } else if is("max-age") {
                said.max_age = said.max_age.or(Some(delta(value)));
            } else if is("s-maxage") {
                said.s_maxage = said.s_maxage.or(Some(delta(value)));
            }
        }
        said
    }
}

/// A number of seconds; RFC 9111 section 1.2.2: one too large is the largest.
fn delta(value: &str) -> Duration {
    let digits = value.trim_matches([' ', '\t', '"']);
    let is_number = !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit());
    let seconds: u64 = if is_number { digits.parse().unwrap_or(u64::MAX) } else { 0 };
    Duration::from_secs(seconds.min(1 << 31))
}

/// Whether the preconditions of a request select a 304 response: the client has the current representation.
///
/// Shape: `validators` holds ETag and Last-Modified of the current representation.
///
/// Source: RFC 9110 sections 13.1.2, 13.1.3 and 13.2.2.
pub fn is_not_modified(request: &Headers, validators: &Headers) -> bool {
    // Section 13.2.2: If-Modified-Since counts only "when If-None-Match is not present".
    if request.contains("If-None-Match") {
        let current = validators.get("ETag").map(opaque);
        // Section 13.1.2: the weak comparison, for which `W/` does not matter.
        return request.tokens("If-None-Match").any(|tag| tag == "*" || Some(opaque(tag)) == current);
    }
    let dates = [request.get("If-Modified-Since"), validators.get("Last-Modified")];
    match dates.map(|date| date.and_then(parse_http_date)) {
        [Some(since), Some(modified)] => modified <= since,
        _ => false,
    }
}

/// An entity-tag without its mark of weakness.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// A freshness lifetime, and the rule that determined it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetime {
    /// The time from the response's generation at the origin server.
    pub span: Duration,
    /// The rule.
    pub rule: Rule,
}

/// A stored response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// The fields that Vary names, with their values in the request.
    pub varies: Vec<(String, Option<String>)>,
    /// The head as received, without hop-by-hop fields.
    pub head: ResponseHead,
    /// The body, without framing.
    pub body: Bytes,
    /// The time of the request, or of the last validation request.
    pub asked_at: Instant,
    /// The time of the response, or of the last 304.
    pub received_at: Instant,
    /// Its freshness lifetime.
    pub lifetime: Lifetime,
}

/// The cache key of a request, its target URI: `http://www.example.org/where?q=now`.
///
/// Source: RFC 9111 section 2; RFC 9110 section 7.1.
pub fn cache_key(request: &RequestHead) -> String {
    let path = request.form().map_or_else(String::new, |form| form.to_origin(&request.method));
    let scheme = match request.form() {
        Some(RequestTarget::Absolute { scheme, .. }) => scheme,
        _ => "http",
    };
    let authority = request.authority().unwrap_or_default();
    let authority = authority.strip_suffix(":80").unwrap_or(authority);
    format!("{}://{}{path}", scheme.to_ascii_lowercase(), authority.to_ascii_lowercase())
}

/// Whether a shared cache may store the response to a request: its freshness lifetime, or the rule that forbids it.
///
/// Shape: `guesses` permits a heuristic lifetime.
///
/// Source: RFC 9111 sections 3 and 3.5.
pub fn may_store(request: &RequestHead, response: &ResponseHead, guesses: bool) -> Result<Lifetime, Rule> {
    let (asked, said) = (CacheControl::of(&request.headers), CacheControl::of(&response.headers));
    // "the request method is understood by the cache; the response status code is final".
    let is_partial = matches!(response.status, 206 | 304);
    if request.method != Method::Get || response.is_interim() || is_partial {
        return Err(Rule::NotCacheable);
    }
    if asked.no_store || said.no_store {
        return Err(Rule::NoStore);
    }
    // "if the cache is shared: the private response directive is not present".
    if said.private {
        return Err(Rule::PrivateResponse);
    }
    // Section 3.5.
    let is_shared_anyway = said.must_revalidate || said.public || said.s_maxage.is_some();
    if request.headers.contains("Authorization") && !is_shared_anyway {
        return Err(Rule::AuthorizationNotStored);
    }
    // Section 4.1: `*` "always fails to match".
    if response.headers.contains_token("Vary", "*") {
        return Err(Rule::NotCacheable);
    }
    let is_explicit = said.public
        || said.max_age.is_some()
        || said.s_maxage.is_some()
        || response.headers.contains("Expires");
    let lifetime = freshness_lifetime(response, guesses);
    let can_ask = response.headers.contains("ETag") || response.headers.contains("Last-Modified");
    // A response that is never fresh and cannot be validated would never be used.
    let is_useful = !lifetime.span.is_zero() || can_ask;
    if is_useful && (is_explicit || is_heuristically_cacheable(response.status)) {
        Ok(lifetime)
    } else {
        Err(Rule::NotCacheable)
    }
}

/// The freshness lifetime of a response in a shared cache.
///
/// Source: RFC 9111 sections 4.2.1 and 4.2.2.
pub fn freshness_lifetime(response: &ResponseHead, guesses: bool) -> Lifetime {
    let said = CacheControl::of(&response.headers);
    let date = |name: &str| response.headers.get(name).and_then(parse_http_date);
    let seconds_between = |from: u64, to: u64| Duration::from_secs(to.saturating_sub(from));
    if let Some(span) = said.s_maxage {
        return Lifetime { span, rule: Rule::SharedMaxAge };
    }
    if let Some(span) = said.max_age {
        return Lifetime { span, rule: Rule::MaxAge };
    }
    if response.headers.contains("Expires") {
        // Section 5.3: an invalid date is "a time in the past".
        let span = match (date("Expires"), date("Date")) {
            (Some(expires), Some(made)) => seconds_between(made, expires),
            _ => Duration::ZERO,
        };
        return Lifetime { span, rule: Rule::Expires };
    }
    // Section 4.2.2: "a fraction of this interval since that time; a typical setting of this fraction might be
    // 10%".
    match (date("Date"), date("Last-Modified")) {
        (Some(made), Some(modified)) if guesses && is_heuristically_cacheable(response.status) => {
            let tenth = Duration::from_micros(seconds_between(modified, made).as_micros() / 10);
            Lifetime { span: tenth, rule: Rule::HeuristicLifetime }
        }
        _ => Lifetime { span: Duration::ZERO, rule: Rule::NoLifetime },
    }
}

/// Statuses that are heuristically cacheable.
///
/// Source: RFC 9110 section 15.1.
const fn is_heuristically_cacheable(status: u16) -> bool {
    matches!(status, 200 | 203 | 204 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501)
}

impl StoredResponse {
    /// The request fields on which the selection of a response depended.
    ///
    /// Source: RFC 9111 section 4.1.
    pub fn varies(request: &Headers, response: &Headers) -> Vec<(String, Option<String>)> {
        response.tokens("Vary").map(|name| (name.to_owned(), joined(request, name))).collect()
    }

    /// Whether the stored response may be selected for such a request.
    pub fn matches(&self, request: &Headers) -> bool {
        self.varies.iter().all(|(name, value)| joined(request, name) == *value)
    }

    /// Its current age.
    ///
    /// Simplified: Date has whole seconds, so it is compared with a clock of whole seconds.
    ///
    /// Source: RFC 9111 section 4.2.3.
    pub fn age(&self, now: Instant) -> Duration {
        let headers = &self.head.headers;
        let made = headers.get("Date").and_then(parse_http_date);
        let apparent = made.map_or(Duration::ZERO, |made| {
            Duration::from_secs(clock_second(self.received_at).saturating_sub(made))
        });
        let said = headers.get("Age").and_then(|age| age.trim().parse().ok()).unwrap_or(0);
        let corrected = Duration::from_secs(said) + self.received_at.since(self.asked_at);
        apparent.max(corrected) + now.since(self.received_at)
    }

    /// Whether it may be used for a request without validation, and the rule that decides.
    ///
    /// Source: RFC 9111 sections 4, 4.2 and 5.2.1.
    pub fn use_for(&self, request: &Headers, now: Instant) -> (bool, Rule) {
        let (asked, said) = (CacheControl::of(request), CacheControl::of(&self.head.headers));
        // Section 5.4: Pragma counts when Cache-Control is not there.
        let pragma = !request.contains("Cache-Control") && request.contains_token("Pragma", "no-cache");
        let age = self.age(now);
        if asked.no_cache || said.no_cache || pragma {
            (false, Rule::NoCache)
        } else if age >= self.lifetime.span {
            (false, Rule::StaleResponse)
        } else if asked.max_age.is_some_and(|most| age > most) {
            (false, Rule::RequestMaxAge)
        } else {
            (true, Rule::FreshResponse)
        }
    }

    /// The preconditions of a validation request; empty without a validator.
    ///
    /// Source: RFC 9111 section 4.3.1.
    pub fn conditions(&self) -> Vec<Field> {
        [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
            .into_iter()
            .filter_map(|(validator, condition)| {
                Some(Field::new(condition, self.head.headers.get(validator)?))
            })
            .collect()
    }

    /// Whether a client's own preconditions select a 304 response.
    ///
    /// Source: RFC 9111 section 4.3.2.
    pub fn is_known_to(&self, request: &Headers) -> bool {
        self.head.status == 200 && is_not_modified(request, &self.head.headers)
    }

    /// Updates it with a 304 response.
    ///
    /// Source: RFC 9111 sections 3.2 and 4.3.4.
    pub fn freshen(
        &mut self,
        validated: &ResponseHead,
        asked_at: Instant,
        received_at: Instant,
        guesses: bool,
    ) {
        // The Age of the earlier response does not apply.
        self.head.headers.remove_all("Age");
        for field in &end_to_end(&validated.headers) {
            if !field.is_named("Content-Length") {
                self.head.headers.replace(field.name.clone(), field.value.clone());
            }
        }
        (self.asked_at, self.received_at) = (asked_at, received_at);
        self.lifetime = freshness_lifetime(&self.head, guesses);
    }
}

/// The fields of a response that are stored with it: all but the hop-by-hop fields.
///
/// Source: RFC 9111 section 3.1.
pub fn end_to_end(headers: &Headers) -> Headers {
    let is_of_hop = |field: &Field| {
        hop_by_hop_rule(&field.name).is_some()
            || field.is_named("Proxy-Authentication-Info")
            || headers.contains_token("Connection", &field.name)
    };
    headers.iter().filter(|field| !is_of_hop(field)).cloned().collect()
}

/// The combined value of a field's lines.
fn joined(headers: &Headers, name: &str) -> Option<String> {
    headers.contains(name).then(|| headers.get_all(name).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
#[path = "caching_tests.rs"]
mod tests;

#[cfg(test)]
mod table_tests {
    use super::*;

    #[test]
    fn directives_are_read_in_any_case_and_from_several_fields() {
        let headers = Headers::from([
            ("Cache-Control", "Public, MAX-AGE=\"60\", max-age=1, x=\"no-store, private\""),
            ("cache-control", "s-maxage=99999999999999999999, no-cache=\"Set-Cookie\", Must-Revalidate"),
        ]);
        let said = CacheControl::of(&headers);
        assert_eq!(
            said,
            CacheControl {
                no_store: false,
                no_cache: true,
                private: false,
                public: true,
                must_revalidate: true,
                max_age: Some(Duration::from_secs(60)),
                s_maxage: Some(Duration::from_secs(1 << 31)),
            }
        );
        let broken = CacheControl::of(&Headers::from([("Cache-Control", "max-age=ten, private")]));
        assert_eq!((broken.max_age, broken.private), (Some(Duration::ZERO), true));
    }

    const OLD: &str = "Thu, 26 Sep 2002 09:00:00 GMT";
    const NEW: &str = "Fri, 27 Sep 2002 09:00:00 GMT";

    #[test]
    fn the_tag_counts_before_the_date() {
        let validators = Headers::from([("ETag", "\"v1\""), ("Last-Modified", OLD)]);
        for (fields, same) in [
            (Headers::new(), false),
            (Headers::from([("If-None-Match", "\"v1\"")]), true),
            (Headers::from([("If-None-Match", "\"v0\", W/\"v1\"")]), true),
            (Headers::from([("If-None-Match", "*")]), true),
            (Headers::from([("If-None-Match", "\"v2\""), ("If-Modified-Since", NEW)]), false),
            (Headers::from([("If-Modified-Since", OLD)]), true),
            (Headers::from([("If-Modified-Since", NEW)]), true),
            (Headers::from([("If-Modified-Since", "Wed, 25 Sep 2002 09:00:00 GMT")]), false),
            (Headers::from([("If-Modified-Since", "yesterday")]), false),
        ] {
            assert_eq!(is_not_modified(&fields, &validators), same, "{fields:?}");
        }
    }
}
