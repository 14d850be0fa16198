//! What the tests share: two stacks over a link that jumps to the next deadline, segment templates, and
//! builders of scenarios.
#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]

pub mod capture;
pub mod determinism;
pub mod pair;
pub mod scenes;
pub mod segments;
pub mod states;
pub mod wire;

pub use pair::Pair;
pub use segments::{ack, bare as bare_segment, data, fin, rst, syn, syn_ack_flags};
pub use wire::{End, Fate, Wire};

use playground_core::time::Duration;

/// So many milliseconds.
pub const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// So many seconds.
pub const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
