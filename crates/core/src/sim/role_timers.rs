//! The timers of a node's application, soonest first.

use crate::node::RoleTimer;
use crate::time::Instant;

#[derive(Debug)]
struct Running {
    expires_at: Instant,
    timer: RoleTimer,
    /// The entry that started it.
    set: u32,
}

/// The timers that run, the last to expire first, so that the soonest is taken from the end.
#[derive(Debug, Default)]
pub(super) struct RoleTimers {
    running: Vec<Running>,
}

impl RoleTimers {
    /// Starts a timer, or starts it again.
    pub fn start(&mut self, timer: RoleTimer, expires_at: Instant, set: u32) {
        self.stop(timer);
        // Among those that expire together, the order is that of their names.
        let key = (expires_at, timer);
        let place = self.running.partition_point(|other| (other.expires_at, other.timer) > key);
        self.running.insert(place, Running { expires_at, timer, set });
    }

    /// Stops a timer; whether it ran.
    pub fn stop(&mut self, timer: RoleTimer) -> bool {
        let found = self.running.iter().position(|other| other.timer == timer);
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
