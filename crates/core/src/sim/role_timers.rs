//! The timers of a node's application, soonest first.

use crate::event::Waiting;
use crate::node::RoleTimer;
use crate::rule::Rule;
use crate::time::Instant;

#[derive(Debug)]
struct Running {
    expires_at: Instant,
    /// The timer's name as a number: hundreds may run, and are looked through.
    key: u64,
    timer: RoleTimer,
    /// The entry that started it, and why.
    set: u32,
    rule: Rule,
}

/// The timers that run, the last to expire first, so that the soonest is taken from the end.
#[derive(Debug, Default)]
pub struct RoleTimers {
    running: Vec<Running>,
}

/// A distinct number for each timer: those without a connection first, then by connection, then by purpose.
fn key(timer: RoleTimer) -> u64 {
    timer.socket.map_or(0, |socket| u64::from(socket.0) + 1) << 8 | timer.purpose as u64
}

impl RoleTimers {
    /// Starts a timer, or starts it again.
    pub fn start(&mut self, timer: RoleTimer, expires_at: Instant, set: u32, rule: Rule) {
        self.stop(timer);
        // Among those that expire together, the order is that of their names.
        let key = key(timer);
        let place = self.running.partition_point(|other| (other.expires_at, other.key) > (expires_at, key));
        self.running.insert(place, Running { expires_at, key, timer, set, rule });
    }

    /// Stops a timer; whether it ran.
    pub fn stop(&mut self, timer: RoleTimer) -> bool {
        let key = key(timer);
        let found = self.running.iter().position(|other| other.key == key);
        if let Some(place) = found {
            self.running.remove(place);
        }
        found.is_some()
    }

    /// When the next one expires.
    pub fn next(&self) -> Option<Instant> {
        self.running.last().map(|running| running.expires_at)
    }

    /// Takes one that has expired by `now`, the entry that started it, and the rule by which it expires.
    pub fn take_expired(&mut self, now: Instant) -> Option<(RoleTimer, u32, Rule)> {
        let expired = self.running.pop_if(|running| running.expires_at <= now)?;
        // What the timer waited for has not come in time.
        let rule = match expired.timer.purpose {
            Waiting::Address => Rule::DhcpRetry,
            Waiting::NameAnswer => Rule::DnsRetry,
            Waiting::Echo => Rule::EchoTimeout,
            Waiting::FreeConnection => Rule::QueueTimeout,
            _ => expired.rule,
        };
        Some((expired.timer, expired.set, rule))
    }
}
