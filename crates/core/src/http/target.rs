//! The four forms of a request-target.

use super::message::Method;

/// A request-target in one of its four forms.
///
/// Source: RFC 9112 section 3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestTarget<'a> {
    /// `/where?q=now`: a request directly to an origin server.
    Origin(&'a str),
    /// `http://www.example.org/where?q=now`: a request to a proxy.
    Absolute {
        /// The scheme, such as `http`.
        scheme: &'a str,
        /// The host and the optional port.
        authority: &'a str,
        /// The path and query, empty when the URI has none.
        path: &'a str,
    },
    /// `www.example.com:80`: for CONNECT only.
    Authority(&'a str),
    /// `*`: for OPTIONS only.
    Asterisk,
}

impl<'a> RequestTarget<'a> {
    /// Parses a target; `None` when it has none of the forms that the method allows.
    pub fn parse(method: &Method, target: &'a str) -> Option<Self> {
        if target.is_empty() || !target.bytes().all(|octet| octet.is_ascii_graphic()) {
            return None;
        }
        // Section 3.2.3: "the authority-form of request-target is only used for CONNECT".
        if *method == Method::Connect {
            let (host, port) = target.rsplit_once(':')?;
            let is_whole =
                !host.is_empty() && !host.contains(['/', '@', '?', '#']) && port.parse::<u16>().is_ok();
            return is_whole.then_some(Self::Authority(target));
        }
        // Section 3.2.1.
        if target.starts_with('/') {
            return Some(Self::Origin(target));
        }
        // Section 3.2.4: "the asterisk-form of request-target is only used for a server-wide OPTIONS".
        if target == "*" {
            return (*method == Method::Options).then_some(Self::Asterisk);
        }
        // Section 3.2.2.
        let (scheme, rest) = target.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'-' | b'.'));
        if !is_scheme || authority.is_empty() {
            return None;
        }
        Some(Self::Absolute { scheme, authority, path })
    }

    /// The target as sent to an origin server.
    ///
    /// Source: RFC 9112 sections 3.2.1 and 3.2.4.
    pub fn to_origin(&self, method: &Method) -> String {
        match *self {
            // Section 3.2.4: an OPTIONS for a URI without path and query is forwarded as `*`.
            Self::Absolute { path: "", .. } if *method == Method::Options => "*".to_owned(),
            // Section 3.2.1: "If the target URI's path component is empty, the client MUST send "/"".
            Self::Absolute { path, .. } if !path.starts_with('/') => format!("/{path}"),
            Self::Absolute { path, .. } | Self::Origin(path) => path.to_owned(),
            Self::Authority(authority) => authority.to_owned(),
            Self::Asterisk => "*".to_owned(),
        }
    }

    /// The host and port in the target.
    pub const fn authority(&self) -> Option<&'a str> {
        match self {
            Self::Absolute { authority, .. } | Self::Authority(authority) => Some(authority),
            Self::Origin(_) | Self::Asterisk => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_has_its_forms() {
        use RequestTarget::{Absolute, Asterisk, Authority, Origin};
        let http = |authority, path| Some(Absolute { scheme: "http", authority, path });
        let cases: [(&str, &str, Option<RequestTarget<'_>>); 17] = [
            ("GET", "/", Some(Origin("/"))),
            ("GET", "/where?q=now", Some(Origin("/where?q=now"))),
            ("GET", "//double", Some(Origin("//double"))),
            ("GET", "http://a:8080/x", http("a:8080", "/x")),
            ("GET", "http://a", http("a", "")),
            ("GET", "http://a?q", http("a", "?q")),
            ("OPTIONS", "*", Some(Asterisk)),
            ("OPTIONS", "http://a", http("a", "")),
            ("GET", "*", None),
            ("CONNECT", "a:443", Some(Authority("a:443"))),
            ("CONNECT", "a", None),
            ("CONNECT", "/x:1", None),
            ("GET", "a:443", None),
            ("GET", "http:///x", None),
            ("GET", "1http://a/x", None),
            ("GET", "", None),
            ("GET", "/caf\u{e9}", None),
        ];
        for (method, target, form) in cases {
            assert_eq!(RequestTarget::parse(&Method::from(method), target), form, "{method} {target}");
        }
    }

    #[test]
    fn origin_servers_receive_the_path() {
        for (method, target, sent) in [
            ("GET", "http://a/x?y", "/x?y"),
            ("GET", "http://a", "/"),
            ("GET", "http://a?q", "/?q"),
            ("OPTIONS", "http://a", "*"),
            ("OPTIONS", "http://a/", "/"),
            ("GET", "/x", "/x"),
        ] {
            let method = Method::from(method);
            let form = RequestTarget::parse(&method, target);
            assert_eq!(form.map(|form| form.to_origin(&method)).as_deref(), Some(sent), "{target}");
        }
    }
}
