//! An origin server that answers before the request's body has come: 413 by a limit of the body.

use super::server::OriginServer;
use crate::http::BodyLength;
use crate::node::Host;
use crate::rule::Rule;
use crate::tcp::SocketId;

/// Whether a body of this length is longer than the limit; a limit of 0 is none.
pub(super) fn exceeds(limit: u32, length: BodyLength) -> bool {
    limit > 0 && matches!(length, BodyLength::Exactly(octets) if octets > u64::from(limit))
}

impl OriginServer {
    /// Answers 413, once the requests before it are answered (RFC 9112 section 9.3.2), and ends.
    ///
    /// Source: RFC 9110 section 15.5.14, RFC 9112 section 9.6.
    pub(super) fn refuse_too_long(&mut self, socket: SocketId, host: &mut dyn Host) {
        let by = self.spec.early_close;
        let Some(connection) =
            self.connections.get_mut(&socket).filter(|connection| !connection.is_working())
        else {
            return;
        };
        connection.ending_by = by;
        let text = format!("a body of at most {} octets is taken\n", self.spec.body_limit);
        self.refuse(socket, 413, text, Rule::ContentTooLarge, host);
    }
}
