//! Where the entries of a run go: into a trace, or into a tally that keeps none of them.

use crate::event::Entry;
use crate::trace::Tally;

/// Takes the entries of a run, in order.
pub(super) enum Recorder {
    /// Keeps all, and for each the ordinal of its scheduled event among those of its microsecond.
    Keeps { entries: Vec<Entry>, ordinals: Vec<u32> },
    /// Counts, and keeps none.
    Counts(Tally),
}
