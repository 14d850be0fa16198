//! Caching: what a shared cache may keep, how long a copy stays fresh, and when it must be asked about.
//!
//! Left out: storing parts of a representation, answering HEAD from a copy of GET, min-fresh, max-stale and
//! only-if-cached, and using a stale copy because the server cannot be reached.

use bytes::Bytes;
use serde::Serialize;

use super::cache_control::CacheControl;
use super::conditional::is_not_modified;
use super::date::{clock_second, parse_http_date};
use super::field::Field;
use super::headers::Headers;
use super::method::Method;
use super::request_head::RequestHead;
use super::request_target::RequestTarget;
use super::response_head::ResponseHead;
use crate::rule::Rule;
use crate::time::{Duration, Instant};

/// How long a response stays fresh, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lifetime {
    /// From the moment at which its server made it.
    pub span: Duration,
    /// The rule that gave the span.
    pub rule: Rule,
}

/// A response that a cache keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// Of the fields that Vary names, what the request said.
    pub varies: Vec<(String, Option<String>)>,
    /// The head as it came, without what belonged to its connection.
    pub head: ResponseHead,
    /// The body, without any framing.
    pub body: Bytes,
    /// When it was asked for, or last asked about.
    pub asked_at: Instant,
    /// When its head came, or the 304 for it.
    pub received_at: Instant,
    /// How long it stays fresh.
    pub lifetime: Lifetime,
}

/// The URI under which a response is kept: `http://www.example.org/where?q=now`.
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

/// Whether a shared cache may keep the response to a request: for how long it would be fresh, or the rule that
/// forbids it.
///
/// Shape: `guesses` allows a heuristic lifetime.
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
    // A copy that is never fresh and about which nobody can be asked would never be used.
    let is_useful = !lifetime.span.is_zero() || can_ask;
    if is_useful && (is_explicit || is_heuristically_cacheable(response.status)) {
        Ok(lifetime)
    } else {
        Err(Rule::NotCacheable)
    }
}

/// How long a response stays fresh in a shared cache.
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
        // Section 5.3: what is no date is "a time in the past".
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

/// Statuses that may be kept without a word about it.
///
/// Source: RFC 9110 section 15.1.
const fn is_heuristically_cacheable(status: u16) -> bool {
    matches!(status, 200 | 203 | 204 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501)
}

impl StoredResponse {
    /// The fields of a request on which the choice of a response depended.
    ///
    /// Source: RFC 9111 section 4.1.
    pub fn varies(request: &Headers, response: &Headers) -> Vec<(String, Option<String>)> {
        response.tokens("Vary").map(|name| (name.to_owned(), joined(request, name))).collect()
    }

    /// Whether the copy was chosen for such a request.
    pub fn matches(&self, request: &Headers) -> bool {
        self.varies.iter().all(|(name, value)| joined(request, name) == *value)
    }

    /// How long ago its server made or confirmed it.
    ///
    /// Simplified: Date has whole seconds, so what is compared with it is a clock of whole seconds too.
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

    /// Whether the copy may be used for a request without asking, and the rule that says so.
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

    /// The conditions by which a server is asked whether the copy is still good; none when it has no validator.
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

    /// Whether a client's own conditions say that it has the very same.
    ///
    /// Source: RFC 9111 section 4.3.2.
    pub fn is_known_to(&self, request: &Headers) -> bool {
        self.head.status == 200 && is_not_modified(request, &self.head.headers)
    }

    /// Takes over what a 304 says: the copy is as good as new.
    ///
    /// Source: RFC 9111 sections 3.2 and 4.3.4.
    pub fn freshen(
        &mut self,
        validated: &ResponseHead,
        asked_at: Instant,
        received_at: Instant,
        guesses: bool,
    ) {
        // An Age of the old answer says nothing about the new one.
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

/// The fields of a response that are kept with it: not those of its connection.
///
/// Source: RFC 9111 section 3.1.
pub fn end_to_end(headers: &Headers) -> Headers {
    let named: Vec<&str> = headers.tokens("Connection").collect();
    let is_of_hop = |field: &Field| {
        const OF_HOP: [&str; 10] = [
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "TE",
            "Transfer-Encoding",
            "Upgrade",
            "Proxy-Authenticate",
            "Proxy-Authentication-Info",
            "Proxy-Authorization",
            "Trailer",
        ];
        OF_HOP.iter().chain(&named).any(|name| field.is_named(name))
    };
    headers.iter().filter(|field| !is_of_hop(field)).cloned().collect()
}

/// The value of a field, its lines joined.
fn joined(headers: &Headers, name: &str) -> Option<String> {
    headers.contains(name).then(|| headers.get_all(name).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
#[path = "caching_tests.rs"]
mod tests;
