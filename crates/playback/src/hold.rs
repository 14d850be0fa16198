//! Intervals in which TCP held back data (Nagle's algorithm) or an ACK (delayed ACK).

use playground_core::event::{Event, NodeId};
use playground_core::rule::Rule;
use playground_core::tcp::{Notice, SocketId, Timer};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::Packet;

/// The thing held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A small segment, by Nagle's algorithm. RFC 9293 section 3.7.4.
    Data,
    /// An ACK, waiting to be piggybacked on data. RFC 9293 section 3.8.6.3.
    Ack,
}

/// An interval in which something was held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Where.
    pub node: NodeId,
    /// On which of its sockets.
    pub socket: SocketId,
    /// What.
    pub held: Held,
    /// From.
    pub from: Instant,
    /// Until it left.
    pub to: Instant,
}

/// All such intervals of a run by their start, empty ones left out.
pub fn holds(trace: &Trace) -> Vec<Hold> {
    holds_of(trace).0
}

/// The same of a run that is under way: what is still held back has no end yet.
pub(crate) fn holds_under_way(trace: &Trace) -> Vec<Hold> {
    let (mut holds, open) = holds_of(trace);
    let to = Instant::FAR_FUTURE;
    holds.extend(open.into_iter().map(|(node, socket, held, from)| Hold { node, socket, held, from, to }));
    holds
}

type Open = (NodeId, SocketId, Held, Instant);

fn holds_of(trace: &Trace) -> (Vec<Hold>, Vec<Open>) {
    let mut open: Vec<Open> = Vec::new();
    let mut holds = Vec::new();
    for entry in &trace.entries {
        let (socket, held, begins) = match &entry.event {
            Event::Socket { socket, notice: Notice::SendHeld { .. } } if entry.rule == Rule::Nagle => {
                (*socket, Held::Data, true)
            }
            Event::Socket { socket, notice: Notice::TimerSet { timer: Timer::DelayedAck, .. } } => {
                (*socket, Held::Ack, true)
            }
            Event::Socket {
                socket,
                notice:
                    Notice::TimerStopped { timer: Timer::DelayedAck }
                    | Notice::TimerExpired { timer: Timer::DelayedAck },
            } => (*socket, Held::Ack, false),
            Event::PacketSent { socket: Some(socket), packet: Packet::Segment(segment), .. }
                if !segment.payload.is_empty() =>
            {
                (*socket, Held::Data, false)
            }
            _ => continue,
        };
        let known =
            open.iter().position(|(node, of, what, _)| (*node, *of, *what) == (entry.node, socket, held));
        match (begins, known) {
            (true, None) => open.push((entry.node, socket, held, entry.at)),
            (false, Some(place)) => {
                let (node, socket, held, from) = open.swap_remove(place);
                if from < entry.at {
                    holds.push(Hold { node, socket, held, from, to: entry.at });
                }
            }
            _ => {}
        }
    }
    holds.sort_by_key(|hold| hold.from);
    (holds, open)
}
