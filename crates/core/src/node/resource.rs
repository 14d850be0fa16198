//! What an origin server has to offer.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::CachingSpec;
use crate::time::{Duration, Instant};

/// How a response's body says where it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyFraming {
    /// Content-Length, and true.
    #[default]
    ContentLength,
    /// Content-Length, but another number than the body has.
    WrongLength {
        /// The number announced.
        announced: u64,
    },
    /// Chunked, to a client of HTTP/1.1; to one of 1.0 until the close.
    Chunked,
    /// Nothing: the close of the connection is the end.
    UntilClose,
}

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceSpec {
    /// Path, with query.
    pub path: String,
    /// Status code.
    #[serde(default = "ok")]
    pub status: u16,
    /// Body length, octets.
    pub body_len: u32,
    /// Content-Type.
    #[serde(default = "plain", skip_serializing_if = "String::is_empty")]
    pub content_type: String,
    /// How the body says where it ends.
    #[serde(default)]
    pub framing: BodyFraming,
    /// How long the server works on it before it answers.
    #[serde(default)]
    pub processing_us: Duration,
    /// What its answers say to caches; without it they say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caching: Option<CachingSpec>,
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
        }
    }

    /// Its body at a moment: one that has changed by then says so in every line.
    pub fn body_at(&self, now: Instant) -> Bytes {
        match &self.caching {
            Some(caching) if caching.has_changed(now) => {
                Self::new(format!("{} (new)", self.path), self.body_len).body()
            }
            _ => self.body(),
        }
    }

    /// Its body: lines of text that name the resource and the octet where each begins.
    ///
    /// A reader of a packet can so see which part of what it carries.
    pub fn body(&self) -> Bytes {
        let len = self.body_len as usize;
        let mut body = Vec::with_capacity(len + 80);
        while body.len() < len {
            let line = format!("{} octet {} ", self.path, body.len());
            body.extend_from_slice(line.as_bytes());
            while body.len() % 64 != 63 {
                body.push(b'.');
            }
            body.push(b'\n');
        }
        body.truncate(len);
        body.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_exactly_its_length() {
        for len in [0, 1, 63, 64, 65, 400, 100_000] {
            assert_eq!(ResourceSpec::new("/a", len).body().len(), len as usize);
        }
    }
}
