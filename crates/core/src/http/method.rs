//! The request method and what may be assumed of it.

use core::convert::Infallible;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The request method: "the primary source of request semantics".
///
/// Source: RFC 9110 section 9.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET: a representation of the target resource.
    Get,
    /// HEAD: as GET, without the content.
    Head,
    /// POST: let the resource process the content.
    Post,
    /// PUT: replace the resource's state by the content.
    Put,
    /// DELETE: remove the resource.
    Delete,
    /// CONNECT: a tunnel to the server named by the target.
    Connect,
    /// OPTIONS: what may be asked of the resource.
    Options,
    /// TRACE: the request as the last recipient saw it.
    Trace,
    /// PATCH (RFC 5789): change a part of the resource.
    Patch,
    /// Any other token; method names are case-sensitive.
    Extension(String),
}

impl Method {
    /// The method as it stands in the request line.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Connect => "CONNECT",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Patch => "PATCH",
            Self::Extension(name) => name,
        }
    }

    /// Whether "its defined semantics are essentially read-only".
    ///
    /// Source: RFC 9110 section 9.2.1.
    pub const fn is_safe(&self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }

    /// Whether "the intended effect on the server of multiple identical requests [...] is the same as the
    /// effect for a single such request".
    ///
    /// Source: RFC 9110 section 9.2.2.
    pub const fn is_idempotent(&self) -> bool {
        self.is_safe() || matches!(self, Self::Put | Self::Delete)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&str> for Method {
    fn from(name: &str) -> Self {
        match name {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "DELETE" => Self::Delete,
            "CONNECT" => Self::Connect,
            "OPTIONS" => Self::Options,
            "TRACE" => Self::Trace,
            "PATCH" => Self::Patch,
            other => Self::Extension(other.to_owned()),
        }
    }
}

impl FromStr for Method {
    type Err = Infallible;
    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(Self::from(name))
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_sent_again() {
        for (name, safe, idempotent) in [
            ("GET", true, true),
            ("HEAD", true, true),
            ("OPTIONS", true, true),
            ("TRACE", true, true),
            ("PUT", false, true),
            ("DELETE", false, true),
            ("POST", false, false),
            ("PATCH", false, false),
            ("CONNECT", false, false),
            ("get", false, false),
        ] {
            let method = Method::from(name);
            assert_eq!((method.is_safe(), method.is_idempotent()), (safe, idempotent), "{name}");
            assert_eq!(method.as_str(), name);
        }
    }
}
