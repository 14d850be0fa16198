//! A run told in the terminal: one line for each event of the ladder, in the words of the page.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::{Entry, Event, NodeId, PacketId};
use playground_core::scenario::Scenario;
use playground_core::tcp::{Notice, SocketId};
use playground_core::trace::Trace;
use playground_core::wire::{FourTuple, Packet};
use playground_playback::{Dissection, describe};
use playground_words::{Text, phrase, time_text};

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
        // A trace of this entry alone, after the opening of its connection at both ends, its SYN, and its packet.
        let mut entries = Vec::new();
        if let Some(opening) = opening {
            entries.extend(self.other_end(opening));
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

    /// The active open that an accepted connection answers, at the node that has the peer's address.
    fn other_end(&self, opening: &Entry) -> Option<Entry> {
        let Event::Socket { notice: Notice::Opened { tuple, listener: Some(_), .. }, .. } = &opening.event
        else {
            return None;
        };
        let tuple = tuple.reversed();
        let peer = self.scenario.nodes.iter().position(|node| node.address == tuple.local.address)?;
        let notice = Notice::Opened { tuple, listener: None, send_capacity: 0, receive_capacity: 0 };
        let event = Event::Socket { socket: SocketId(u32::MAX), notice };
        Some(Entry { node: NodeId(peer as u16), event, ..opening.clone() })
    }
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
