//! The directives of Cache-Control that a shared cache acts on.

use super::headers::Headers;
use crate::time::Duration;

/// What the Cache-Control fields of a message say.
///
/// Shape: a delta without a number that can be read is 0, so that a broken answer is stale. `private` and
/// `no-cache` with field names count as without.
///
/// Source: RFC 9111 section 5.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheControl {
    /// Nothing of the message may be kept.
    pub no_store: bool,
    /// A kept copy may be used only after asking.
    pub no_cache: bool,
    /// For one user only.
    pub private: bool,
    /// For everybody, also where a cache would not keep it.
    pub public: bool,
    /// A stale copy may not be used at all without asking. `proxy-revalidate` says the same to a shared cache, and
    /// does not allow it to keep more (section 5.2.2.8): as this cache always asks, it is left out.
    pub must_revalidate: bool,
    /// The freshness lifetime, or the greatest age that a request takes.
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

#[cfg(test)]
mod tests {
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
}
