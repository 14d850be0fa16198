//! The label of one segment.

use core::ops::Range;
use std::rc::Rc;

use playground_core::time::Instant;
use playground_core::trace::{DropReason, HopId, NodeId, SegmentId};

use super::{ConnectionId, MessageRef, Side};

/// How a segment is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentKind {
    /// SYN: a flag.
    Syn,
    /// SYN, ACK: a flag.
    SynAck,
    /// Payload, with or without FIN: a rounded label.
    Data,
    /// Nothing but an acknowledgment: a small ring.
    Ack,
    /// FIN without payload: a square with a bar.
    Fin,
    /// RST: a bolt.
    Rst,
    /// A zero-window probe.
    Probe,
    /// A question to a name server, or its answer: no TCP.
    Dns,
    /// One of the four messages by which an address is given: no TCP.
    Dhcp,
    /// An echo, or its return: no TCP.
    Echo,
    /// A datagram could not be delivered: no TCP.
    Unreachable,
    /// Any other datagram that is no TCP segment.
    Udp,
}

impl SegmentKind {
    /// The stable key: `syn-ack`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Syn => "syn",
            Self::SynAck => "syn-ack",
            Self::Data => "data",
            Self::Ack => "ack",
            Self::Fin => "fin",
            Self::Rst => "rst",
            Self::Probe => "probe",
            Self::Dns => "dns",
            Self::Dhcp => "dhcp",
            Self::Echo => "echo",
            Self::Unreachable => "unreachable",
            Self::Udp => "udp",
        }
    }

    /// Whether it is no TCP segment.
    pub const fn is_datagram(self) -> bool {
        matches!(self, Self::Dns | Self::Dhcp | Self::Echo | Self::Unreachable | Self::Udp)
    }
}

/// What is known about one segment over the whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentLabel {
    /// The segment.
    pub id: SegmentId,
    /// Kind.
    pub kind: SegmentKind,
    /// `GET /a · Keep-Alive`, `200 /3 1461–2920`, `SYN, ACK`: protocol words only.
    pub text: Rc<str>,
    /// The same in fewer characters, for small screens: `GET /a`, `SA`.
    pub short: Rc<str>,
    /// Whether it carries FIN besides its payload.
    pub fin: bool,
    /// Payload octets' range in the sender's output.
    pub range: Option<Range<u64>>,
    /// The first message it carries octets of.
    pub message: Option<MessageRef>,
    /// Whether a message begins in it; false for a part from the middle of one.
    pub begins_message: bool,
    /// Its connection; none for a segment that belongs to none.
    pub connection: Option<ConnectionId>,
    /// Which end sent it.
    pub sender: Side,
    /// The sending node.
    pub from: NodeId,
    /// The node it is meant for on this hop.
    pub to: NodeId,
    /// The hop.
    pub hop: HopId,
    /// Whether some of it was sent before.
    pub retransmission: bool,
    /// The entry that sent it.
    pub sent: u32,
    /// The entry that delivered it or lost it; none when the run ended before.
    pub ended: Option<u32>,
    /// When and why it was lost.
    pub lost: Option<(Instant, DropReason)>,
    /// When it leaves the sender.
    pub departs: Instant,
    /// When it arrives if nothing befalls it.
    pub arrives: Instant,
    /// Stacking slot on its lane, so that small neighbours do not cover each other: 0 is on the line.
    pub slot: u8,
}
