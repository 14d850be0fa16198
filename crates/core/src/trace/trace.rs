//! The trace of a run: immutable and complete, with snapshots for seeking.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use core::net::Ipv4Addr;

use super::World;
use crate::event::{Entry, Event, NodeId};
use crate::problem::Problem;
use crate::scenario::{Moment, Scenario, ScenarioError};
use crate::time::Instant;

/// Entries between snapshots: a seek replays fewer than this.
const SNAPSHOT_SPACING: u32 = 256;
/// A long trace has wider spacing instead of more snapshots than this.
const SNAPSHOTS_AT_MOST: u32 = 512;

/// Everything that happened in a run: entries in order, `entries[n].index == n`, with times that never decrease.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    /// The scenario that was run.
    pub scenario: Rc<Scenario>,
    /// The events.
    pub entries: Vec<Entry>,
    /// Set when a limit of the scenario ended the run before it was over.
    pub stopped_by: Option<StoppedBy>,
    /// Whether later entries of the run were cut off.
    #[serde(skip)]
    is_cut: bool,
    #[serde(skip)]
    ordinals: Vec<u32>,
    #[serde(skip)]
    spacing: u32,
    #[serde(skip)]
    snapshots: Vec<World>,
}

/// The limit that ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoppedBy {
    /// Entries in the trace.
    Entries,
    /// Connections opened.
    Connections,
    /// Octets written by applications.
    Octets,
    /// Simulated time.
    Time,
}

impl Trace {
    /// Takes the entries of a finished run and makes the snapshots.
    ///
    /// `ordinals` has one item per entry: the ordinal of its scheduled event among those of its microsecond, from 1.
    pub(crate) fn new(
        scenario: Rc<Scenario>,
        entries: Vec<Entry>,
        ordinals: Vec<u32>,
        stopped_by: Option<StoppedBy>,
    ) -> Self {
        let spacing = SNAPSHOT_SPACING.max(entries.len() as u32 / SNAPSHOTS_AT_MOST);
        let snapshots = snapshots(&scenario, &entries, spacing);
        Self { scenario, entries, is_cut: false, ordinals, stopped_by, spacing, snapshots }
    }

    /// The trace of what was seen to happen elsewhere than in a simulation: entries in order, numbered from 0, each with
    /// a cause before itself.
    pub fn recorded(scenario: Rc<Scenario>, entries: Vec<Entry>, stopped_by: Option<StoppedBy>) -> Self {
        let ordinals = vec![1; entries.len()];
        Self::new(scenario, entries, ordinals, stopped_by)
    }

    /// The trace cut off after its first `index` entries, as if the run had come no further; its scenario is whole.
    ///
    /// An index beyond the end cuts nothing off.
    #[must_use]
    pub fn until(&self, index: u32) -> Self {
        let count = (index as usize).min(self.entries.len());
        let kept = self.snapshots.partition_point(|world| world.applied as usize <= count);
        Self {
            scenario: Rc::clone(&self.scenario),
            entries: self.entries[..count].to_vec(),
            is_cut: self.is_cut || count < self.entries.len(),
            ordinals: self.ordinals[..count].to_vec(),
            // A limit ends a run where it ends, not before.
            stopped_by: self.stopped_by.filter(|_| count == self.entries.len()),
            spacing: self.spacing,
            snapshots: self.snapshots[..kept].to_vec(),
        }
    }

    /// The trace in which the events that match are [`Event::Withheld`], for a question that asks for them.
    ///
    /// Entries keep their places and their causes; the world is as if nothing had happened in them.
    #[must_use]
    pub fn withholding(mut self, matches: impl Fn(&Entry) -> bool) -> Self {
        let mut any = false;
        for entry in &mut self.entries {
            if matches(entry) {
                entry.event = Event::Withheld;
                any = true;
            }
        }
        if any {
            self.snapshots = snapshots(&self.scenario, &self.entries, self.spacing);
        }
        self
    }

    /// Whether the run goes on after the last entry: what has not happened may still happen.
    pub const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The limit that stopped the run, as a problem with its field in the scenario.
    pub fn cut_short(&self) -> Option<ScenarioError> {
        let limits = &self.scenario.limits;
        let (field, most) = match self.stopped_by? {
            StoppedBy::Entries => ("limits.entries", limits.entries.into()),
            StoppedBy::Connections => ("limits.connections", limits.connections.into()),
            StoppedBy::Octets => ("limits.octets", limits.octets),
            StoppedBy::Time => ("limits.time_us", limits.time_us.as_micros()),
        };
        Some(ScenarioError { field: field.to_owned(), problem: Problem::run_stopped(most) })
    }

    /// The world after the first `applied` entries (at most all): the nearest snapshot before, and the rest replayed.
    pub fn world_after(&self, applied: u32) -> World {
        let applied = applied.min(self.entries.len() as u32);
        let mut world = self.snapshots[(applied / self.spacing) as usize].clone();
        for entry in &self.entries[world.applied as usize..applied as usize] {
            world.apply(entry);
        }
        world
    }

    /// The moment at which the first `applied` entries have been written and the clock shows `at`, for an intervention
    /// that changes none of them.
    pub fn moment_after(&self, applied: u32, at: Instant) -> Moment {
        let last = applied.min(self.entries.len() as u32).checked_sub(1).map(|last| last as usize);
        match last {
            Some(last) if self.entries[last].at == at => Moment { at_us: at, nth: self.ordinals[last] },
            _ => Moment::start_of(at),
        }
    }

    /// The number of entries up to and including `at`.
    pub fn applied_by(&self, at: Instant) -> u32 {
        self.entries.partition_point(|entry| entry.at <= at) as u32
    }

    /// The node that has this address, by the scenario or by DHCP.
    pub fn owner(&self, address: Ipv4Addr) -> Option<NodeId> {
        if address.is_unspecified() || address.is_broadcast() {
            return None;
        }
        let fixed = self.scenario.nodes.iter().position(|node| node.address == address);
        fixed.map(|place| NodeId(place as u16)).or_else(|| {
            let given = |entry: &&Entry| {
                matches!(&entry.event, Event::AddressObtained { address: given, .. } if *given == address)
            };
            // Addresses are asked for at the beginning.
            self.entries.iter().find(given).map(|entry| entry.node)
        })
    }

    /// The time of the last entry.
    pub fn end(&self) -> Instant {
        self.entries.last().map_or(Instant::ZERO, |entry| entry.at)
    }

    /// The chain of causes of an entry, itself first, the scenario's own beginning last.
    pub fn causes(&self, index: u32) -> Vec<&Entry> {
        let mut chain = Vec::new();
        let mut next = self.entries.get(index as usize);
        while let Some(entry) = next {
            chain.push(entry);
            // A cause always stands before its effect, so the walk ends.
            next =
                entry.cause.filter(|cause| *cause < entry.index).map(|cause| &self.entries[cause as usize]);
        }
        chain
    }
}

/// The world at the start and after every so many entries.
fn snapshots(scenario: &Scenario, entries: &[Entry], spacing: u32) -> Vec<World> {
    let mut world = World::new(scenario.nodes.len());
    let mut snapshots = vec![world.clone()];
    for entry in entries {
        world.apply(entry);
        if world.applied.is_multiple_of(spacing) {
            snapshots.push(world.clone());
        }
    }
    snapshots
}
