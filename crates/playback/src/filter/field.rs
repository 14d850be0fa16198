//! The fields of the filter language, and their values in a packet.

use core::net::Ipv4Addr;

use playground_core::wire::{Packet, Segment};
use strum::{EnumString, IntoStaticStr, VariantArray as _, VariantNames};

use super::FieldValue;
use crate::analysis::FindingKind;
use crate::dissection::Dissection;
use crate::packets::{PacketRow, start_lines};

/// A field of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Named(NamedField),
    /// What the analysis of TCP says.
    Finding(FindingKind),
}

/// A field by its name in Wireshark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantNames)]
pub(crate) enum NamedField {
    #[strum(serialize = "frame.number")]
    FrameNumber,
    #[strum(serialize = "frame.len")]
    FrameLen,
    #[strum(serialize = "frame.time_relative")]
    TimeRelative,
    #[strum(serialize = "ip")]
    Ip,
    #[strum(serialize = "ip.src")]
    IpSource,
    #[strum(serialize = "ip.dst")]
    IpDestination,
    #[strum(serialize = "ip.addr")]
    IpAddress,
    #[strum(serialize = "tcp")]
    Tcp,
    #[strum(serialize = "tcp.port")]
    Port,
    #[strum(serialize = "tcp.srcport")]
    SourcePort,
    #[strum(serialize = "tcp.dstport")]
    DestinationPort,
    #[strum(serialize = "tcp.stream")]
    Stream,
    #[strum(serialize = "tcp.len")]
    Length,
    #[strum(serialize = "tcp.seq")]
    Sequence,
    #[strum(serialize = "tcp.seq_raw")]
    RawSequence,
    #[strum(serialize = "tcp.ack")]
    Acknowledgment,
    #[strum(serialize = "tcp.window_size")]
    WindowSize,
    #[strum(serialize = "tcp.window_size_value")]
    WindowValue,
    #[strum(serialize = "tcp.flags")]
    Flags,
    #[strum(serialize = "tcp.flags.syn")]
    Syn,
    #[strum(serialize = "tcp.flags.ack")]
    Ack,
    #[strum(serialize = "tcp.flags.fin")]
    Fin,
    #[strum(serialize = "tcp.flags.reset")]
    Reset,
    #[strum(serialize = "tcp.flags.push")]
    Push,
    #[strum(serialize = "tcp.analysis.flags")]
    Findings,
    #[strum(serialize = "tls")]
    Tls,
    #[strum(serialize = "http")]
    Http,
    #[strum(serialize = "http.request")]
    Request,
    #[strum(serialize = "http.request.method")]
    Method,
    #[strum(serialize = "http.request.uri")]
    Uri,
    #[strum(serialize = "http.response")]
    Response,
    #[strum(serialize = "http.response.code")]
    Code,
    #[strum(serialize = "udp")]
    Udp,
    #[strum(serialize = "dns")]
    Dns,
    #[strum(serialize = "dhcp")]
    Dhcp,
    #[strum(serialize = "icmp")]
    Icmp,
    #[strum(serialize = "node.src")]
    NodeSource,
    #[strum(serialize = "node.dst")]
    NodeDestination,
    #[strum(serialize = "model.lost")]
    Lost,
}

/// The names of all fields, for completion.
pub fn filter_fields() -> impl Iterator<Item = &'static str> {
    let findings = FindingKind::VARIANTS.iter().map(|kind| kind.field());
    <NamedField as VariantNames>::VARIANTS.iter().copied().chain(findings)
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldType {
    /// A packet has it or not.
    Presence,
    /// 0 or 1.
    Flag,
    /// A number up to this one.
    Number(u64),
    /// Seconds with decimals.
    Seconds,
    /// An IPv4 address.
    Address,
    /// A text.
    Text,
}

impl Field {
    pub(crate) fn named(name: &str) -> Option<Self> {
        let finding = FindingKind::VARIANTS.iter().find(|kind| kind.field() == name);
        finding.map(|kind| Self::Finding(*kind)).or_else(|| name.parse().ok().map(Self::Named))
    }

    pub(crate) const fn values_are(self) -> FieldType {
        use NamedField as F;

        let Self::Named(field) = self else { return FieldType::Presence };
        match field {
            F::Ip | F::Tcp | F::Tls | F::Http | F::Udp | F::Dns | F::Dhcp | F::Icmp => FieldType::Presence,
            F::Findings | F::Lost => FieldType::Presence,
            F::Syn | F::Ack | F::Fin | F::Reset | F::Push | F::Request | F::Response => FieldType::Flag,
            F::Port | F::SourcePort | F::DestinationPort | F::Flags | F::WindowValue | F::Code => {
                FieldType::Number(u16::MAX as u64)
            }
            F::FrameNumber | F::FrameLen | F::Stream | F::Length | F::Sequence => {
                FieldType::Number(u32::MAX as u64)
            }
            F::RawSequence | F::Acknowledgment | F::WindowSize => FieldType::Number(u32::MAX as u64),
            F::TimeRelative => FieldType::Seconds,
            F::IpSource | F::IpDestination | F::IpAddress => FieldType::Address,
            F::Method | F::Uri | F::NodeSource | F::NodeDestination => FieldType::Text,
        }
    }

    /// Its values in a packet; none where the packet has no such field.
    pub(crate) fn values(self, row: &PacketRow, packet: &Packet, dissection: &Dissection) -> Vec<FieldValue> {
        use NamedField as F;

        let there = |is_there: bool| if is_there { vec![FieldValue::Present] } else { Vec::new() };
        let number = |number: u64| vec![FieldValue::Number(number)];
        let text = |text: &str| vec![FieldValue::Text(text.to_owned())];
        let field = match self {
            Self::Named(field) => field,
            Self::Finding(kind) => return there(has(row, kind)),
        };
        let name: &'static str = field.into();
        let ends = match packet {
            Packet::Segment(segment) => [segment.source.address, segment.destination.address],
            Packet::Datagram(datagram) => [datagram.source.address, datagram.destination.address],
        };
        let address = |address: Ipv4Addr| FieldValue::Number(u32::from(address).into());
        match field {
            F::FrameNumber => number(row.number.into()),
            F::FrameLen => number(row.length as u64),
            F::TimeRelative => number(row.since_first.as_micros() * 1_000),
            F::IpSource => vec![address(ends[0])],
            F::IpDestination => vec![address(ends[1])],
            F::IpAddress => ends.map(address).to_vec(),
            F::NodeSource => text(&row.from.name),
            F::NodeDestination => text(&row.to.name),
            F::Lost => there(row.lost),
            F::Ip => there(true),
            F::Tcp => there(matches!(packet, Packet::Segment(_))),
            F::Udp => there(matches!(packet, Packet::Datagram(_)) && row.protocol != "ICMP"),
            F::Tls | F::Http | F::Dns | F::Dhcp | F::Icmp => there(row.protocol.eq_ignore_ascii_case(name)),
            F::Findings => there(!row.findings().is_empty()),
            F::Request | F::Method | F::Uri | F::Response | F::Code if row.protocol == "HTTP" => {
                let lines = dissection.segment(row.id).map(|label| start_lines(dissection, label));
                lines.unwrap_or_default().iter().filter_map(|line| of_message(field, line)).collect()
            }
            _ => match packet {
                Packet::Segment(segment) => of_segment(field, row, segment),
                Packet::Datagram(_) => Vec::new(),
            },
        }
    }
}

/// Whether the analysis says something of a packet. A fast or spurious retransmission is one in general too.
fn has(row: &PacketRow, kind: FindingKind) -> bool {
    use FindingKind::{FastRetransmission, Retransmission, SpuriousRetransmission};

    row.findings().iter().map(FindingKind::from).any(|found| {
        let is_special = matches!(found, FastRetransmission | SpuriousRetransmission);
        found == kind || kind == Retransmission && is_special
    })
}

/// What the start line of a message says.
fn of_message(field: NamedField, line: &str) -> Option<FieldValue> {
    let is_response = line.starts_with("HTTP/");
    let mut words = line.split(' ');
    match field {
        NamedField::Request => (!is_response).then_some(FieldValue::Number(1)),
        NamedField::Response => is_response.then_some(FieldValue::Number(1)),
        NamedField::Method if !is_response => words.next().map(|word| FieldValue::Text(word.to_owned())),
        NamedField::Uri if !is_response => words.nth(1).map(|word| FieldValue::Text(word.to_owned())),
        NamedField::Code if is_response => words.nth(1)?.parse().ok().map(FieldValue::Number),
        _ => None,
    }
}

/// What the header of a segment says.
fn of_segment(field: NamedField, row: &PacketRow, segment: &Segment) -> Vec<FieldValue> {
    use NamedField as F;

    let Some(analyzed) = &row.analyzed else { return Vec::new() };
    let (source, destination) = (u64::from(segment.source.port), u64::from(segment.destination.port));
    let flags = segment.flags;
    let value = match field {
        F::Port => return vec![FieldValue::Number(source), FieldValue::Number(destination)],
        F::SourcePort => source,
        F::DestinationPort => destination,
        F::Stream => analyzed.stream.into(),
        F::Length => segment.payload.len() as u64,
        F::Sequence => analyzed.seq.into(),
        F::RawSequence => segment.seq.0.into(),
        F::Acknowledgment => analyzed.ack.into(),
        F::WindowSize => analyzed.window.into(),
        F::WindowValue => segment.window.into(),
        F::Flags => flags.0.into(),
        F::Syn => flags.is_syn().into(),
        F::Ack => flags.is_ack().into(),
        F::Fin => flags.is_fin().into(),
        F::Reset => flags.is_rst().into(),
        F::Push => flags.is_psh().into(),
        _ => return Vec::new(),
    };
    vec![FieldValue::Number(value)]
}
