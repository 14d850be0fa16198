//! The journal: the entries of a run on real sockets, in order, with their real times.

use std::time::Instant as Clock;

use playground_core::event::{Entry, Event, NodeId};
use playground_core::rule::Rule;
use playground_core::tcp::{Call, Returned};
use playground_core::time::Instant;
use playground_core::trace::StoppedBy;

use crate::limits::{Excess, Limits};

/// Whether the entries are kept for a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// They are told and forgotten.
    Forgets,
    /// They are kept, within the limits.
    Keeps,
}

/// What a run tells as it happens.
#[derive(Clone, Copy, Debug)]
pub enum News<'e> {
    /// An entry.
    Entry(&'e Entry),
    /// The end of a connection for a limit.
    Ended(Excess),
}

/// Who is told.
pub(crate) type Watcher = Box<dyn FnMut(News<'_>)>;

pub(crate) struct Journal {
    began: Clock,
    recording: Recording,
    watcher: Watcher,
    entries: Vec<Entry>,
    /// Entries so far, also those that were not kept.
    count: u32,
    /// Octets in the entries that are kept.
    octets: u64,
    /// The limit that ended the recording.
    pub stopped_by: Option<StoppedBy>,
    /// The cause of the next entry.
    pub cause: Option<u32>,
}

impl Journal {
    pub fn new(recording: Recording, watcher: Watcher) -> Self {
        Self {
            began: Clock::now(),
            recording,
            watcher,
            entries: Vec::new(),
            count: 0,
            octets: 0,
            stopped_by: None,
            cause: None,
        }
    }

    /// The time since the run began.
    pub fn now(&self) -> Instant {
        Instant::from_micros(u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX))
    }

    /// Writes an entry; its place.
    pub fn record(&mut self, node: usize, event: Event, rule: Rule, limits: &Limits) -> u32 {
        let index = self.count;
        self.count = self.count.wrapping_add(1);
        let entry =
            Entry { index, at: self.now(), node: NodeId(node as u16), event, cause: self.cause, rule };
        let octets = octets(&entry.event);
        self.write(entry, octets, limits);
        index
    }

    /// Tells an entry, and keeps it where they are kept, with so many octets that nothing else has.
    pub fn write(&mut self, entry: Entry, octets: u64, limits: &Limits) {
        (self.watcher)(News::Entry(&entry));
        if self.recording == Recording::Keeps && self.stopped_by.is_none() {
            self.octets += octets;
            if self.entries.len() >= limits.entries {
                self.stopped_by = Some(StoppedBy::Entries);
            } else if self.octets > limits.recorded {
                self.stopped_by = Some(StoppedBy::Octets);
            } else {
                self.entries.push(entry);
            }
        }
    }

    /// Tells of a connection that is ended for a limit.
    pub fn ended(&mut self, excess: Excess) {
        (self.watcher)(News::Ended(excess));
    }

    /// The place of the last entry.
    pub const fn last(&self) -> Option<u32> {
        self.count.checked_sub(1)
    }

    /// The entries that were kept.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

fn octets(event: &Event) -> u64 {
    match event {
        Event::CallReturned { call: Call::Send { octets }, .. } => octets.len() as u64,
        Event::CallReturned { returned: Returned::Received { octets }, .. } => octets.len() as u64,
        _ => 0,
    }
}
