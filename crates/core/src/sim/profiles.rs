//! A node's profile: the named one with the scenario's changes.

use crate::scenario::StackSpec;
use crate::tcp::{KeepaliveTimes, Profile};

/// A profile with a scenario's changes.
pub(super) fn adapted(mut profile: Profile, stack: &StackSpec) -> Profile {
    if let Some(value) = stack.max_segment_size {
        profile.max_segment_size = value;
    }
    if let Some(value) = stack.initial_window {
        profile.initial_window = value;
    }
    if let Some(value) = stack.delayed_ack_us {
        profile.delayed_ack = value;
    }
    if let Some(value) = stack.nagle {
        profile.nagle = value;
    }
    if let Some(value) = stack.max_segment_lifetime_us {
        profile.max_segment_lifetime = value;
    }
    if let Some(value) = stack.receive_buffer {
        profile.receive_buffer = value;
    }
    if let Some(value) = stack.send_buffer {
        profile.send_buffer = value;
    }
    if let Some(value) = stack.reuse_address {
        profile.reuse_address = value;
    }
    if let Some(value) = &stack.keepalive {
        profile.keepalive = true;
        let times = profile.keepalive_times;
        profile.keepalive_times = KeepaliveTimes {
            idle: value.idle_us.unwrap_or(times.idle),
            interval: value.interval_us.unwrap_or(times.interval),
            probes: value.probes.unwrap_or(times.probes),
        };
    }
    if let Some(value) = stack.ephemeral_ports {
        profile.ephemeral_ports = value;
    }
    profile
}
