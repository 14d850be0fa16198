//! All segments of a run as rows.

use core::fmt::Write;

use playground_core::event::{Event, NodeId, PacketId};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::{Datagram, Packet, Protocol, Segment, SeqNum};

use crate::cursor::Cursor;
use crate::dissection::{Connection, ConnectionId, Dissection, MessageKind, SegmentKind, SegmentLabel, Side};
use crate::role::NodeLabel;

/// The packet list: also what a screen reader reads instead of the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packets {
    /// Rows in the order of sending.
    pub rows: Vec<PacketRow>,
}

impl Packets {
    /// The rows of a trace.
    pub fn new(trace: &Trace, dissection: &Dissection) -> Self {
        let node = |id: NodeId| NodeLabel::of(trace, id);
        let mut rows: Vec<PacketRow> = Vec::new();
        for entry in &trace.entries {
            let Event::PacketSent { id, to, packet, .. } = &entry.event else { continue };
            let Some(label) = dissection.segment(*id) else { continue };
            let mut row = PacketRow {
                number: rows.len() as u32 + 1,
                id: *id,
                entry: entry.index,
                at: entry.at,
                source: String::new(),
                destination: String::new(),
                from: node(entry.node),
                to: node(*to),
                protocol: "TCP",
                length: 0,
                info: String::new(),
                kind: label.kind,
                connection: label.connection,
                lost: label.lost.is_some(),
                retransmission: label.retransmission,
            };
            match packet {
                Packet::Segment(segment) => {
                    let http = start_lines(dissection, label);
                    row.source = segment.source.to_string();
                    row.destination = segment.destination.to_string();
                    row.length = segment.wire_len();
                    row.protocol = match http.is_empty() {
                        true => "TCP",
                        false if is_tls(dissection, label) => "TLS",
                        false => "HTTP",
                    };
                    row.info = info(dissection, label, segment, &http, label.retransmission);
                }
                Packet::Datagram(datagram) => fill(&mut row, datagram, label),
            }
            rows.push(row);
        }
        Self { rows }
    }

    /// How many rows have happened at a cursor: `rows[..n]`.
    pub fn shown_at(&self, cursor: Cursor) -> usize {
        self.rows.partition_point(|row| row.entry < cursor.index)
    }
}

/// The columns of a datagram.
fn fill(row: &mut PacketRow, datagram: &Datagram, label: &SegmentLabel) {
    let (source, destination) = (datagram.source, datagram.destination);
    row.length = datagram.wire_len();
    row.info = label.text.to_string();
    row.protocol = match label.kind {
        SegmentKind::Dns => "DNS",
        SegmentKind::Dhcp => "DHCP",
        _ if datagram.protocol == Protocol::Icmp => "ICMP",
        _ => "UDP",
    };
    if datagram.protocol == Protocol::Icmp {
        (row.source, row.destination) = (source.address.to_string(), destination.address.to_string());
    } else {
        (row.source, row.destination) = (source.to_string(), destination.to_string());
    }
}

/// Whether a segment begins a record of TLS.
fn is_tls(dissection: &Dissection, label: &SegmentLabel) -> bool {
    let message = label.message.and_then(|message| dissection.message(message));
    message.is_some_and(|message| message.kind == MessageKind::Tls)
}

/// The start lines of the messages that begin in a segment.
fn start_lines(dissection: &Dissection, label: &SegmentLabel) -> Vec<String> {
    let stream = label
        .connection
        .and_then(|id| dissection.connection(id)?.socket(label.sender))
        .and_then(|key| dissection.stream(key));
    let (Some(stream), Some(range)) = (stream, &label.range) else { return Vec::new() };
    stream
        .messages_in(range)
        .filter(|(_, message)| message.kind != MessageKind::Opaque && range.contains(&message.head.start))
        .map(|(_, message)| message.start_line.to_string())
        .collect()
}

/// Wireshark's Info column, with numbers relative to the initial sequence numbers.
fn info(
    dissection: &Dissection,
    label: &SegmentLabel,
    segment: &Segment,
    http: &[String],
    retransmission: bool,
) -> String {
    let connection = label.connection.and_then(|id| dissection.connection(id));
    let (seq, ack) = relative(connection, label.sender, segment);
    let mut info = String::new();
    if retransmission {
        info.push_str("[TCP Retransmission] ");
    }
    if label.kind == SegmentKind::Probe {
        info.push_str("[TCP ZeroWindowProbe] ");
    }
    if http.is_empty() {
        let (from, to) = (segment.source.port, segment.destination.port);
        // Writing to a String cannot fail.
        let _ = write!(info, "{from} → {to} [{}]", segment.flags);
    } else {
        info.push_str(&http.join(" | "));
    }
    let _ = write!(info, " Seq={seq}");
    if segment.flags.is_ack() {
        let _ = write!(info, " Ack={ack}");
    }
    let _ = write!(info, " Win={} Len={}", window(connection, label.sender, segment), segment.payload.len());
    let options = &segment.options;
    if let Some(size) = options.max_segment_size {
        let _ = write!(info, " MSS={size}");
    }
    if let Some(shift) = options.window_scale {
        let _ = write!(info, " WS={}", 1_u32 << shift.min(14));
    }
    if options.sack_permitted {
        info.push_str(" SACK_PERM");
    }
    if let Some(stamps) = options.timestamps {
        let _ = write!(info, " TSval={} TSecr={}", stamps.value, stamps.echo);
    }
    info
}

/// SEG.SEQ and SEG.ACK relative to the initial sequence numbers; as they are where these are not known.
pub(crate) fn relative(connection: Option<&Connection>, sender: Side, segment: &Segment) -> (u32, u32) {
    let isn = |side: Side| connection.and_then(|connection| connection.isn(side)).unwrap_or(SeqNum(0));
    let seq = segment.seq.0.wrapping_sub(isn(sender).0);
    // Before the peer's SYN there is nothing to acknowledge.
    let ack = if segment.flags.is_ack() { segment.ack.0.wrapping_sub(isn(sender.other()).0) } else { 0 };
    (if segment.seq == SeqNum(0) && !segment.flags.is_syn() { 0 } else { seq }, ack)
}

/// SEG.WND after scaling.
pub(crate) fn window(connection: Option<&Connection>, sender: Side, segment: &Segment) -> u32 {
    let shift = match (connection, sender) {
        // RFC 7323 section 2.2: the window of a SYN is never scaled.
        _ if segment.flags.is_syn() => 0,
        (None, _) => 0,
        (Some(connection), Side::Opener) => connection.window_shifts.0,
        (Some(connection), Side::Acceptor) => connection.window_shifts.1,
    };
    u32::from(segment.window) << shift.min(14)
}

/// A segment as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketRow {
    /// Row number from 1.
    pub number: u32,
    /// The segment.
    pub id: PacketId,
    /// The entry that sent it.
    pub entry: u32,
    /// When it was sent.
    pub at: Instant,
    /// `10.0.0.1:49152`.
    pub source: String,
    /// The receiver.
    pub destination: String,
    /// The sending node.
    pub from: NodeLabel,
    /// The receiving node.
    pub to: NodeLabel,
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
