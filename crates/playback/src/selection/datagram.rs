//! The layers of a UDP datagram or an ICMP message.

use playground_core::dhcp::{DHCP_SERVER_PORT, DhcpMessage};
use playground_core::dns::{DNS_PORT, DnsMessage};
use playground_core::wire::{Datagram, IP_HEADER_LEN, IcmpMessage, Protocol, UDP_HEADER_LEN};

use super::inspection::{Field, FieldKey, Layer, LayerKind};

/// Where the payload of UDP begins.
const UDP_PAYLOAD: usize = IP_HEADER_LEN + UDP_HEADER_LEN;

/// A field at `range` of the IPv4 datagram.
fn field(key: FieldKey, name: &'static str, value: impl ToString, range: (usize, usize)) -> Field {
    Field { name: name.to_owned(), key: key.into(), value: value.to_string(), octets: Some(range) }
}

/// IPv4, and UDP or ICMP, and what it carries.
pub(super) fn layers(datagram: &Datagram) -> Vec<Layer> {
    let mut layers = vec![ipv4(datagram)];
    match datagram.protocol {
        Protocol::Icmp => layers.push(icmp(datagram)),
        Protocol::Udp => {
            layers.push(udp(datagram));
            let ports = [datagram.source.port, datagram.destination.port];
            let known = if ports.contains(&DNS_PORT) {
                dns(datagram)
            } else if ports.contains(&DHCP_SERVER_PORT) {
                dhcp(datagram)
            } else {
                None
            };
            layers.push(known.unwrap_or_else(|| payload(datagram)));
        }
    }
    layers
}

fn layer(kind: LayerKind, fields: Vec<Field>, octets: (usize, usize)) -> Layer {
    Layer { kind, fields, octets }
}

/// RFC 791 section 3.1.
fn ipv4(datagram: &Datagram) -> Layer {
    let protocol = match datagram.protocol {
        Protocol::Udp => "17 (UDP)",
        Protocol::Icmp => "1 (ICMP)",
    };
    let fields = vec![
        field(FieldKey::Ipv4Version, "Version", 4, (0, 1)),
        field(FieldKey::Ipv4TotalLength, "Total Length", datagram.wire_len(), (2, 4)),
        field(FieldKey::Ipv4Protocol, "Protocol", protocol, (9, 10)),
        field(FieldKey::Ipv4Source, "Source Address", datagram.source.address, (12, 16)),
        field(FieldKey::Ipv4Destination, "Destination Address", datagram.destination.address, (16, 20)),
    ];
    layer(LayerKind::Ipv4, fields, (0, IP_HEADER_LEN))
}

/// RFC 768.
fn udp(datagram: &Datagram) -> Layer {
    let length = UDP_HEADER_LEN + datagram.payload.len();
    let fields = vec![
        field(FieldKey::UdpSourcePort, "Source Port", datagram.source.port, (20, 22)),
        field(FieldKey::UdpDestinationPort, "Destination Port", datagram.destination.port, (22, 24)),
        field(FieldKey::UdpLength, "Length", length, (24, 26)),
        field(FieldKey::UdpChecksum, "Checksum", "", (26, 28)),
    ];
    layer(LayerKind::Udp, fields, (IP_HEADER_LEN, UDP_PAYLOAD))
}

/// RFC 792.
fn icmp(datagram: &Datagram) -> Layer {
    let octets = (IP_HEADER_LEN, datagram.wire_len());
    let code = datagram.payload.get(1).copied().unwrap_or(0);
    let (kind, rest) = match IcmpMessage::decode(&datagram.payload) {
        Some(
            IcmpMessage::Echo { identifier, sequence, .. }
            | IcmpMessage::EchoReply { identifier, sequence, .. },
        ) => (
            if datagram.payload.first() == Some(&8) { "8 (Echo)" } else { "0 (Echo Reply)" },
            vec![
                field(FieldKey::IcmpIdentifier, "Identifier", identifier, (24, 26)),
                field(FieldKey::IcmpSequence, "Sequence Number", sequence, (26, 28)),
                field(FieldKey::IcmpData, "Data", "", (28, octets.1)),
            ],
        ),
        Some(IcmpMessage::Unreachable { .. }) => (
            "3 (Destination Unreachable)",
            vec![field(FieldKey::IcmpQuoted, "Original Datagram", "", (28, octets.1))],
        ),
        None => ("?", Vec::new()),
    };
    let mut fields = vec![
        field(FieldKey::IcmpType, "Type", kind, (20, 21)),
        field(FieldKey::IcmpCode, "Code", code, (21, 22)),
        field(FieldKey::IcmpChecksum, "Checksum", "", (22, 24)),
    ];
    fields.extend(rest);
    layer(LayerKind::Icmp, fields, octets)
}

/// RFC 1035 section 4.1.
fn dns(datagram: &Datagram) -> Option<Layer> {
    let message = DnsMessage::decode(&datagram.payload)?;
    let end = datagram.wire_len();
    let header = UDP_PAYLOAD + 12;
    // The name's labels, each after its length, the root, TYPE and CLASS.
    let question = header + message.name.len() + 2 + 4;
    let flags = match (message.is_response, message.code.number()) {
        (false, _) => "QR=0 RD=1".to_owned(),
        (true, code) => format!("QR=1 RA=1 RCODE={code}"),
    };
    let mut fields = vec![
        field(FieldKey::DnsId, "ID", format!("0x{:04x}", message.id), (UDP_PAYLOAD, UDP_PAYLOAD + 2)),
        field(FieldKey::DnsFlags, "Flags", flags, (UDP_PAYLOAD + 2, UDP_PAYLOAD + 4)),
        field(
            FieldKey::DnsQuestion,
            "Question",
            format!("{} A IN", message.name),
            (header, question.min(end)),
        ),
    ];
    for record in &message.answers {
        let value = format!("A {} TTL={}", record.address, record.ttl_s);
        fields.push(field(FieldKey::DnsAnswer, "Answer", value, (question.min(end), end)));
    }
    Some(layer(LayerKind::Dns, fields, (UDP_PAYLOAD, end)))
}

/// RFC 2131 section 2; the options RFC 2132.
fn dhcp(datagram: &Datagram) -> Option<Layer> {
    let message = DhcpMessage::decode(&datagram.payload)?;
    let at = |from: usize, to: usize| (UDP_PAYLOAD + from, UDP_PAYLOAD + to);
    let hardware: Vec<String> = message.hardware.iter().map(|octet| format!("{octet:02x}")).collect();
    let mut fields = vec![
        field(FieldKey::DhcpOp, "op", if message.kind.is_from_server() { 2 } else { 1 }, at(0, 1)),
        field(FieldKey::DhcpXid, "xid", format!("0x{:08x}", message.transaction), at(4, 8)),
        field(FieldKey::DhcpFlags, "flags", "BROADCAST", at(10, 12)),
        field(FieldKey::DhcpYiaddr, "yiaddr", message.yours, at(16, 20)),
        field(FieldKey::DhcpChaddr, "chaddr", hardware.join(":"), at(28, 34)),
    ];
    // After the fixed fields and the cookie: code, length, value.
    let mut from = 240;
    while let Some([code, len]) = datagram.payload.get(from..from + 2) {
        if *code == 255 {
            break;
        }
        let range = at(from, from + 2 + usize::from(*len));
        from += 2 + usize::from(*len);
        let address =
            |value: Option<core::net::Ipv4Addr>| value.map_or_else(String::new, |it| it.to_string());
        let known = match code {
            53 => Some((FieldKey::DhcpKind, "DHCP Message Type", message.kind.name().to_owned())),
            50 => Some((FieldKey::DhcpRequested, "Requested IP Address", address(message.requested))),
            54 => Some((FieldKey::DhcpServer, "Server Identifier", address(message.server))),
            51 => {
                let lease = message.lease_s.map_or_else(String::new, |lease| format!("{lease} s"));
                Some((FieldKey::DhcpLease, "IP Address Lease Time", lease))
            }
            1 => Some((FieldKey::DhcpMask, "Subnet Mask", address(message.subnet_mask))),
            3 => Some((FieldKey::DhcpRouter, "Router", address(message.router))),
            6 => Some((FieldKey::DhcpNameServer, "Domain Name Server", address(message.name_server))),
            _ => None,
        };
        fields.extend(known.map(|(key, name, value)| field(key, name, value, range)));
    }
    Some(layer(LayerKind::Dhcp, fields, (UDP_PAYLOAD, datagram.wire_len())))
}

fn payload(datagram: &Datagram) -> Layer {
    let octets = (UDP_PAYLOAD, datagram.wire_len());
    let value = datagram.payload.len();
    layer(LayerKind::Payload, vec![field(FieldKey::PayloadOctets, "Data", value, octets)], octets)
}
