//! Conditional requests: whether the client's copy is still the one that would be sent.

use super::date::parse_http_date;
use super::headers::Headers;

/// Whether a request's conditions say that the client has this very representation, so that 304 is the answer.
///
/// Shape: `validators` has ETag and Last-Modified as the answer would have them.
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

#[cfg(test)]
mod tests {
    use super::*;

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
