//! Forwarding profiles of real proxies, from observation.
//!
//! Observed 2026-11-20 on Linux 6.18, each with the configuration that its function names. The heads are in
//! `crates/core/tests/data/hop_by_hop.json`; the tests compare each profile in their table `CASES` with them.

use crate::http::forward::profile::{
    AddedValue, ConnectionHandling, ForwardedVersion, ForwardingProfile, SaysConnection, ViaVersion,
};
use crate::http::message::Version;
use crate::http::persistence::KeepAliveParams;
use crate::time::Duration;

impl ForwardingProfile {
    /// All profiles that a scenario can name: by-the-book and rfc-9112, then the observed proxies.
    pub fn all() -> Vec<Self> {
        vec![
            Self::by_the_book(),
            Self::rfc_9112(),
            Self::nginx_default(),
            Self::nginx_http11(),
            Self::haproxy(),
            Self::apache_reverse(),
            Self::apache_forward(),
            Self::squid(),
            Self::tinyproxy(),
            Self::varnish(),
        ]
    }

    /// The profile with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// nginx 1.22.1 with `proxy_pass` and nothing else.
    pub fn nginx_default() -> Self {
        Self {
            name: "nginx-default".to_owned(),
            connection: ConnectionHandling::RemoveFieldOnly,
            removed_from_requests: names(&["Keep-Alive", "TE", "Upgrade"]),
            removed_from_responses: names(&["Keep-Alive"]),
            request_version: ForwardedVersion::Own(Version::Http10),
            keeps_servers: false,
            keeps_http10_servers: false,
            honours_proxy_connection: false,
            via_in_requests: ViaVersion::NoVia,
            via_in_responses: ViaVersion::NoVia,
            added_to_responses: vec![fixed("Server", "nginx/1.22.1")],
            ..Self::by_the_book()
        }
    }

    /// nginx 1.22.1 with `proxy_http_version 1.1`, `proxy_set_header Connection ""` and an upstream group
    /// called o11 that keeps connections.
    pub fn nginx_http11() -> Self {
        Self {
            name: "nginx-http11".to_owned(),
            request_version: ForwardedVersion::Own(Version::Http11),
            keeps_servers: true,
            says_to_servers: SaysConnection::Never,
            host: Some("o11".to_owned()),
            ..Self::nginx_default()
        }
    }

    /// haproxy 2.6.12 in HTTP mode.
    pub fn haproxy() -> Self {
        Self {
            name: "haproxy".to_owned(),
            connection: ConnectionHandling::RemoveOwnOptions,
            removed_from_requests: Vec::new(),
            // TE: trailers would be forwarded; the observed response had another value.
            removed_from_responses: names(&["TE"]),
            request_version: ForwardedVersion::AsReceived,
            response_version: ForwardedVersion::AsReceived,
            honours_proxy_connection: false,
            says_to_servers: SaysConnection::WhenNotDefault,
            says_to_clients: SaysConnection::WhenNotDefault,
            leaves_upgrades: true,
            buffers_requests: false,
            reframes_responses: false,
            forwards_trailers: true,
            via_in_requests: ViaVersion::NoVia,
            via_in_responses: ViaVersion::NoVia,
            lowercases_names: true,
            ..Self::by_the_book()
        }
    }

    /// Apache 2.4.71 with `ProxyPass`.
    pub fn apache_reverse() -> Self {
        Self {
            name: "apache-reverse".to_owned(),
            removed_from_requests: names(&["Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade"]),
            removed_from_responses: names(&[
                "Keep-Alive",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Upgrade",
                "Proxy-Authenticate",
            ]),
            honours_proxy_connection: false,
            says_to_clients: SaysConnection::WhenAsked,
            keep_alive_spelling: "Keep-Alive".to_owned(),
            hints: KeepAliveParams { timeout: Some(Duration::from_secs(5)), max: Some(100) },
            via_in_requests: ViaVersion::NoVia,
            via_in_responses: ViaVersion::NoVia,
            added_to_requests: vec![
                ("X-Forwarded-For".to_owned(), AddedValue::ClientAddress),
                ("X-Forwarded-Host".to_owned(), AddedValue::ReceivedHost),
                fixed("X-Forwarded-Server", "localhost"),
            ],
            added_to_responses: vec![fixed("Server", "Apache/2.4.71 (Debian)")],
            ..Self::by_the_book()
        }
    }

    /// Apache 2.4.71 with `ProxyRequests On`.
    pub fn apache_forward() -> Self {
        Self {
            name: "apache-forward".to_owned(),
            keeps_servers: false,
            added_to_requests: Vec::new(),
            ..Self::apache_reverse()
        }
    }

    /// squid 5.7: the only one here that follows RFC 9110 section 7.6.1 in full.
    pub fn squid() -> Self {
        Self {
            name: "squid".to_owned(),
            via_in_responses: ViaVersion::Own,
            via_comment: Some("(squid/5.7)".to_owned()),
            added_to_requests: vec![
                ("X-Forwarded-For".to_owned(), AddedValue::ClientAddress),
                fixed("Cache-Control", "max-age=259200"),
            ],
            added_to_responses: vec![
                ("X-Cache".to_owned(), AddedValue::Served("squidhost".to_owned())),
                ("X-Cache-Lookup".to_owned(), AddedValue::Found("squidhost:3128".to_owned())),
            ],
            reuses_for_any_method: false,
            keeps_clients_after_errors: true,
            ..Self::by_the_book()
        }
    }

    /// tinyproxy 1.11.1.
    pub fn tinyproxy() -> Self {
        Self {
            name: "tinyproxy".to_owned(),
            removed_from_requests: names(&["Keep-Alive", "Proxy-Connection", "TE", "Upgrade"]),
            removed_from_responses: names(&[
                "Keep-Alive",
                "Proxy-Connection",
                "Proxy-Authenticate",
                "Proxy-Authorization",
            ]),
            request_version: ForwardedVersion::AsReceived,
            response_version: ForwardedVersion::AsReceived,
            keeps_servers: false,
            keeps_clients: false,
            honours_proxy_connection: false,
            says_to_clients: SaysConnection::Never,
            buffers_requests: false,
            reframes_responses: false,
            forwards_trailers: true,
            via_in_responses: ViaVersion::OfClient,
            via_comment: Some("(tinyproxy/1.11.1)".to_owned()),
            ..Self::by_the_book()
        }
    }

    /// varnish 7.1.1 with an empty configuration that passes every request.
    pub fn varnish() -> Self {
        Self {
            name: "varnish".to_owned(),
            removed_from_requests: names(&["Keep-Alive", "TE", "Trailer", "Upgrade"]),
            removed_from_responses: names(&["Keep-Alive", "TE", "Trailer", "Upgrade"]),
            honours_proxy_connection: false,
            says_to_servers: SaysConnection::Never,
            buffers_requests: false,
            via_in_requests: ViaVersion::NoVia,
            via_in_responses: ViaVersion::Own,
            via_comment: Some("(Varnish/7.1)".to_owned()),
            added_to_requests: vec![("X-Forwarded-For".to_owned(), AddedValue::ClientAddress)],
            added_to_responses: vec![fixed("Age", "0")],
            ..Self::by_the_book()
        }
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn fixed(name: &str, value: &str) -> (String, AddedValue) {
    (name.to_owned(), AddedValue::Fixed(value.to_owned()))
}

#[cfg(test)]
#[path = "proxies_tests.rs"]
mod tests;
