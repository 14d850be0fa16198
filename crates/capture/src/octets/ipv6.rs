//! The IPv6 header and the extension headers before a segment.

use core::net::Ipv6Addr;

use super::parse::{Outline, PROTOCOL_TCP, u16_at};
use super::{ParseError, Problem};

/// Octets of an IPv6 header.
const HEADER_LEN: usize = 40;
/// Extension headers with a length of their own: hop-by-hop options, routing, destination options.
const EXTENSIONS: [u8; 3] = [0, 43, 60];
const FRAGMENT: u8 = 44;

/// Finds the boundaries of the segment in an IPv6 datagram.
///
/// # Errors
///
/// A truncated or impossible length, a fragment, another protocol than TCP.
///
/// Source: RFC 8200 sections 3 and 4.
pub(super) fn outline(octets: &[u8]) -> Result<Outline, ParseError> {
    let error = |offset, problem| Err(ParseError { offset, problem });
    let truncated = |needed| error(octets.len(), Problem::Truncated { needed, found: octets.len() });
    if octets.len() < HEADER_LEN {
        return truncated(HEADER_LEN);
    }
    let end = HEADER_LEN + usize::from(u16_at(octets, 4));
    if octets.len() < end {
        return truncated(end);
    }
    let (mut next, mut at) = (octets[6], HEADER_LEN);
    while EXTENSIONS.contains(&next) {
        if at + 8 > end {
            return error(4, Problem::TotalLength { octets: end, headers: at + 8 });
        }
        next = octets[at];
        at += 8 + usize::from(octets[at + 1]) * 8;
        if at > end {
            return error(4, Problem::TotalLength { octets: end, headers: at });
        }
    }
    match next {
        PROTOCOL_TCP => Outline::of_tcp(octets, at, end),
        FRAGMENT => error(at, Problem::Fragment),
        protocol => error(6, Problem::Protocol { protocol }),
    }
}

/// Source and destination of a datagram with a whole header.
pub(super) fn addresses(octets: &[u8]) -> (Ipv6Addr, Ipv6Addr) {
    let at = |start: usize| {
        let mut address = [0; 16];
        address.copy_from_slice(&octets[start..start + 16]);
        Ipv6Addr::from(address)
    };
    (at(8), at(24))
}
