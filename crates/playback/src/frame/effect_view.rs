//! The counter of a resource: what requests did to it.

use playground_core::event::Event;
use playground_core::time::Instant;
use playground_core::trace::Trace;

/// The effects of requests with unsafe methods on a resource so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectView {
    /// The method of the last of them.
    pub method: String,
    /// The resource's path.
    pub path: String,
    /// How many were carried out.
    pub executed: u32,
    /// The resource's current value.
    pub holds: u32,
    /// When the last was carried out.
    pub at: Instant,
    /// Its entry.
    pub entry: u32,
}

impl EffectView {
    /// The counter after an entry that moved it; none for any other entry.
    pub(super) fn of(trace: &Trace, index: u32) -> Option<Self> {
        let entry = trace.entries.get(index as usize)?;
        let Event::EffectCaused { method, path, executed, holds, .. } = &entry.event else { return None };
        Some(Self {
            method: method.clone(),
            path: path.clone(),
            executed: *executed,
            holds: *holds,
            at: entry.at,
            entry: index,
        })
    }
}
