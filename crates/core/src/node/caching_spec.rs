//! What a resource's answers say to caches, and how its server answers who has a copy already.

use serde::{Deserialize, Serialize};

use crate::http::{Headers, Method, RequestHead, clock_second, http_date, is_not_modified};
use crate::time::{Duration, Instant};

/// What a resource's answers say to caches.
///
/// Shape: an answer with it also has Date; `ETag` is `"v1"`, and `"v2"` once the resource has changed.
///
/// Source: RFC 9111 section 5; RFC 9110 section 8.8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CachingSpec {
    /// The Cache-Control field, without it when empty: `max-age=10`.
    pub cache_control: String,
    /// Expires, so long after Date; without it when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_us: Option<Duration>,
    /// Whether it has an ETag.
    pub etag: bool,
    /// Last-Modified, so long before the run begins; without it when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified_us: Option<Duration>,
    /// When its content changes; never when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes_at_us: Option<Instant>,
}

impl CachingSpec {
    /// Whether the content has changed by now.
    pub fn has_changed(&self, now: Instant) -> bool {
        self.changes_at_us.is_some_and(|at| at <= now)
    }

    /// The fields of the answer to a request at `now`, and whether it is 304.
    ///
    /// Source: RFC 9110 sections 13.2 and 15.4.5.
    pub(super) fn answer(&self, request: &RequestHead, status: u16, now: Instant) -> (Headers, bool) {
        let second = clock_second(now);
        let seconds = |span: Duration| span.as_micros() / 1_000_000;
        let mut fields = Headers::from([("Date", http_date(second).as_str())]);
        if !self.cache_control.is_empty() {
            fields.push("Cache-Control", self.cache_control.clone());
        }
        if let Some(after) = self.expires_us {
            fields.push("Expires", http_date(second + seconds(after)));
        }
        let changed = self.has_changed(now);
        if self.etag {
            fields.push("ETag", if changed { "\"v2\"" } else { "\"v1\"" });
        }
        if let Some(before) = self.last_modified_us {
            let modified = match self.changes_at_us {
                Some(at) if changed => clock_second(at),
                _ => clock_second(Instant::ZERO).saturating_sub(seconds(before)),
            };
            fields.push("Last-Modified", http_date(modified));
        }
        // Section 13.2.1: conditions are for answers that would be 200; sections 13.1.2 and 13.1.3: 304 is for
        // GET and HEAD.
        let may_be_304 = status == 200 && matches!(request.method, Method::Get | Method::Head);
        let not_modified = may_be_304 && is_not_modified(&request.headers, &fields);
        (fields, not_modified)
    }
}
