//! Where the entries of a run go: into a trace, or into a tally that keeps none of them.

use crate::event::Entry;
use crate::trace::Tally;

/// Takes the entries of a run, in order.
pub(super) trait Recorder {
    /// Takes the next entry.
    fn record(&mut self, entry: Entry);
}

/// Keeps all.
impl Recorder for Vec<Entry> {
    fn record(&mut self, entry: Entry) {
        self.push(entry);
    }
}

/// Counts, and keeps none.
impl Recorder for Tally {
    fn record(&mut self, entry: Entry) {
        self.apply(&entry);
    }
}
