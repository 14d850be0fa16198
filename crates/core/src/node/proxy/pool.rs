//! Connections to the next node that a proxy's clients share: a limit, the idle ones, and a queue of clients.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::reuse::idle_timer;
use super::smart::SmartProxy;
use super::transaction::Upstream;
use crate::event::{Belief, Waiting};
use crate::node::{Host, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::Duration;

/// Settings of a pool of connections to the next node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PoolSpec {
    /// Connections that it has at a time, idle ones included; further requests wait in a queue.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub connections: u32,
    /// How long a request waits in the queue until it is answered 503, in microseconds; 0 is for ever.
    #[serde(default = "five_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub queue_timeout_us: Duration,
}

const fn five_seconds() -> Duration {
    Duration::from_secs(5)
}

impl PoolSpec {
    /// A pool whose queue lasts five seconds.
    pub const fn new(connections: u32) -> Self {
        Self { connections, queue_timeout_us: five_seconds() }
    }

    /// What makes no sense in the settings: the field and the problem.
    pub(super) fn problem(&self) -> Option<(String, Problem)> {
        if self.connections == 0 {
            return Some(("pool.connections".to_owned(), Problem::not_zero()));
        }
        (self.queue_timeout_us > Duration::from_secs(3_600))
            .then(|| ("pool.queue_timeout_us".to_owned(), Problem::micros_at_most(3_600_000_000, 3_600)))
    }
}

/// The connections that no client uses, and the clients that wait for one. Empty where there is no pool.
#[derive(Debug, Default)]
pub(super) struct Pool {
    /// The one that was used last is at the end, and is the next to be used.
    idle: Vec<Upstream>,
    waiting: VecDeque<SocketId>,
}

impl Pool {
    pub(super) fn has_idle(&self, server: SocketId) -> bool {
        self.idle.iter().any(|upstream| upstream.socket == server)
    }
}

const fn queue_timer(client: SocketId) -> RoleTimer {
    RoleTimer { socket: Some(client), purpose: Waiting::FreeConnection }
}

impl SmartProxy {
    /// Whether a client's next request has a connection of the pool, or may open one. If not, it waits in the queue.
    pub(super) fn has_turn(&mut self, client: SocketId, is_retry: bool, host: &mut dyn Host) -> bool {
        let Some(spec) = self.spec.pool else { return true };
        if self.upstream(client).is_some_and(|upstream| upstream.usable) {
            return true;
        }
        let is_first = self.pool.waiting.front().is_none_or(|first| *first == client);
        if !is_first || !self.has_free_connection(spec) {
            if !self.pool.waiting.contains(&client) {
                self.pool.waiting.push_back(client);
                host.wait_for(client, Waiting::FreeConnection, Rule::PoolFull);
                if !spec.queue_timeout_us.is_zero() {
                    host.set_timer(queue_timer(client), spec.queue_timeout_us, Rule::PoolFull);
                }
            }
            return false;
        }
        self.leave_queue(client, Rule::SharedConnection, host);
        if is_retry {
            // An idle connection may have met the same end: a fresh one takes its place.
            if self.owners.len() + self.pool.idle.len() >= spec.connections as usize
                && let Some(oldest) = self.pool.idle.first()
            {
                self.close_idle(oldest.socket, Rule::ReusedConnectionLost, host);
            }
        } else if let Some(upstream) = self.pool.idle.pop() {
            host.stop_timer(idle_timer(upstream.socket), Rule::SharedConnection);
            host.believe(upstream.socket, Belief::Persists, Rule::SharedConnection);
            self.owners.insert(upstream.socket, client);
            if let Some(client) = self.clients.get_mut(&client) {
                client.upstream = Some(upstream);
            }
        }
        true
    }

    fn has_free_connection(&self, spec: PoolSpec) -> bool {
        !self.pool.idle.is_empty() || self.owners.len() < spec.connections as usize
    }

    /// Takes a client out of the queue: it has its turn, or is over.
    pub(super) fn leave_queue(&mut self, client: SocketId, rule: Rule, host: &mut dyn Host) {
        if let Some(place) = self.pool.waiting.iter().position(|other| *other == client) {
            self.pool.waiting.remove(place);
            host.stop_timer(queue_timer(client), rule);
        }
    }

    /// The clients that have waited longest take the connections that are free.
    pub(super) fn serve_queue(&mut self, host: &mut dyn Host) {
        let Some(spec) = self.spec.pool else { return };
        while let Some(client) = self.pool.waiting.front().copied()
            && self.has_free_connection(spec)
        {
            if self.begin(client, host) {
                self.flush_client(client, host);
            }
            // An answer out of the cache needs no connection.
            self.leave_queue(client, Rule::SharedConnection, host);
        }
    }

    /// A client's request has waited for too long.
    pub(super) fn queue_timed_out(&mut self, client: SocketId, host: &mut dyn Host) {
        self.leave_queue(client, Rule::QueueTimeout, host);
        let text = "no connection to the server came free in time\n";
        self.answer_itself(client, 503, text, Rule::QueueTimeout, host);
    }

    /// A client is done with its connection: it is free for any of them, or closed.
    pub(super) fn give_to_pool(&mut self, client: SocketId, host: &mut dyn Host) {
        if !self.upstream(client).is_some_and(|upstream| upstream.usable) {
            return self.drop_upstream(client, Rule::ConnectionClose, host);
        }
        if let Some(upstream) = self.clients.get_mut(&client).and_then(|client| client.upstream.take()) {
            self.owners.remove(&upstream.socket);
            self.pool.idle.push(upstream);
        }
    }

    /// Closes a connection that no client uses.
    pub(super) fn close_idle(&mut self, server: SocketId, rule: Rule, host: &mut dyn Host) {
        if self.pool.has_idle(server) {
            self.pool.idle.retain(|upstream| upstream.socket != server);
            host.stop_timer(idle_timer(server), rule);
            host.finish(server, rule);
        }
    }
}
