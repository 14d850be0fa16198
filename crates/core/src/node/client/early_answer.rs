//! A client whose request is answered before it is sent: it sends on, stops, or does not look.

use serde::{Deserialize, Serialize};

use super::client::Client;
use crate::event::ApplicationError;
use crate::http::Persistence;
use crate::node::Host;
use crate::rule::Rule;
use crate::tcp::{CallError, SocketId};

/// What a client does about responses while it still sends a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WhileSending {
    /// It reads them, and sends the rest all the same.
    #[default]
    Reads,
    /// It stops sending and closes when the response ends the connection. RFC 9112 section 9.5.
    Stops,
    /// It reads nothing until the whole request is written, as a program of blocking calls.
    ReadsAfterwards,
}

impl Client {
    /// Whether it is still writing a request and reads nothing meanwhile.
    pub(super) fn is_writing_blindly(&mut self, socket: SocketId) -> bool {
        self.spec.while_sending == WhileSending::ReadsAfterwards
            && self.connection_mut(socket).is_some_and(|connection| !connection.unsent.is_empty())
    }

    /// The connection failed. A program that is writing learns of it from its write, any other by reading.
    pub(super) fn failed(&mut self, socket: SocketId, error: CallError, host: &mut dyn Host) {
        if self.is_writing_blindly(socket) {
            self.lost(socket, error, host);
        } else {
            self.readable(socket, host);
        }
    }

    /// A request is answered. If the rest of it is not sent and the response ends the connection, a client that
    /// watches stops here.
    ///
    /// Shape: whether it closed the connection.
    pub(super) fn stops_sending(
        &mut self,
        socket: SocketId,
        index: usize,
        conclusion: Persistence,
        host: &mut dyn Host,
    ) -> bool {
        if self.spec.while_sending != WhileSending::Stops || conclusion.persists {
            return false;
        }
        let Some(connection) = self.connection_mut(socket) else { return false };
        if connection.unsent.front().is_none_or(|(of, _)| !of.contains(&index)) {
            return false;
        }
        connection.unsent.clear();
        self.lose_outstanding(socket, ApplicationError::ClosedBeforeResponse.into(), host);
        self.close(socket, Rule::EarlyAnswer, host);
        true
    }
}
