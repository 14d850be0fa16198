//! What a role waits for.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// What a role waits for on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Waiting {
    /// Nothing.
    Nothing,
    /// The connection to open.
    Connection,
    /// The response.
    Response,
    /// The next request.
    Request,
    /// The rest of a request.
    RestOfRequest,
    /// The rest of a response.
    RestOfResponse,
    /// The TLS handshake.
    TlsHandshake,
    /// ACKs of the last response, before the next request.
    ResponseSent,
    /// The peer to close.
    PeerClose,
    /// The server behind to close (a blind relay).
    ServerClose,
    /// Its own processing.
    Processing,
    /// Its user: the application is busy elsewhere and does not read.
    Reading,
    /// The moment to send the next request.
    NextRequest,
    /// Its own idle time-out.
    IdleTimeout,
    /// Its user's answer to a question.
    UserAnswer,
    /// A connection to the next node that is free.
    FreeConnection,
    /// An address from a DHCP server.
    Address,
    /// A name server's answer.
    NameAnswer,
    /// An echo reply.
    Echo,
    /// An ARP reply of a neighbour on the link.
    Neighbour,
    /// The moment when the program ends, begins again, or tries again to begin.
    Restart,
    /// Octets for the other end of a tunnel, or its end.
    TunnelOctets,
}
