//! Connections to the next node that are used again: their idle time, and the race with the server's close.

use serde::{Deserialize, Serialize};

use super::smart::SmartProxy;
use crate::event::{Event, RetryDecision, Waiting};
use crate::node::{Host, RoleTimer};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// What a proxy makes of a client that closes its output before it has its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClientHalfClose {
    /// A half-close: the answer goes to the client all the same.
    #[default]
    GoesOn,
    /// The client has gone: it closes both connections. nginx does so and logs 499.
    GivesUp,
}

/// Expires when a connection to the next node has been idle for too long.
pub(super) const fn idle_timer(server: SocketId) -> RoleTimer {
    RoleTimer { socket: Some(server), purpose: Waiting::IdleTimeout }
}

impl SmartProxy {
    /// Whether this is a connection to the next node.
    pub(super) fn is_server(&self, socket: SocketId) -> bool {
        self.owners.contains_key(&socket) || self.pool.has_idle(socket)
    }

    /// An answer is whole: the connection that it came by goes to the pool, or stays the client's and is idle.
    pub(super) fn release_server(&mut self, client: SocketId, host: &mut dyn Host) {
        let Some(upstream) = self.upstream(client) else { return };
        upstream.reused = true;
        let (server, usable) = (upstream.socket, upstream.usable);
        if self.spec.pool.is_some() {
            self.give_to_pool(client, host);
        }
        if usable && !self.spec.server_idle_timeout_us.is_zero() {
            host.set_timer(idle_timer(server), self.spec.server_idle_timeout_us, Rule::IdleTimeout);
        }
    }

    pub(super) fn server_idle_too_long(&mut self, server: SocketId, host: &mut dyn Host) {
        match self.owners.get(&server).copied() {
            Some(client) => self.drop_upstream(client, Rule::IdleTimeout, host),
            None => self.close_idle(server, Rule::IdleTimeout, host),
        }
    }

    /// The connection to the next node ended before an answer. Where it was a kept one that the server closed while
    /// the request was on its way, the request goes again, once, on a fresh connection.
    ///
    /// Shape: whether it does.
    ///
    /// Source: RFC 9112 section 9.3.1; RFC 9110 section 9.2.2: "A proxy MUST NOT automatically retry non-idempotent
    /// requests."
    pub(super) fn sends_again(&mut self, server: SocketId, host: &mut dyn Host) -> bool {
        let Some(socket) = self.owners.get(&server).copied() else { return false };
        let Some(client) = self.clients.get_mut(&socket) else { return false };
        let (Some(transaction), Some(upstream)) = (&client.transaction, &client.upstream) else {
            return false;
        };
        let is_race = upstream.reused && transaction.sent && !upstream.heard && !transaction.request.is_retry;
        if !self.spec.retries_reused || !is_race {
            return false;
        }
        // A body that was passed on as it came is not here any more.
        let is_kept = !client.streams && !transaction.request.expects_continue();
        let repeats =
            is_kept && transaction.request.head.method.is_idempotent() && upstream.outgoing.is_empty();
        let (decision, rule) = if repeats {
            (RetryDecision::Again, Rule::ReusedConnectionLost)
        } else {
            (RetryDecision::GivesUp, Rule::ProxyDoesNotRepeat)
        };
        host.record(Event::RetryDecided { request: transaction.number, sent: 1, decision }, rule);
        if !repeats {
            return false;
        }
        if let Some(mut transaction) = client.transaction.take() {
            transaction.request.is_retry = true;
            client.queue.push_front(transaction.request);
        }
        self.drop_upstream(socket, Rule::PeerClosed, host);
        if self.begin(socket, host) {
            self.flush_client(socket, host);
        }
        true
    }
}
