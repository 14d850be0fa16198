//! A run told in the terminal: one line for each event of the ladder, in the words of the page.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::{Entry, Event, NodeId};
use playground_core::scenario::Scenario;
use playground_core::tcp::{Notice, SocketId};
use playground_core::trace::Trace;
use playground_core::wire::FourTuple;
use playground_playback::{Dissection, describe};
use playground_words::{Text, phrase, time_text};

/// Tells entries as they come.
#[derive(Debug)]
pub struct Telling {
    scenario: Rc<Scenario>,
    text: Text,
    /// How the living connections were opened.
    opened: BTreeMap<(NodeId, SocketId), Entry>,
}

impl Telling {
    /// Tells runs of a scenario.
    pub fn new(scenario: &Scenario, text: Text) -> Self {
        Self { scenario: Rc::new(scenario.clone()), text, opened: BTreeMap::new() }
    }

    /// The line for an entry; none for what the ladder does not tell either.
    pub fn line(&mut self, entry: &Entry) -> Option<String> {
        let key = entry.event.socket().map(|socket| (entry.node, socket));
        if let (Event::Socket { notice: Notice::Opened { .. }, .. }, Some(key)) = (&entry.event, key) {
            self.opened.insert(key, entry.clone());
        }
        let line = is_told(&entry.event).then(|| self.sentence(entry, key));
        if let (Event::Socket { notice: Notice::Released, .. }, Some(key)) = (&entry.event, key) {
            self.opened.remove(&key);
        }
        line
    }

    fn sentence(&self, entry: &Entry, key: Option<(NodeId, SocketId)>) -> String {
        // A trace of this entry alone, after the opening of its connection at both ends.
        let mut entries = Vec::new();
        if let Some(opening) = key.and_then(|key| self.opened.get(&key))
            && opening.index != entry.index
        {
            entries.extend(self.other_end(opening));
            entries.push(opening.clone());
        }
        entries.push(entry.clone());
        for (entry, index) in entries.iter_mut().zip(0..) {
            (entry.index, entry.cause) = (index, None);
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
        let tuple = FourTuple { local: tuple.remote, remote: tuple.local };
        let peer = self.scenario.nodes.iter().position(|node| node.address == tuple.local.address)?;
        let notice = Notice::Opened { tuple, listener: None, send_capacity: 0, receive_capacity: 0 };
        let event = Event::Socket { socket: SocketId(u32::MAX), notice };
        Some(Entry { node: NodeId(peer as u16), event, ..opening.clone() })
    }
}

/// Connections, messages with their rewriting, decisions, beliefs, waits; not each call and timer.
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
        Event::CallReturned { .. }
        | Event::CallBlocked { .. }
        | Event::TimerStarted { .. }
        | Event::TimerStopped { .. } => false,
        _ => true,
    }
}
