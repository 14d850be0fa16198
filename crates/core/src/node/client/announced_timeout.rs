//! A client that honours `Keep-Alive: timeout=`: it gives an idle connection up before the server closes it.

use serde::{Deserialize, Serialize};

use super::client::Client;
use crate::event::Waiting;
use crate::http::{KeepAliveParams, ResponseHead};
use crate::node::{Host, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// What a client does about the idle time that a server announces in `Keep-Alive: timeout=`.
///
/// Source: HTTP: The Definitive Guide section 4.5.4; RFC 9112 section 9.5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AnnouncedTimeout {
    /// Nothing: it uses a connection until the server's FIN.
    #[default]
    Ignored,
    /// It checks before the next request: a connection that is too old is closed and not used again.
    NotReused,
    /// It closes an idle connection by a timer.
    Closes,
}

const fn idle_timer(socket: SocketId) -> RoleTimer {
    RoleTimer { socket: Some(socket), purpose: Waiting::IdleTimeout }
}

impl Client {
    /// A response is whole. If the connection is now idle, notes until when it may be used.
    pub(super) fn note_announced_timeout(
        &mut self,
        socket: SocketId,
        response: &ResponseHead,
        host: &mut dyn Host,
    ) {
        let honours = self.spec.announced_timeout;
        let Some(connection) = self.connection.as_mut().filter(|connection| connection.socket == socket)
        else {
            return;
        };
        if honours == AnnouncedTimeout::Ignored || !connection.usable || !connection.outstanding.is_empty() {
            return;
        }
        let announced =
            response.headers.get("Keep-Alive").and_then(|value| KeepAliveParams::parse(value).timeout);
        let Some(announced) = announced else { return };
        let usable_for = announced.saturating_sub(self.spec.announced_margin_us);
        connection.usable_until = Some(host.now() + usable_for);
        if honours == AnnouncedTimeout::Closes {
            host.set_timer(idle_timer(socket), usable_for, Rule::AnnouncedTimeout);
        }
    }

    /// A request goes out on the connection: it is no longer idle.
    pub(super) fn leave_idle(&mut self, host: &mut dyn Host) {
        if let Some(connection) = &mut self.connection
            && connection.usable_until.take().is_some()
        {
            host.stop_timer(idle_timer(connection.socket), Rule::NextRequest);
        }
    }

    /// Closes the connection if it has been idle for too long to carry another request.
    pub(super) fn close_outdated(&mut self, host: &mut dyn Host) {
        if let Some(connection) = &self.connection
            && connection.usable_until.is_some_and(|until| until <= host.now())
        {
            self.close(connection.socket, Rule::AnnouncedTimeout, host);
        }
    }
}
