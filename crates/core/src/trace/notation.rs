//! The notation: one line per segment, as tcpdump prints them, with relative sequence numbers.

use std::collections::BTreeMap;

use core::fmt::Write as _;
use core::net::Ipv4Addr;

use super::Trace;
use crate::dhcp::{DHCP_SERVER_PORT, DhcpMessage};
use crate::dns::{DNS_PORT, DnsMessage, ResponseCode};
use crate::event::{DropReason, Entry, Event};
use crate::wire::{
    Datagram, Endpoint, Flags, IcmpMessage, Packet, Protocol, Segment, SeqNum, UnreachableCode,
};

impl Trace {
    /// All segments in the order of sending, one line each, with numbers relative to each direction's SYN:
    /// `0.050032 server.80 > client.49152: Flags [S.], seq 0, ack 1, win 65535, length 0`. The line of a lost segment
    /// ends with the reason.
    pub fn notation(&self) -> String {
        let mut lost = BTreeMap::new();
        for entry in &self.entries {
            if let Event::PacketDropped { id, reason } = entry.event {
                lost.insert(id, reason);
            }
        }
        let mut numbering = Numbering::default();
        let mut text = String::new();
        for entry in &self.entries {
            let id = match &entry.event {
                Event::PacketSent { id, packet: Packet::Segment(segment), retransmission, .. } => {
                    self.write_line(&mut text, entry, segment, &mut numbering);
                    if *retransmission {
                        text.push_str(" [retransmission]");
                    }
                    id
                }
                Event::PacketSent { id, packet: Packet::Datagram(datagram), .. } => {
                    self.write_datagram(&mut text, entry, datagram);
                    id
                }
                _ => continue,
            };
            if let Some(reason) = lost.get(id) {
                let word = match reason {
                    DropReason::Scripted | DropReason::Random | DropReason::Unacknowledged => "lost",
                    DropReason::Corrupted => "corrupted",
                    DropReason::QueueFull => "queue full",
                    DropReason::LinkDown => "link down",
                    DropReason::HostDown => "host down",
                };
                let _ = write!(text, " [{word}]");
            }
            text.push('\n');
        }
        text
    }

    fn write_line(&self, text: &mut String, entry: &Entry, segment: &Segment, numbering: &mut Numbering) {
        let (seq, ack) = numbering.relative(segment);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{} {} > {}: Flags [{}]",
            entry.at,
            self.endpoint_name(segment.source),
            self.endpoint_name(segment.destination),
            letters(segment.flags),
        );
        let len = segment.payload.len() as u32;
        let _ = if len > 0 {
            write!(text, ", seq {seq}:{}", seq.wrapping_add(len))
        } else {
            write!(text, ", seq {seq}")
        };
        if segment.flags.is_ack() {
            let _ = write!(text, ", ack {ack}");
        }
        let _ = write!(text, ", win {}, length {len}", segment.window);
        if let Some(line) = first_line(&segment.payload) {
            let _ = write!(text, ": {line}");
        }
    }

    fn write_datagram(&self, text: &mut String, entry: &Entry, datagram: &Datagram) {
        let _ = match datagram.protocol {
            Protocol::Udp => write!(
                text,
                "{} {} > {}: UDP, length {}",
                entry.at,
                self.endpoint_name(datagram.source),
                self.endpoint_name(datagram.destination),
                datagram.payload.len()
            ),
            Protocol::Icmp => write!(
                text,
                "{} {} > {}: ICMP",
                entry.at,
                self.host_name(datagram.source.address),
                self.host_name(datagram.destination.address)
            ),
        };
        if let Some(summary) = datagram_words(datagram) {
            let _ = write!(text, ": {summary}");
        }
    }

    fn host_name(&self, address: Ipv4Addr) -> String {
        let owner = self.owner(address).and_then(|node| self.scenario.nodes.get(node.index()));
        owner.map_or_else(|| address.to_string(), |node| node.name.clone())
    }

    fn endpoint_name(&self, endpoint: Endpoint) -> String {
        format!("{}.{}", self.host_name(endpoint.address), endpoint.port)
    }
}

/// Relative sequence numbers, each direction from its SYN.
#[derive(Debug, Default)]
struct Numbering {
    first: BTreeMap<(Endpoint, Endpoint), SeqNum>,
}

impl Numbering {
    fn relative(&mut self, segment: &Segment) -> (u32, u32) {
        let (from, to) = (segment.source, segment.destination);
        if segment.flags.is_syn() {
            self.first.insert((from, to), segment.seq);
        }
        let relative = |number: SeqNum, first: Option<&SeqNum>| {
            first.map_or(number.0, |first| number.0.wrapping_sub(first.0))
        };
        (
            relative(segment.seq, self.first.get(&(from, to))),
            relative(segment.ack, self.first.get(&(to, from))),
        )
    }
}

fn letters(flags: Flags) -> String {
    [(Flags::FIN, 'F'), (Flags::SYN, 'S'), (Flags::RST, 'R'), (Flags::PSH, 'P'), (Flags::ACK, '.')]
        .into_iter()
        .filter(|(flag, _)| flags.contains(*flag))
        .map(|(_, letter)| letter)
        .collect()
}

/// A short description of a datagram.
fn datagram_words(datagram: &Datagram) -> Option<String> {
    let ports = [datagram.source.port, datagram.destination.port];
    match datagram.protocol {
        Protocol::Icmp => Some(match IcmpMessage::decode(&datagram.payload)? {
            IcmpMessage::Echo { sequence, .. } => format!("echo request, seq {sequence}"),
            IcmpMessage::EchoReply { sequence, .. } => format!("echo reply, seq {sequence}"),
            IcmpMessage::Unreachable { code: UnreachableCode::Network, .. } => "net unreachable".to_owned(),
            IcmpMessage::Unreachable { code: UnreachableCode::Host, .. } => "host unreachable".to_owned(),
            IcmpMessage::Unreachable { code: UnreachableCode::Port, .. } => "port unreachable".to_owned(),
            IcmpMessage::Unreachable { code, .. } => format!("unreachable, code {}", code.number()),
        }),
        Protocol::Udp if ports.contains(&DNS_PORT) => {
            let message = DnsMessage::decode(&datagram.payload)?;
            Some(match (message.is_response, message.code, message.answers.first()) {
                (false, ..) => format!("DNS A? {}", message.name),
                (true, _, Some(record)) => format!("DNS A {}", record.address),
                (true, ResponseCode::NameError, None) => "DNS NXDomain".to_owned(),
                (true, _, None) => "DNS no answer".to_owned(),
            })
        }
        Protocol::Udp if ports.contains(&DHCP_SERVER_PORT) => {
            let message = DhcpMessage::decode(&datagram.payload)?;
            let address = if message.kind.is_from_server() { Some(message.yours) } else { message.requested };
            Some(match address.filter(|address| !address.is_unspecified()) {
                Some(address) => format!("DHCP {} {address}", message.kind.name()),
                None => format!("DHCP {}", message.kind.name()),
            })
        }
        Protocol::Udp => None,
    }
}

/// The start-line of a payload that begins with an HTTP message.
fn first_line(payload: &[u8]) -> Option<&str> {
    let end = payload.iter().position(|octet| *octet == b'\r')?;
    let line = core::str::from_utf8(&payload[..end]).ok()?;
    (line.starts_with("HTTP/1.") || line.ends_with("HTTP/1.0") || line.ends_with("HTTP/1.1")).then_some(line)
}
