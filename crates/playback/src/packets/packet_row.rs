//! A row of the packet list.

use playground_core::time::Instant;
use playground_core::trace::SegmentId;

use crate::{ConnectionId, SegmentKind};

/// A segment as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketRow {
    /// Row number from 1.
    pub number: u32,
    /// The segment.
    pub id: SegmentId,
    /// The entry that sent it.
    pub entry: u32,
    /// When it was sent.
    pub at: Instant,
    /// `10.0.0.1:49152`.
    pub source: String,
    /// The receiver.
    pub destination: String,
    /// The sending node's name in the scenario.
    pub from: String,
    /// The receiving node's name.
    pub to: String,
    /// `TCP`, `HTTP`, `DNS`, `DHCP`, `ICMP` or `UDP`.
    pub protocol: &'static str,
    /// Octets of the IPv4 datagram.
    pub length: usize,
    /// `49152 → 80 [SYN] Seq=0 Win=65535 Len=0 MSS=1460`; numbers are relative to the ISNs.
    pub info: String,
    /// How it is drawn.
    pub kind: SegmentKind,
    /// Its connection.
    pub connection: Option<ConnectionId>,
    /// Whether it was lost.
    pub lost: bool,
    /// Whether some of it was sent before.
    pub retransmission: bool,
}
