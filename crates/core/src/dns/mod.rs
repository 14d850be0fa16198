//! DNS messages as octets: one question for an address, and its answers. RFC 1035 section 4.

mod message;
mod name;

pub use message::{DnsMessage, DnsRecord, ResponseCode};
pub use name::is_domain_name;

/// The port of a name server. RFC 1035 section 4.2.1.
pub const DNS_PORT: u16 = 53;
