//! DHCP messages as octets: discover, offer, request, ack. RFC 2131 section 2, options of RFC 2132.

mod message;

pub use message::{DhcpKind, DhcpMessage};

/// The server's port. RFC 2131 section 4.1.
pub const DHCP_SERVER_PORT: u16 = 67;
/// The client's port. RFC 2131 section 4.1.
pub const DHCP_CLIENT_PORT: u16 = 68;
