//! All segments of a run as rows.

use core::fmt::Write;

use playground_core::event::{Event, NodeId, PacketId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Datagram, Packet, Protocol, Segment};

use crate::analysis::{Analysis, Analyzed, Finding};
use crate::cursor::Cursor;
use crate::dissection::{ConnectionId, Dissection, MessageKind, SegmentKind, SegmentLabel};
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
        let mut analysis = Analysis::default();
        for entry in &trace.entries {
            let Event::PacketSent { id, to, hop, packet, .. } = &entry.event else { continue };
            let Some(label) = dissection.segment(*id) else { continue };
            let mut row = PacketRow {
                number: rows.len() as u32 + 1,
                id: *id,
                entry: entry.index,
                at: entry.at,
                since_first: entry.at.since(rows.first().map_or(entry.at, |first| first.at)),
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
                analyzed: None,
            };
            match packet {
                Packet::Segment(segment) => {
                    let analyzed = analysis.read(row.number, entry.at, *hop, segment);
                    // What comes again is not read again.
                    let http = match analyzed.comes_again() {
                        true => Vec::new(),
                        false => start_lines(dissection, label),
                    };
                    row.source = segment.source.to_string();
                    row.destination = segment.destination.to_string();
                    row.length = segment.wire_len();
                    row.protocol = match label.message.and_then(|message| dissection.message(message)) {
                        Some(message) if !analyzed.comes_again() => application(message.kind),
                        _ => "TCP",
                    };
                    row.info = info(&analyzed, segment, &http);
                    row.analyzed = Some(analyzed);
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

/// The protocol of a segment that carries octets of a message.
const fn application(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Request | MessageKind::Response => "HTTP",
        MessageKind::Tls => "TLS",
        MessageKind::Opaque => "TCP",
    }
}

/// The start lines of the messages that begin in a segment.
pub(crate) fn start_lines(dissection: &Dissection, label: &SegmentLabel) -> Vec<String> {
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

/// Wireshark's Info column behind the findings, with numbers relative to the initial sequence numbers.
fn info(analyzed: &Analyzed, segment: &Segment, http: &[String]) -> String {
    let mut info = String::new();
    if http.is_empty() {
        let (from, to) = (segment.source.port, segment.destination.port);
        // Writing to a String cannot fail.
        let _ = write!(info, "{from} → {to} [{}]", segment.flags);
    } else {
        info.push_str(&http.join(" | "));
    }
    let _ = write!(info, " Seq={}", analyzed.seq);
    if segment.flags.is_ack() {
        let _ = write!(info, " Ack={}", analyzed.ack);
    }
    let _ = write!(info, " Win={} Len={}", analyzed.window, segment.payload.len());
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

impl PacketRow {
    /// What stands out about it, in the order of Wireshark's Info column.
    pub fn findings(&self) -> &[Finding] {
        self.analyzed.as_ref().map_or(&[], |analyzed| &analyzed.findings)
    }
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
    /// How long after the first of the list.
    pub since_first: Duration,
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
    /// What Wireshark's analysis says of a segment.
    pub analyzed: Option<Analyzed>,
}
