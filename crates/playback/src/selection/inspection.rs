//! A protocol layer of the selected segment.

use std::rc::Rc;

use playground_core::event::{DropReason, Event, NodeId, PacketId};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::{IP_HEADER_LEN, Packet, Segment, SeqNum, TCP_HEADER_LEN};
use strum::{IntoStaticStr, VariantNames};

use super::datagram;
use crate::describe::describe;
use crate::dissection::{
    Connection, ConnectionId, Dissection, MessageKind, MessageRef, SegmentKind, SegmentLabel, Side, Stream,
    range_text,
};
use crate::phrase::Phrase;
use crate::role::NodeLabel;

/// Which layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKind {
    /// IPv4.
    Ipv4,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// ICMP.
    Icmp,
    /// DNS.
    Dns,
    /// DHCP.
    Dhcp,
    /// TLS.
    Tls,
    /// HTTP.
    Http,
    /// Payload that is no HTTP.
    Payload,
}

/// A field with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name as the RFC (or the message) writes it: `Sequence Number`, `Connection`.
    pub name: String,
    /// Its stable key, `tcp-seq`: also the key of its explanation in the language files.
    pub key: &'static str,
    /// The value as text.
    pub value: String,
    /// Its octets in the datagram, from and until, where they are known here.
    pub octets: Option<(usize, usize)>,
}

/// A layer with its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub kind: LayerKind,
    /// Fields in the order of the wire.
    pub fields: Vec<Field>,
    /// The layer's octets in the datagram: from and until.
    pub octets: (usize, usize),
}

/// Every key of a field, for the tests that hold the language files complete.
pub const FIELD_KEYS: &[&str] = FieldKey::VARIANTS;

/// The fields; their keys are these names in kebab-case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum FieldKey {
    Ipv4Version,
    Ipv4HeaderLength,
    Ipv4TotalLength,
    Ipv4Protocol,
    Ipv4Source,
    Ipv4Destination,
    TcpSourcePort,
    TcpDestinationPort,
    TcpSeq,
    TcpSeqRaw,
    TcpAck,
    TcpAckRaw,
    TcpDataOffset,
    TcpFlags,
    TcpWindow,
    TcpWindowScaled,
    TcpOptionMss,
    TcpOptionWindowScale,
    TcpOptionSackPermitted,
    TcpOptionTimestamps,
    TcpPayload,
    HttpStartLine,
    HttpField,
    HttpBody,
    HttpPart,
    PayloadOctets,
    TlsRecord,
    UdpSourcePort,
    UdpDestinationPort,
    UdpLength,
    UdpChecksum,
    IcmpType,
    IcmpCode,
    IcmpChecksum,
    IcmpIdentifier,
    IcmpSequence,
    IcmpData,
    IcmpQuoted,
    DnsId,
    DnsFlags,
    DnsQuestion,
    DnsAnswer,
    DhcpOp,
    DhcpXid,
    DhcpFlags,
    DhcpYiaddr,
    DhcpChaddr,
    DhcpKind,
    DhcpRequested,
    DhcpServer,
    DhcpLease,
    DhcpMask,
    DhcpRouter,
    DhcpNameServer,
}

/// A packet, layer by layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The segment.
    pub id: PacketId,
    /// The entry that sent it.
    pub entry: u32,
    /// Its label.
    pub label: Rc<str>,
    /// How it is drawn.
    pub kind: SegmentKind,
    /// The sending node.
    pub from: NodeLabel,
    /// The receiving node.
    pub to: NodeLabel,
    /// When it was sent.
    pub sent_at: Instant,
    /// When it arrived or was lost; none while that is after the end of the run.
    pub ended_at: Option<Instant>,
    /// Why it was lost.
    pub lost: Option<DropReason>,
    /// Whether some of it was sent before.
    pub retransmission: bool,
    /// Its connection.
    pub connection: Option<ConnectionId>,
    /// Messages it carries octets of.
    pub messages: Vec<MessageRef>,
    /// IPv4, TCP, and HTTP or payload; or what a datagram has instead.
    pub layers: Vec<Layer>,
    /// One sentence about it.
    pub summary: Phrase,
}

impl Inspection {
    /// Inspects a packet.
    ///
    /// Returns `None` for a segment that the trace does not have.
    pub fn of_segment(trace: &Trace, dissection: &Dissection, id: PacketId) -> Option<Self> {
        let label = dissection.segment(id)?;
        let entry = trace.entries.get(label.sent as usize)?;
        let connection = label.connection.and_then(|id| dissection.connection(id));
        let stream = connection
            .and_then(|connection| connection.socket(label.sender))
            .and_then(|socket| dissection.stream(socket));
        let ended = label.ended.and_then(|ended| trace.entries.get(ended as usize));
        let node = |id: NodeId| NodeLabel::of(trace, id);
        let messages = match (stream, &label.range) {
            (Some(stream), Some(range)) => {
                stream.messages_in(range).map(|(reference, _)| reference).collect()
            }
            _ => Vec::new(),
        };
        let layers = match &entry.event {
            Event::PacketSent { packet: Packet::Segment(segment), .. } => {
                let mut layers = vec![ipv4(segment), tcp(segment, label, connection)];
                layers.extend(payload(segment, label, stream));
                layers
            }
            Event::PacketSent { packet: Packet::Datagram(datagram), .. } => datagram::layers(datagram),
            _ => return None,
        };
        Some(Self {
            id,
            entry: label.sent,
            label: Rc::clone(&label.text),
            kind: label.kind,
            from: node(label.from),
            to: node(label.to),
            sent_at: entry.at,
            ended_at: ended.map(|entry| entry.at),
            lost: label.lost.map(|(_, reason)| reason),
            retransmission: label.retransmission,
            connection: label.connection,
            messages,
            layers,
            summary: describe(trace, dissection, label.sent),
        })
    }
}

fn field(key: FieldKey, name: impl Into<String>, value: impl ToString) -> Field {
    Field { name: name.into(), key: key.into(), value: value.to_string(), octets: None }
}

/// RFC 791 section 3.1.
fn ipv4(segment: &Segment) -> Layer {
    Layer {
        kind: LayerKind::Ipv4,
        fields: vec![
            field(FieldKey::Ipv4Version, "Version", 4),
            field(FieldKey::Ipv4HeaderLength, "IHL", IP_HEADER_LEN),
            field(FieldKey::Ipv4TotalLength, "Total Length", segment.wire_len()),
            field(FieldKey::Ipv4Protocol, "Protocol", "6 (TCP)"),
            field(FieldKey::Ipv4Source, "Source Address", segment.source.address),
            field(FieldKey::Ipv4Destination, "Destination Address", segment.destination.address),
        ],
        octets: (0, IP_HEADER_LEN),
    }
}

/// RFC 9293 section 3.1.
fn tcp(segment: &Segment, label: &SegmentLabel, connection: Option<&Connection>) -> Layer {
    let header = TCP_HEADER_LEN + segment.options.wire_len();
    let (seq, ack) = relative(connection, label.sender, segment);
    let scaled = window(connection, label.sender, segment);
    let mut fields = vec![
        field(FieldKey::TcpSourcePort, "Source Port", segment.source.port),
        field(FieldKey::TcpDestinationPort, "Destination Port", segment.destination.port),
        field(FieldKey::TcpSeq, "Sequence Number", seq),
        field(FieldKey::TcpSeqRaw, "SEG.SEQ", segment.seq),
    ];
    if segment.flags.is_ack() {
        fields.push(field(FieldKey::TcpAck, "Acknowledgment Number", ack));
        fields.push(field(FieldKey::TcpAckRaw, "SEG.ACK", segment.ack));
    }
    fields.push(field(FieldKey::TcpDataOffset, "Data Offset", header));
    fields.push(field(FieldKey::TcpFlags, "Control bits", segment.flags));
    fields.push(field(FieldKey::TcpWindow, "Window", segment.window));
    if scaled != u32::from(segment.window) {
        fields.push(field(FieldKey::TcpWindowScaled, "SEG.WND", scaled));
    }
    let options = &segment.options;
    if let Some(size) = options.max_segment_size {
        fields.push(field(FieldKey::TcpOptionMss, "Maximum Segment Size", size));
    }
    if let Some(shift) = options.window_scale {
        fields.push(field(FieldKey::TcpOptionWindowScale, "Window Scale", shift));
    }
    if options.sack_permitted {
        fields.push(field(FieldKey::TcpOptionSackPermitted, "SACK-Permitted", ""));
    }
    if let Some(stamps) = options.timestamps {
        let value = format!("TSval {} TSecr {}", stamps.value, stamps.echo);
        fields.push(field(FieldKey::TcpOptionTimestamps, "Timestamps", value));
    }
    fields.push(field(FieldKey::TcpPayload, "SEG.LEN", segment.seq_len()));
    Layer { kind: LayerKind::Tcp, fields, octets: (IP_HEADER_LEN, IP_HEADER_LEN + header) }
}

/// The lines of the heads that begin in the segment, and what else it carries of messages.
fn payload(segment: &Segment, label: &SegmentLabel, stream: Option<&Stream>) -> Option<Layer> {
    if segment.payload.is_empty() {
        return None;
    }
    let octets = (segment.wire_len() - segment.payload.len(), segment.wire_len());
    let opaque = || {
        let value = label.range.as_ref().map_or_else(String::new, range_text);
        Layer {
            kind: LayerKind::Payload,
            fields: vec![field(FieldKey::PayloadOctets, "Data", value)],
            octets,
        }
    };
    let (Some(stream), Some(range)) = (stream, &label.range) else { return Some(opaque()) };
    let mut fields = Vec::new();
    for (_, message) in stream.messages_in(range) {
        if message.kind == MessageKind::Opaque {
            continue;
        }
        if message.kind == MessageKind::Tls && range.contains(&message.head.start) {
            let octets = message.range.end - message.range.start;
            let value = match &message.connection_token {
                Some(name) => format!("{octets} · server_name {name}"),
                None => octets.to_string(),
            };
            fields.push(field(FieldKey::TlsRecord, message.short.to_string(), value));
            continue;
        }
        if !range.contains(&message.head.start) {
            let start = range.start - message.range.start;
            let part = start..range.end.min(message.range.end) - message.range.start;
            fields.push(field(FieldKey::HttpPart, message.short.to_string(), range_text(&part)));
            continue;
        }
        let shown = message.head.start..message.head.end.min(range.end);
        let text = String::from_utf8_lossy(stream.octets_in(&shown)).into_owned();
        let mut lines = text.lines().filter(|line| !line.is_empty());
        fields.extend(lines.next().map(|line| field(FieldKey::HttpStartLine, "Start line", line)));
        fields.extend(lines.map(|line| match line.split_once(':') {
            Some((name, value)) => field(FieldKey::HttpField, name, value.trim()),
            None => field(FieldKey::HttpField, "", line),
        }));
        let body = message.head.end.max(range.start)..message.range.end.min(range.end);
        if body.start < body.end {
            let part = body.start - message.head.end..body.end - message.head.end;
            fields.push(field(FieldKey::HttpBody, "Body", range_text(&part)));
        }
    }
    let is_tls = stream.messages.first().is_some_and(|message| message.kind == MessageKind::Tls);
    let kind = if is_tls { LayerKind::Tls } else { LayerKind::Http };
    Some(if fields.is_empty() { opaque() } else { Layer { kind, fields, octets } })
}

/// SEG.SEQ and SEG.ACK relative to the initial sequence numbers; as they are where these are not known.
fn relative(connection: Option<&Connection>, sender: Side, segment: &Segment) -> (u32, u32) {
    let isn = |side: Side| connection.and_then(|connection| connection.isn(side)).unwrap_or(SeqNum(0));
    let seq = segment.seq.0.wrapping_sub(isn(sender).0);
    // Before the peer's SYN there is nothing to acknowledge.
    let ack = if segment.flags.is_ack() { segment.ack.0.wrapping_sub(isn(sender.other()).0) } else { 0 };
    (if segment.seq == SeqNum(0) && !segment.flags.is_syn() { 0 } else { seq }, ack)
}

/// SEG.WND after scaling.
fn window(connection: Option<&Connection>, sender: Side, segment: &Segment) -> u32 {
    let shift = match (connection, sender) {
        // RFC 7323 section 2.2: the window of a SYN is never scaled.
        _ if segment.flags.is_syn() => 0,
        (None, _) => 0,
        (Some(connection), Side::Opener) => connection.window_shifts.0,
        (Some(connection), Side::Acceptor) => connection.window_shifts.1,
    };
    u32::from(segment.window) << shift.min(14)
}
