//! Resources of an origin server, and their caching fields.

use std::io::Write as _;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::image::{become_image, before_text};
use crate::http::{Headers, Method, RequestHead, ResponseText, clock_second, http_date, is_not_modified};
use crate::node::role_spec::escape_problem;
use crate::node::{CloseStyle, RequestSpec};
use crate::problem::Problem;
use crate::time::{Duration, Instant};

/// How a response's body is delimited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BodyFraming {
    /// Content-Length, correct.
    #[default]
    ContentLength,
    /// Content-Length, but not the body's length.
    WrongLength {
        /// The number announced.
        announced: u64,
    },
    /// Chunked, to a client of HTTP/1.1; to one of 1.0 until the close.
    Chunked,
    /// None: the close of the connection ends the body.
    UntilClose,
}

/// Where an answer is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CutSpec {
    /// Octets of the body that are still sent; framing that would follow them is not.
    pub after: u32,
    /// What ends the connection then: `close` is FIN, `abort` is RST.
    #[serde(default)]
    pub by: CloseStyle,
    /// Time between the last octet and the end.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub pause_us: Duration,
    /// Whether only the first answer is cut.
    #[serde(default)]
    pub once: bool,
}

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResourceSpec {
    /// Path, with query.
    pub path: String,
    /// Status code.
    #[serde(default = "ok")]
    #[cfg_attr(feature = "schema", schemars(range(min = 200, max = 599)))]
    pub status: u16,
    /// Body length, octets.
    #[cfg_attr(feature = "schema", schemars(range(max = 16_000_000)))]
    pub body_len: u32,
    /// Content-Type.
    #[serde(default = "plain", skip_serializing_if = "String::is_empty")]
    pub content_type: String,
    /// How the body is delimited.
    #[serde(default)]
    pub framing: BodyFraming,
    /// How long the server works on it before it answers.
    #[serde(default)]
    pub processing_us: Duration,
    /// The caching fields of its answers; none when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caching: Option<CachingSpec>,
    /// Objects that its HTML refers to; without any it is plain text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<String>,
    /// The response as typed, head and body, in the syntax of [`ResponseText`]; what is said here of status, body, fields
    /// and framing then does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether its HTML says how large each object is drawn.
    #[serde(default)]
    pub sizes_objects: bool,
    /// Where its answers are cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<CutSpec>,
    /// How many items it holds at first, for requests that add, replace or remove one.
    #[serde(default)]
    pub holds: u32,
}

const fn ok() -> u16 {
    200
}

fn plain() -> String {
    "text/plain".to_owned()
}

impl ResourceSpec {
    /// A resource with a plain body.
    pub fn new(path: impl Into<String>, body_len: u32) -> Self {
        Self {
            path: path.into(),
            status: 200,
            body_len,
            content_type: plain(),
            framing: BodyFraming::default(),
            processing_us: Duration::ZERO,
            caching: None,
            objects: Vec::new(),
            text: None,
            sizes_objects: false,
            cut: None,
            holds: 0,
        }
    }

    /// What is wrong with the text of a response: it is too long, an escape that there is none of, or no line.
    pub(super) fn text_problem(&self) -> Option<Problem> {
        let text = self.text.as_deref()?;
        if text.len() > RequestSpec::TEXT_AT_MOST {
            return Some(Problem::octets_at_most(RequestSpec::TEXT_AT_MOST as u64));
        }
        match ResponseText::parse(text) {
            Ok(Some(_)) => None,
            Ok(None) => Some(Problem::not_empty()),
            Err(error) => Some(escape_problem(&error)),
        }
    }

    /// Its body at a moment: one that has changed by then says so in every line.
    pub fn body_at(&self, now: Instant) -> Bytes {
        match &self.caching {
            Some(caching) if caching.has_changed(now) => {
                Self { path: format!("{} (new)", self.path), ..self.clone() }.body()
            }
            _ => self.body(),
        }
    }

    /// A page: HTML that refers to objects.
    pub fn page(path: impl Into<String>, body_len: u32, objects: Vec<String>) -> Self {
        Self { content_type: "text/html".to_owned(), objects, ..Self::new(path, body_len) }
    }

    /// Its body: lines of text that name the resource and the octet where each begins, or a page, or an image with
    /// these lines as its comment.
    ///
    /// So a packet's payload shows which part of which resource it carries.
    pub fn body(&self) -> Bytes {
        if !self.objects.is_empty() {
            return self.html();
        }
        let len = self.body_len as usize;
        let mut body = Vec::with_capacity(len + 80);
        body.resize(before_text(&self.content_type, len), b'.');
        while body.len() < len {
            let octet = body.len();
            // Writing to a vector cannot fail.
            let _ = write!(body, "{} octet {octet} ", self.path);
            body.resize((body.len() + 1).next_multiple_of(64) - 1, b'.');
            body.push(b'\n');
        }
        body.truncate(len);
        become_image(&mut body, &self.content_type);
        body.into()
    }

    /// HTML with its objects' tags spread evenly over it; cut off where its length does not suffice.
    fn html(&self) -> Bytes {
        let (len, last) = (self.body_len as usize, "</body></html>\n");
        let size = if self.sizes_objects { " width=\"96\" height=\"96\"" } else { "" };
        let mut body = Vec::with_capacity(len + 80);
        let line = |body: &mut Vec<u8>, text: &str| {
            body.extend_from_slice(text.as_bytes());
            body.resize((body.len() + 1).next_multiple_of(64) - 1, b' ');
            body.push(b'\n');
        };
        line(&mut body, &format!("<html><head><title>{}</title></head><body>", self.path));
        for (place, object) in self.objects.iter().enumerate() {
            let from = len.saturating_sub(64) as u64 * (place as u64 + 1) / (self.objects.len() as u64 + 1);
            let from = from as usize;
            while body.len() + 64 <= from {
                let text = format!("<p>{} octet {}</p>", self.path, body.len());
                line(&mut body, &text);
            }
            line(&mut body, &format!("<img src=\"{object}\"{size}>"));
        }
        while body.len() + 64 + last.len() <= len {
            let text = format!("<p>{} octet {}</p>", self.path, body.len());
            line(&mut body, &text);
        }
        if body.len() + last.len() <= len {
            body.resize(len - last.len(), b' ');
            body.extend_from_slice(last.as_bytes());
        }
        body.truncate(len);
        body.resize(len, b' ');
        body.into()
    }
}

/// The caching fields of a resource's answers.
///
/// An answer with them also has Date; `ETag` is `"v1"`, and `"v2"` once the resource has changed.
///
/// Source: RFC 9111 section 5; RFC 9110 section 8.8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CachingSpec {
    /// The Cache-Control field, `max-age=10`; none when empty.
    pub cache_control: String,
    /// Expires, as a span after Date; none when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_us: Option<Duration>,
    /// Whether it has an ETag.
    pub etag: bool,
    /// Last-Modified, as a span before the run begins; none when absent.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_exactly_its_length() {
        for len in [0, 1, 63, 64, 65, 400, 100_000] {
            assert_eq!(ResourceSpec::new("/a", len).body().len(), len as usize);
            let page = ResourceSpec::page("/p", len, vec!["/a".to_owned(), "/b".to_owned()]);
            assert_eq!(page.body().len(), len as usize);
        }
    }

    #[test]
    fn a_page_names_its_objects_all_over_its_length() {
        let objects: Vec<String> = (1..=3).map(|n| format!("/{n}.jpg")).collect();
        let body = ResourceSpec { sizes_objects: true, ..ResourceSpec::page("/p", 4_000, objects) }.body();
        let text = String::from_utf8(body.to_vec()).expect("text");
        let at = |tag: &str| text.find(tag).expect(tag) / 500;
        let places = [1, 2, 3].map(|n| at(&format!("<img src=\"/{n}.jpg\" width=\"96\" height=\"96\">")));
        assert_eq!(places, [1, 3, 5]);
        assert!(text.starts_with("<html>") && text.ends_with("</html>\n"));
    }
}
