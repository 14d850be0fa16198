//! Addresses: the endpoint of a connection and the four values that name it.

use core::fmt;
use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

/// One end of a connection: an IPv4 address and a port. RFC 9293 calls it a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Endpoint {
    /// IPv4 address.
    pub address: Ipv4Addr,
    /// Port number.
    pub port: u16,
}

/// The four values that identify a connection, from one side.
///
/// Source: RFC 9293 section 3.3.1 (a connection is named by its pair of sockets).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FourTuple {
    /// This side.
    pub local: Endpoint,
    /// The other side.
    pub remote: Endpoint,
}

impl Endpoint {
    /// The endpoint `address:port`.
    pub const fn new(address: Ipv4Addr, port: u16) -> Self {
        Self { address, port }
    }
}

impl FourTuple {
    /// The same connection from the other side.
    pub const fn reversed(self) -> Self {
        Self { local: self.remote, remote: self.local }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.address, self.port)
    }
}

impl fmt::Display for FourTuple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} > {}", self.local, self.remote)
    }
}
