//! The timers of a node's application, soonest first.

use crate::node::RoleTimer;
use crate::time::Instant;

#[derive(Debug)]
struct Running {
    expires_at: Instant,
    /// The timer's name as a number: hundreds may run, and are looked through.
    key: u64,
    timer: RoleTimer,
    /// The entry that started it.
    set: u32,
}

/// The timers that run, the last to expire first, so that the soonest is taken from the end.
#[derive(Debug, Default)]
pub(super) struct RoleTimers {
    running: Vec<Running>,
}

/// A distinct number for each timer: those without a connection first, then by connection, then by purpose.
fn key(timer: RoleTimer) -> u64 {
    timer.socket.map_or(0, |socket| u64::from(socket.0) + 1) << 8 | timer.purpose as u64
}

impl RoleTimers {
    /// Starts a timer, or starts it again.
    pub fn start(&mut self, timer: RoleTimer, expires_at: Instant, set: u32) {
        self.stop(timer);
        // Among those that expire together, the order is that of their names.
        let key = key(timer);
        let place = self.running.partition_point(|other| (other.expires_at, other.key) > (expires_at, key));
        self.running.insert(place, Running { expires_at, key, timer, set });
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

    /// Takes one that has expired by `now`, and the entry that started it.
    pub fn take_expired(&mut self, now: Instant) -> Option<(RoleTimer, u32)> {
        let expired = self.running.pop_if(|running| running.expires_at <= now)?;
        Some((expired.timer, expired.set))
    }
}
