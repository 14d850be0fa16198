//! A running timer.

use playground_core::event::Waiting;
use playground_core::tcp::Timer;
use playground_core::time::{Duration, Instant};

use crate::word_keys::{application_timer_key, timer_key};

/// Whose timer, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// The TCP stack's.
    Tcp(Timer),
    /// The application's, by what it waits for.
    Application(Waiting),
}

/// A running timer, drawn as a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerView {
    /// Which.
    pub kind: TimerKind,
    /// When it was set.
    pub set_at: Instant,
    /// When it expires.
    pub expires_at: Instant,
}

impl TimerView {
    /// The time left at `at`.
    pub fn remaining(&self, at: Instant) -> Duration {
        self.expires_at.since(at)
    }

    /// The part of it that is left at `at`: 1 when just set, 0 when it expires.
    pub fn fraction(&self, at: Instant) -> f64 {
        let whole = self.expires_at.since(self.set_at).as_micros();
        if whole == 0 { 0.0 } else { (self.remaining(at).as_micros() as f64 / whole as f64).clamp(0.0, 1.0) }
    }

    /// The stable key: `timer-time-wait`, `timer-waiting-request`.
    pub const fn key(&self) -> &'static str {
        match self.kind {
            TimerKind::Tcp(timer) => timer_key(timer),
            TimerKind::Application(waiting) => application_timer_key(waiting),
        }
    }
}
