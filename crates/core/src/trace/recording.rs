//! Recordings of runs on real sockets, read back. Anybody may have written one, so everything that a trace promises is
//! checked.
//!
//! A recording is a trace as JSON, and has what sockets know: calls, octets, messages, decisions, and states as far as these
//! tell them. Segments are not in it.

use std::collections::BTreeMap;
use std::rc::Rc;

use core::ops::Range;

use serde::Deserialize;

use super::{StoppedBy, Trace};
use crate::event::{Entry, Event, NodeId};
use crate::problem::Problem;
use crate::scenario::{Scenario, ScenarioError, from_json};
use crate::tcp::{Call, Notice, Returned, SocketId, State, transition};
use crate::time::Instant;

impl Trace {
    /// The most octets of a recording that is read.
    pub const RECORDING_OCTETS: usize = 64 << 20;
    /// The most entries of a recording that is read.
    pub const RECORDING_ENTRIES: usize = 200_000;

    /// Reads a recording, as `socket-playground live --record` writes it.
    ///
    /// # Errors
    ///
    /// The path of the first field that cannot be read or contradicts what is before it, and its problem.
    pub fn from_recording(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > Self::RECORDING_OCTETS {
            return Err(ScenarioError::new("", Problem::octets_at_most(Self::RECORDING_OCTETS as u64)));
        }
        let recording: Recording = from_json(text)?;
        recording.scenario.validate().map_err(|error| ScenarioError {
            field: format!("scenario.{}", error.field),
            problem: error.problem,
        })?;
        if recording.entries.len() > Self::RECORDING_ENTRIES {
            let problem = Problem::entries_at_most(Self::RECORDING_ENTRIES as u64);
            return Err(ScenarioError::new("entries", problem));
        }
        let mut check =
            Check { scenario: &recording.scenario, last: Instant::ZERO, sockets: BTreeMap::new() };
        for (place, entry) in recording.entries.iter().enumerate() {
            check.entry(place, entry).map_err(|(field, problem)| {
                let dot = if field.is_empty() { "" } else { "." };
                ScenarioError::new(format!("entries[{place}]{dot}{field}"), problem)
            })?;
        }
        Ok(Self::recorded(Rc::new(recording.scenario), recording.entries, recording.stopped_by))
    }

    /// Whether a text begins like a recording, and not like a scenario.
    pub fn is_recording(text: &str) -> bool {
        // Its first field is the scenario, and a scenario has no field of that name.
        text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with("\"scenario\""))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    scenario: Scenario,
    entries: Vec<Entry>,
    stopped_by: Option<StoppedBy>,
}

/// How far a socket and its octets are.
#[derive(Default)]
struct Socket {
    state: State,
    written: u64,
    received: u64,
    read: u64,
}

/// A field of an entry, and its problem.
type Wrong = (&'static str, Problem);

/// What the entries so far allow of the next.
struct Check<'s> {
    scenario: &'s Scenario,
    last: Instant,
    sockets: BTreeMap<(NodeId, SocketId), Socket>,
}

impl Check<'_> {
    fn entry(&mut self, place: usize, entry: &Entry) -> Result<(), Wrong> {
        if entry.index as usize != place {
            return Err(("index", Problem::must_be(place as u64)));
        }
        if entry.at < self.last {
            return Err(("at", Problem::not_before(self.last.as_micros())));
        }
        self.last = entry.at;
        if entry.node.index() >= self.scenario.nodes.len() {
            return Err(("node", Problem::at_most(self.scenario.nodes.len() as u64 - 1)));
        }
        if entry.cause.is_some_and(|cause| cause >= entry.index) {
            return Err(("cause", Problem::earlier_entry()));
        }
        self.event(entry)
    }

    fn event(&mut self, entry: &Entry) -> Result<(), Wrong> {
        let node = entry.node;
        match &entry.event {
            Event::Socket { socket, notice } => return self.notice((node, *socket), notice),
            // A call may be told before the socket that it makes.
            Event::CallReturned { call, returned, .. } => {
                return match (call, returned) {
                    (Call::Send { octets }, Returned::Sent { len }) if *len > octets.len() => {
                        Err(("event.returned.len", Problem::at_most(octets.len() as u64)))
                    }
                    _ => Ok(()),
                };
            }
            Event::CallBlocked { .. } => return Ok(()),
            Event::RequestReceived { socket, head: range, .. }
            | Event::ResponseReceived { socket, head: range, .. }
            | Event::MessageCompleted { socket, range } => {
                let received = self.socket("event.socket", (node, *socket))?.received;
                within("event.range", range, received)?;
            }
            Event::BytesRelayed { from, range, to, to_offset } => {
                let received = self.socket("event.from", (node, *from))?.received;
                within("event.range", range, received)?;
                let written = self.socket("event.to", (node, *to))?.written;
                within("event.to_offset", &(0..*to_offset), written)?;
            }
            Event::HeadersRewritten { from, from_offset, to, to_offset, .. } => {
                let received = self.socket("event.from", (node, *from))?.received;
                within("event.from_offset", &(0..*from_offset), received)?;
                let written = self.socket("event.to", (node, *to))?.written;
                within("event.to_offset", &(0..*to_offset), written)?;
            }
            Event::ObjectNamed { socket, octet, .. } => {
                let received = self.socket("event.socket", (node, *socket))?.received;
                within("event.octet", &(0..*octet), received)?;
            }
            Event::MessageRejected { socket, offset, .. } => {
                let received = self.socket("event.socket", (node, *socket))?.received;
                within("event.offset", &(0..*offset), received)?;
            }
            Event::TransactionCompleted { started_at, .. }
            | Event::TransactionFailed { started_at, .. }
            | Event::NameResolved { started_at, .. }
            | Event::NameUnresolved { started_at, .. }
            | Event::AddressObtained { started_at, .. }
            | Event::AddressRefused { started_at }
            | Event::TlsOpened { started_at, .. }
                if *started_at > entry.at =>
            {
                return Err(("event.started_at", Problem::micros_before(entry.at.as_micros())));
            }
            Event::TimerStarted { expires_at, .. } if *expires_at < entry.at => {
                return Err(("event.expires_at", Problem::not_before(entry.at.as_micros())));
            }
            Event::Intervened { intervention } => {
                let (at, all) = (*intervention as usize, self.scenario.interventions.len());
                let last = Problem::at_most(all.saturating_sub(1) as u64);
                return if at < all { Ok(()) } else { Err(("event.intervention", last)) };
            }
            _ => {}
        }
        if let Some(socket) = entry.event.socket() {
            self.socket("event.socket", (node, socket))?;
        }
        Ok(())
    }

    fn socket(&mut self, field: &'static str, key: (NodeId, SocketId)) -> Result<&mut Socket, Wrong> {
        self.sockets.get_mut(&key).ok_or_else(|| (field, Problem::socket_not_open()))
    }

    fn notice(&mut self, key: (NodeId, SocketId), notice: &Notice) -> Result<(), Wrong> {
        match notice {
            Notice::Listening { .. } => {
                self.sockets.entry(key).or_default();
            }
            Notice::Opened { listener, .. } => {
                if let Some(listener) = listener {
                    self.socket("event.notice.listener", (key.0, *listener))?;
                }
                // As in the world of a trace: what a listening socket accepts begins there.
                let state = if listener.is_some() { State::Listen } else { State::Closed };
                self.sockets.insert(key, Socket { state, ..Socket::default() });
            }
            Notice::BytesQueued { range } => {
                let socket = self.socket("event.socket", key)?;
                follows(range, &mut socket.written)?;
            }
            Notice::BytesReceived { range } => {
                let socket = self.socket("event.socket", key)?;
                follows(range, &mut socket.received)?;
            }
            Notice::BytesRead { range } => {
                let socket = self.socket("event.socket", key)?;
                follows(range, &mut socket.read)?;
                within("event.notice.range", range, socket.received)?;
            }
            Notice::EndReceived { at } => {
                let received = self.socket("event.socket", key)?.received;
                within("event.notice.at", &(0..*at), received)?;
            }
            Notice::Errored { .. } | Notice::Released => {
                self.socket("event.socket", key)?;
            }
            Notice::StateChanged { from, to, trigger } => {
                let socket = self.socket("event.socket", key)?;
                if *from != socket.state {
                    return Err(("event.notice.from", Problem::is_in_state(socket.state.name())));
                }
                if transition(*from, *trigger).is_none_or(|edge| edge.to != *to) {
                    return Err(("event.notice.to", Problem::no_such_transition()));
                }
                socket.state = *to;
            }
            // What follows from segments is in no recording.
            _ => return Err(("event.notice", Problem::of_segments())),
        }
        Ok(())
    }
}

/// Whether a range begins where the octets before it end, and does not end before.
fn follows(range: &Range<u64>, until: &mut u64) -> Result<(), Wrong> {
    if range.start != *until {
        return Err(("event.notice.range.start", Problem::must_be(*until)));
    }
    if range.end < range.start {
        return Err(("event.notice.range.end", Problem::not_below(range.start)));
    }
    *until = range.end;
    Ok(())
}

/// Whether a range does not end before it begins, nor behind what there is.
fn within(field: &'static str, range: &Range<u64>, most: u64) -> Result<(), Wrong> {
    if range.end > most {
        return Err((field, Problem::at_most(most)));
    }
    if range.end < range.start {
        return Err((field, Problem::not_below(range.start)));
    }
    Ok(())
}
