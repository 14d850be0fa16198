//! A request body that waits for `100 Continue`, and for no longer than its timer.

use super::client::Client;
use crate::event::Waiting;
use crate::node::{Host, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;

impl Client {
    /// Sends the body that waited: 100 has come, or has not come in its time.
    ///
    /// Source: RFC 9110 section 10.1.1: "a client that will wait for a 100 (Continue) response before sending the
    /// request content [...] SHOULD NOT wait for an indefinite period".
    pub(super) fn send_body(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(connection) = self.connection_mut(socket) else { return };
        let Some(body) = connection.kept_back.take() else { return };
        connection.unsent.push_back(body);
        let timer = RoleTimer { socket: Some(socket), purpose: Waiting::RestOfRequest };
        host.stop_timer(timer, Rule::ExpectContinue);
        self.flush(socket, host);
    }
}
