//! Well-known fields of messages: where they are defined, and which of them end at the next hop.

use playground_core::http::hop_by_hop_rule;
use playground_core::rule::Rule;

/// The messages of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Messages {
    /// Requests, one after another.
    Requests,
    /// One response.
    Response,
}

/// A field that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// Its name.
    pub name: &'static str,
    /// Where it is defined.
    pub section: &'static str,
    asked: bool,
    answered: bool,
}

const fn field(name: &'static str, section: &'static str, asked: bool, answered: bool) -> HeaderField {
    HeaderField { name, section, asked, answered }
}

/// The fields, by their names.
pub const HEADER_FIELDS: &[HeaderField] = &[
    field("Accept", "RFC 9110 §12.5.1", true, false),
    field("Accept-Encoding", "RFC 9110 §12.5.3", true, false),
    field("Accept-Language", "RFC 9110 §12.5.4", true, false),
    field("Age", "RFC 9111 §5.1", false, true),
    field("Allow", "RFC 9110 §10.2.1", false, true),
    field("Authorization", "RFC 9110 §11.6.2", true, false),
    field("Cache-Control", "RFC 9111 §5.2", true, true),
    field("Connection", "RFC 9110 §7.6.1", true, true),
    field("Content-Encoding", "RFC 9110 §8.4", true, true),
    field("Content-Length", "RFC 9110 §8.6", true, true),
    field("Content-Type", "RFC 9110 §8.3", true, true),
    field("Cookie", "RFC 6265 §5.4", true, false),
    field("Date", "RFC 9110 §6.6.1", true, true),
    field("ETag", "RFC 9110 §8.8.3", false, true),
    field("Expect", "RFC 9110 §10.1.1", true, false),
    field("Expires", "RFC 9111 §5.3", false, true),
    field("Host", "RFC 9110 §7.2", true, false),
    field("If-Modified-Since", "RFC 9110 §13.1.3", true, false),
    field("If-None-Match", "RFC 9110 §13.1.2", true, false),
    field("Keep-Alive", "RFC 2068 §19.7.1.1", true, true),
    field("Last-Modified", "RFC 9110 §8.8.2", false, true),
    field("Location", "RFC 9110 §10.2.2", false, true),
    field("Max-Forwards", "RFC 9110 §7.6.2", true, false),
    field("Pragma", "RFC 9111 §5.4", true, true),
    field("Proxy-Connection", "RFC 9112 §C.2.2", true, true),
    field("Range", "RFC 9110 §14.2", true, false),
    field("Referer", "RFC 9110 §10.1.3", true, false),
    field("Retry-After", "RFC 9110 §10.2.3", false, true),
    field("Server", "RFC 9110 §10.2.4", false, true),
    field("Set-Cookie", "RFC 6265 §4.1", false, true),
    field("TE", "RFC 9110 §10.1.4", true, false),
    field("Trailer", "RFC 9110 §6.6.2", true, true),
    field("Transfer-Encoding", "RFC 9112 §6.1", true, true),
    field("Upgrade", "RFC 9110 §7.8", true, true),
    field("User-Agent", "RFC 9110 §10.1.5", true, false),
    field("Vary", "RFC 9110 §12.5.5", false, true),
    field("Via", "RFC 9110 §7.6.3", true, true),
    field("X-Forwarded-For", "RFC 7239 §1", true, false),
];

impl HeaderField {
    /// The field of this name, whatever its case.
    pub fn named(name: &str) -> Option<&'static Self> {
        HEADER_FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// Whether these messages have it.
    pub const fn is_for(&self, messages: Messages) -> bool {
        match messages {
            Messages::Requests => self.asked,
            Messages::Response => self.answered,
        }
    }

    /// Whether it is for the next hop only. RFC 9110 section 7.6.1.
    pub fn is_hop_by_hop(&self) -> bool {
        matches!(hop_by_hop_rule(self.name), Some(Rule::HopByHopField | Rule::ProxyConnectionField))
    }

    /// The key of its sentence.
    pub fn word_key(&self) -> String {
        format!("header-{}", self.name.to_ascii_lowercase())
    }
}
