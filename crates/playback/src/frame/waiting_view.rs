//! The event a role waits for on a connection.

use playground_core::event::Waiting;
use playground_core::time::{Duration, Instant};

use crate::word_keys::waiting_key;

/// A wait: the hourglass on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// What it waits for; never `Nothing`.
    pub what: Waiting,
    /// Since when.
    pub since: Instant,
}

impl WaitingView {
    /// How long it has lasted at `at`.
    pub fn lasted(&self, at: Instant) -> Duration {
        at.since(self.since)
    }

    /// The stable key: `waiting-response`.
    pub const fn key(&self) -> &'static str {
        waiting_key(self.what)
    }
}
