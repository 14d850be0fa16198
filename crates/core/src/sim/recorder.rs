//! Where the entries of a run go: into a trace, or into a tally that keeps none of them.

use crate::event::Entry;
use crate::trace::Tally;

/// Takes the entries of a run, in order.
pub(super) enum Recorder {
    /// Keeps all.
    Keeps(Vec<Entry>),
    /// Counts, and keeps none.
    Counts(Tally),
}
