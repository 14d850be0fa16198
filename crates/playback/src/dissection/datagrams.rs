//! The words on a datagram that is no TCP segment.

use playground_core::dhcp::{DHCP_SERVER_PORT, DhcpMessage};
use playground_core::dns::{DNS_PORT, DnsMessage, ResponseCode};
use playground_core::wire::{Datagram, IcmpMessage, Protocol, UnreachableCode};

use super::SegmentKind;
use super::labels::Words;

/// How a datagram is drawn, and its words.
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
