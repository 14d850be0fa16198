//! A run told in the terminal: one line for each event of the ladder, in the words of the page.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::{Entry, Event, NodeId, PacketId};
use playground_core::scenario::Scenario;
use playground_core::tcp::{Notice, SocketId};
use playground_core::time::Duration;
use playground_core::trace::Trace;
use playground_core::wire::{FourTuple, Packet};
use playground_playback::{Dissection, describe, waiting_key};
use playground_words::{Text, node_name, phrase, time_text};

use crate::run::LongWait;

/// A wait is told when it has taken so many seconds; after the last of them, again and again after as many more.
const TOLD_AT: [u64; 4] = [1, 5, 15, 30];

/// Tells entries as they come.
#[derive(Debug)]
pub struct Telling {
    scenario: Rc<Scenario>,
    text: Text,
    /// How the living connections were opened.
    opened: BTreeMap<(NodeId, SocketId), Entry>,
    /// The SYNs, which the numbers of later segments are counted from, by their sender's 4-tuple.
    synchronized: BTreeMap<FourTuple, Entry>,
    /// Packets on their way.
    sent: BTreeMap<PacketId, Entry>,
    /// How often each wait that goes on was told.
    waits: BTreeMap<(NodeId, SocketId), (LongWait, usize)>,
}

impl Telling {
    /// Tells runs of a scenario.
    pub fn new(scenario: &Scenario, text: Text) -> Self {
        Self {
            scenario: Rc::new(scenario.clone()),
            text,
            opened: BTreeMap::new(),
            synchronized: BTreeMap::new(),
            sent: BTreeMap::new(),
            waits: BTreeMap::new(),
        }
    }

    /// The line for an entry; none for what the ladder does not tell either.
    pub fn line(&mut self, entry: &Entry) -> Option<String> {
        let key = entry.event.socket().map(|socket| (entry.node, socket));
        if let (Event::Socket { notice: Notice::Opened { .. }, .. }, Some(key)) = (&entry.event, key) {
            self.opened.insert(key, entry.clone());
        }
        if let Event::PacketSent { id, .. } = entry.event {
            self.sent.insert(id, entry.clone());
        }
        let line = is_told(&entry.event).then(|| self.sentence(entry, key));
        match &entry.event {
            Event::Socket { notice: Notice::Released, .. } => {
                if let Some(tuple) = key.and_then(|key| self.opened.remove(&key)).as_ref().and_then(tuple_of)
                {
                    self.synchronized.remove(&tuple);
                    self.synchronized.remove(&tuple.reversed());
                }
            }
            Event::PacketSent { packet: Packet::Segment(segment), .. } => {
                let tuple = segment.receiver_tuple().reversed();
                if segment.flags.is_rst() {
                    self.synchronized.remove(&tuple);
                    self.synchronized.remove(&tuple.reversed());
                } else if segment.flags.is_syn() {
                    self.synchronized.insert(tuple, entry.clone());
                }
            }
            Event::PacketDelivered { id } | Event::PacketDropped { id, .. } => {
                self.sent.remove(id);
            }
            _ => {}
        }
        line
    }

    /// Lines for the waits that have grown; they are all that go on now.
    pub fn waits(&mut self, now: &[LongWait]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut known = BTreeMap::new();
        for wait in now {
            let key = (wait.node, wait.socket);
            let before = self.waits.remove(&key).filter(|(known, _)| known.is_same(wait));
            let mut told = before.map_or(0, |(_, told)| told);
            let mut grown = false;
            while wait.span >= Duration::from_secs(told_after(told)) {
                told += 1;
                grown = true;
            }
            if grown {
                let name = node_name(self.text, &self.scenario.nodes[wait.node.index()].name);
                let what = self.text.plain(waiting_key(wait.waiting));
                lines.push(format!("{:>10}  {name}: {what} ({})", "…", time_text::span(wait.span)));
            }
            known.insert(key, (*wait, told));
        }
        self.waits = known;
        lines
    }

    fn sentence(&self, entry: &Entry, key: Option<(NodeId, SocketId)>) -> String {
        let packet = match &entry.event {
            Event::PacketSent { .. } => Some(entry),
            Event::PacketDropped { id, .. } => self.sent.get(id),
            _ => None,
        };
        let tuple = packet.and_then(tuple_of);
        let of_tuple = |opening: &&Entry| {
            let opened = tuple_of(opening);
            opened == tuple || opened.map(FourTuple::reversed) == tuple
        };
        let opening = match (key, tuple) {
            (Some(key), _) => self.opened.get(&key),
            (None, Some(_)) => self.opened.values().find(of_tuple),
            (None, None) => None,
        };
        // A trace of this entry alone, after the opening of its connection, its SYN, and its packet.
        let mut entries = Vec::new();
        if let Some(opening) = opening {
            entries.push(opening.clone());
        }
        entries.extend(tuple.and_then(|tuple| self.synchronized.get(&tuple)).cloned());
        entries.extend(packet.cloned());
        entries.retain(|before| before.index != entry.index);
        entries.push(entry.clone());
        let mut packets = 0;
        for (entry, index) in entries.iter_mut().zip(0..) {
            (entry.index, entry.cause) = (index, None);
            match &mut entry.event {
                Event::PacketSent { id, .. } => {
                    *id = PacketId(packets);
                    packets += 1;
                }
                Event::PacketDropped { id, .. } => *id = PacketId(packets.saturating_sub(1)),
                _ => {}
            }
        }
        let last = entries.len() as u32 - 1;
        let trace = Trace::recorded(Rc::clone(&self.scenario), entries, None);
        let sentence = phrase(self.text, &describe(&trace, &Dissection::new(&trace), last));
        format!("{:>10}  {sentence}", time_text::moment(entry.at))
    }
}

/// The seconds after which a wait is told for this time.
fn told_after(told: usize) -> u64 {
    let last = TOLD_AT.len() - 1;
    TOLD_AT.get(told).copied().unwrap_or_else(|| TOLD_AT[last] * (told - last + 1) as u64)
}

/// The 4-tuple of a connection that an entry opens, or of the sender of its segment.
fn tuple_of(entry: &Entry) -> Option<FourTuple> {
    match &entry.event {
        Event::Socket { notice: Notice::Opened { tuple, .. }, .. } => Some(*tuple),
        Event::PacketSent { packet: Packet::Segment(segment), .. } => {
            Some(segment.receiver_tuple().reversed())
        }
        _ => None,
    }
}

/// Packets where they are known, connections, messages with their rewriting, decisions, beliefs, waits; not each call
/// and timer.
const fn is_told(event: &Event) -> bool {
    match event {
        Event::Socket { notice, .. } => matches!(
            notice,
            Notice::Listening { .. }
                | Notice::Opened { .. }
                | Notice::EndReceived { .. }
                | Notice::Errored { .. }
                | Notice::Released
        ),
        Event::PacketDelivered { .. }
        | Event::CallReturned { .. }
        | Event::CallBlocked { .. }
        | Event::TimerStarted { .. }
        | Event::TimerStopped { .. } => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::told_after;

    #[test]
    fn a_wait_is_told_less_and_less_often_and_never_ceases_to_be() {
        let seconds: Vec<u64> = (0..7).map(told_after).collect();
        assert_eq!(seconds, [1, 5, 15, 30, 60, 90, 120]);
    }
}
