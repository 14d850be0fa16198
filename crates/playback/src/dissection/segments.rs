//! The label of one segment.

use core::ops::Range;
use std::rc::Rc;

use playground_core::dhcp::{DHCP_SERVER_PORT, DhcpMessage};
use playground_core::dns::{DNS_PORT, DnsMessage, ResponseCode};
use playground_core::event::{DropReason, HopId, NodeId, PacketId};
use playground_core::time::Instant;
use playground_core::wire::{Datagram, IcmpMessage, Protocol, Segment, UnreachableCode};

use super::messages::range_text;
use super::{ConnectionId, MessageKind, MessageLabel, MessageRef, Side, Stream};

/// How a segment is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SegmentKind {
    /// SYN: a flag.
    Syn,
    /// SYN, ACK: a flag.
    SynAck,
    /// Payload, with or without FIN: a rounded label.
    Data,
    /// A pure ACK: a small ring.
    Ack,
    /// FIN without payload: a square with a bar.
    Fin,
    /// RST: a bolt.
    Rst,
    /// A zero-window probe.
    Probe,
    /// A DNS query or response.
    Dns,
    /// A DHCP message.
    Dhcp,
    /// An ICMP echo or echo reply.
    Echo,
    /// An ICMP destination unreachable.
    Unreachable,
    /// Any other datagram.
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

    /// Whether it is a datagram, not a TCP segment.
    pub const fn is_datagram(self) -> bool {
        matches!(self, Self::Dns | Self::Dhcp | Self::Echo | Self::Unreachable | Self::Udp)
    }
}

/// One packet of the run: label, route and fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentLabel {
    /// The segment.
    pub id: PacketId,
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
    /// When it arrives unless it is dropped.
    pub arrives: Instant,
    /// Stacking slot on its lane, so that small neighbours do not cover each other: 0 is on the line.
    pub slot: u8,
}

impl SegmentLabel {
    /// The share of its way that is behind it at `at`: 0 at the sender, 1 at the receiver.
    pub(crate) fn progress(&self, at: Instant) -> f64 {
        share(self.departs, self.arrives, at)
    }

    /// Where along its way it was lost, as [`SegmentLabel::progress`].
    ///
    /// A full queue drops it at the sender, a wrong checksum at the receiver.
    pub(crate) fn lost_progress(&self, at: Instant, reason: DropReason) -> f64 {
        match reason {
            DropReason::QueueFull => 0.02,
            DropReason::Corrupted => 1.0,
            DropReason::Scripted
            | DropReason::Random
            | DropReason::LinkDown
            | DropReason::HostDown
            | DropReason::Unacknowledged => self.progress(at).max(0.1),
        }
    }
}

/// The share of the time from `from` to `until` that has passed at `at`, 0 to 1.
pub(crate) fn share(from: Instant, until: Instant, at: Instant) -> f64 {
    let whole = until.since(from).as_micros();
    if whole == 0 {
        return if at >= until { 1.0 } else { 0.0 };
    }
    (at.since(from).as_micros() as f64 / whole as f64).clamp(0.0, 1.0)
}

/// Label texts of a packet.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) short: String,
    /// The first message it carries octets of.
    pub(super) message: Option<MessageRef>,
    pub(super) begins_message: bool,
}

/// How a segment is drawn.
pub(super) fn kind(segment: &Segment, is_probe: bool) -> SegmentKind {
    let flags = segment.flags;
    if flags.is_rst() {
        SegmentKind::Rst
    } else if flags.is_syn() {
        if flags.is_ack() { SegmentKind::SynAck } else { SegmentKind::Syn }
    } else if is_probe {
        SegmentKind::Probe
    } else if !segment.payload.is_empty() {
        SegmentKind::Data
    } else if flags.is_fin() {
        SegmentKind::Fin
    } else {
        SegmentKind::Ack
    }
}

/// The label of a segment without data.
pub(super) fn control(kind: SegmentKind) -> Words {
    let (text, short) = match kind {
        SegmentKind::Syn => ("SYN", "S"),
        SegmentKind::SynAck => ("SYN, ACK", "SA"),
        SegmentKind::Data => ("DATA", "D"),
        SegmentKind::Ack => ("ACK", "A"),
        SegmentKind::Fin => ("FIN", "F"),
        SegmentKind::Rst => ("RST", "R"),
        SegmentKind::Probe => ("PROBE", "P"),
        // Datagrams have words of their own.
        _ => ("", ""),
    };
    Words { text: text.to_owned(), short: short.to_owned(), ..Words::default() }
}

/// The label of data: the message that it begins, or its part of one.
pub(super) fn payload(stream: Option<&Stream>, range: &Range<u64>, fin: bool) -> Words {
    let mut messages = stream.into_iter().flat_map(|stream| stream.messages_in(range));
    let mut words = Words { text: range_text(range), short: range_text(range), ..Words::default() };
    if let Some((reference, first)) = messages.next() {
        (words.text, words.short) = part(first, range);
        words.message = Some(reference);
        words.begins_message = range.start <= first.head.start;
        if let Some((_, last)) = messages.last() {
            words.begins_message = true;
            if last.kind == MessageKind::Opaque && first.kind == MessageKind::Opaque {
                (words.text, words.short) = (range_text(range), range_text(range));
            } else {
                let last = without_common_word(&first.short, &last.short);
                words.text = format!("{} … {last}", words.text);
                words.short = format!("{} … {last}", first.short);
            }
        }
    }
    if fin {
        words.text.push_str(" · FIN");
    }
    words
}

/// `/10` after `GET /2`, but `POST /10` as it is.
fn without_common_word<'a>(first: &str, last: &'a str) -> &'a str {
    match (first.split_once(' '), last.split_once(' ')) {
        (Some((word, _)), Some((other, rest))) if word == other => rest,
        _ => last,
    }
}

/// The label of the part of `message` in `range`.
fn part(message: &MessageLabel, range: &Range<u64>) -> (String, String) {
    let whole = range.start <= message.range.start && message.range.end <= range.end;
    if message.kind == MessageKind::Opaque {
        let text = if whole { message.short.to_string() } else { range_text(range) };
        return (text.clone(), text);
    }
    // A message is named where it begins: at its first octet, or at its head after empty lines.
    if range.start <= message.head.start {
        return (with_token(message), message.short.to_string());
    }
    let start = range.start - message.range.start;
    let end = range.end.min(message.range.end) - message.range.start;
    let part = range_text(&(start..end));
    (format!("{} {part}", message.short), part)
}

/// `GET /a · Keep-Alive`.
fn with_token(message: &MessageLabel) -> String {
    match &message.connection_token {
        None => message.short.to_string(),
        Some(token) if message.token_for_proxy => format!("{} · Proxy: {token}", message.short),
        Some(token) => format!("{} · {token}", message.short),
    }
}

/// Kind and label of a datagram.
pub(super) fn label(datagram: &Datagram) -> (SegmentKind, Words) {
    let (kind, text, short) = match datagram.protocol {
        Protocol::Icmp => icmp(datagram),
        Protocol::Udp => {
            let ports = [datagram.source.port, datagram.destination.port];
            let known = if ports.contains(&DNS_PORT) {
                dns(datagram)
            } else if ports.contains(&DHCP_SERVER_PORT) {
                dhcp(datagram)
            } else {
                None
            };
            known.unwrap_or_else(|| {
                let text = format!("UDP {}", datagram.payload.len());
                (SegmentKind::Udp, text, "UDP".to_owned())
            })
        }
    };
    (kind, Words { text, short, ..Words::default() })
}

type Label = (SegmentKind, String, String);

fn dns(datagram: &Datagram) -> Option<Label> {
    let message = DnsMessage::decode(&datagram.payload)?;
    let (text, short) = match (message.is_response, message.code, message.answers.first()) {
        (false, ..) => (format!("DNS? {}", message.name), "DNS?".to_owned()),
        (true, _, Some(record)) => (format!("DNS = {}", record.address), "DNS =".to_owned()),
        (true, ResponseCode::NameError, None) => ("DNS NXDOMAIN".to_owned(), "NXDOMAIN".to_owned()),
        (true, _, None) => ("DNS —".to_owned(), "DNS —".to_owned()),
    };
    Some((SegmentKind::Dns, text, short))
}

fn dhcp(datagram: &Datagram) -> Option<Label> {
    let message = DhcpMessage::decode(&datagram.payload)?;
    let name = message.kind.name();
    let address = if message.kind.is_from_server() { Some(message.yours) } else { message.requested };
    let text = match address.filter(|address| !address.is_unspecified()) {
        Some(address) => format!("DHCP {name} {address}"),
        None => format!("DHCP {name}"),
    };
    Some((SegmentKind::Dhcp, text, name.to_owned()))
}

fn icmp(datagram: &Datagram) -> Label {
    let echo = |word: &str, short: &str, sequence: u16| {
        (SegmentKind::Echo, format!("{word} {sequence}"), format!("{short} {sequence}"))
    };
    match IcmpMessage::decode(&datagram.payload) {
        Some(IcmpMessage::Echo { sequence, .. }) => echo("Echo", "Echo", sequence),
        Some(IcmpMessage::EchoReply { sequence, .. }) => echo("Echo Reply", "Reply", sequence),
        Some(IcmpMessage::Unreachable { code, .. }) => {
            let text = match code {
                UnreachableCode::Network => "Net Unreachable",
                UnreachableCode::Host => "Host Unreachable",
                UnreachableCode::Port => "Port Unreachable",
                UnreachableCode::Other(_) => "Destination Unreachable",
            };
            (SegmentKind::Unreachable, text.to_owned(), "Unreachable".to_owned())
        }
        None => (SegmentKind::Udp, "ICMP".to_owned(), "ICMP".to_owned()),
    }
}
