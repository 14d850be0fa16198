//! An HTTP message in a stream of octets.

use core::ops::Range;
use std::rc::Rc;

use crate::SocketKey;

/// Which kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// A request.
    Request,
    /// A response.
    Response,
    /// A record of TLS.
    Tls,
    /// Octets that are no HTTP message, or the rest of one that could not be understood.
    Opaque,
}

/// Names a message: the socket whose output carries it, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageRef {
    /// The sending socket.
    pub stream: SocketKey,
    /// Its place in that stream, from 0.
    pub index: u32,
}

/// A message, by the octets it takes up in its sender's output.
///
/// Units: octets from 0, the first after the SYN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageLabel {
    /// `GET /b`, `200 /a`, `400`; empty for octets that are no message.
    pub short: Rc<str>,
    /// Kind.
    pub kind: MessageKind,
    /// `GET /b HTTP/1.0`; empty for octets that are no message.
    pub start_line: Rc<str>,
    /// All its octets.
    pub range: Range<u64>,
    /// The octets of its head, the empty line included.
    pub head: Range<u64>,
    /// Whether its end is known; false while the sender may still add to it.
    pub complete: bool,
    /// The significant token of Connection (`Keep-Alive`, `close`) or Proxy-Connection, as written.
    pub connection_token: Option<Rc<str>>,
    /// Whether that token stands in Proxy-Connection.
    pub token_for_proxy: bool,
    /// For a response: the request it answers.
    pub request_of: Option<MessageRef>,
}
