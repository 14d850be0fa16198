//! The machine of a node, as its role sees it while it handles an input.

use core::net::Ipv4Addr;

use super::engine::Engine;
use crate::event::Event;
use crate::node::{Host, RoleTimer};
use crate::rule::Rule;
use crate::tcp::{Call, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::wire::Endpoint;

/// A node, as its role sees it while it handles an input.
pub(super) struct NodeHost<'e, 'a> {
    pub engine: &'e mut Engine<'a>,
    pub node: usize,
}

impl Host for NodeHost<'_, '_> {
    fn now(&self) -> Instant {
        self.engine.now
    }

    fn call(&mut self, socket: Option<SocketId>, call: Call) -> Returned {
        self.engine.call(self.node, socket, call)
    }

    fn set_timer(&mut self, timer: RoleTimer, after: Duration, rule: Rule) {
        let expires_at = self.engine.now + after;
        let event = Event::TimerStarted { socket: timer.socket, purpose: timer.purpose, expires_at };
        let entry = self.engine.record(self.node, event, rule);
        self.engine.nodes[self.node].timers.insert(timer, (expires_at, entry));
    }

    fn stop_timer(&mut self, timer: RoleTimer, rule: Rule) {
        if self.engine.nodes[self.node].timers.remove(&timer).is_some() {
            let event = Event::TimerStopped { socket: timer.socket, purpose: timer.purpose };
            self.engine.record(self.node, event, rule);
        }
    }

    fn record(&mut self, event: Event, rule: Rule) {
        // What follows a decision follows from it; a belief or a wait leads to nothing by itself.
        let leads_on = matches!(
            event,
            Event::RequestReceived { .. }
                | Event::ResponseReceived { .. }
                | Event::MessageCompleted { .. }
                | Event::MessageRejected { .. }
                | Event::PersistenceDecided { .. }
                | Event::HeadersRewritten { .. }
                | Event::RetryDecided { .. }
                | Event::UserAsked { .. }
                | Event::UserAnswered { .. }
                | Event::EffectCaused { .. }
                | Event::CacheUsed { .. }
        );
        let entry = self.engine.record(self.node, event, rule);
        if leads_on {
            self.engine.cause = Some(entry);
        }
    }

    fn resolve(&self, name: &str) -> Option<Ipv4Addr> {
        self.engine.scenario.nodes.iter().find(|node| node.name == name).map(|node| node.address)
    }

    fn remote(&self, socket: SocketId) -> Option<Endpoint> {
        let stack = &self.engine.nodes[self.node].stack;
        stack.connection(socket).map(|connection| connection.tuple().remote)
    }

    fn written(&self, socket: SocketId) -> u64 {
        let stack = &self.engine.nodes[self.node].stack;
        stack.connection(socket).map_or(0, |connection| connection.written())
    }
}
