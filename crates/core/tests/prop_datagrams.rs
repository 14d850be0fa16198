//! Properties of DNS, DHCP, ICMP and TLS: no octets make a decoder panic, and encoded messages decode to themselves.
#![cfg(not(target_arch = "wasm32"))]

use bytes::Bytes;
use playground_core::dhcp::{DhcpKind, DhcpMessage};
use playground_core::dns::{DnsMessage, DnsRecord, is_domain_name};
use playground_core::tls::{TlsEnd, TlsVersion, client_hello_of, records};
use playground_core::wire::{IcmpMessage, UnreachableCode};
use proptest::prelude::*;

fn some_octets() -> impl Strategy<Value = Vec<u8>> {
    let noise = prop::collection::vec(any::<u8>(), 0..400);
    let kinds = prop_oneof![
        Just(DnsMessage::query(7, "www.joes-hardware.com").encode()),
        Just(DhcpMessage::new(DhcpKind::Offer, 7, [2; 6]).encode()),
        Just(IcmpMessage::Echo { identifier: 1, sequence: 2, data: Bytes::from_static(b"data") }.encode()),
    ];
    // Messages as they are, with one octet changed and cut short, come farther than noise.
    let changed = (kinds, any::<prop::sample::Index>(), any::<u8>(), any::<prop::sample::Index>());
    let changed = changed.prop_map(|(message, at, octet, cut)| {
        let mut message = message.to_vec();
        let at = at.index(message.len());
        message[at] = octet;
        message.truncate(cut.index(message.len() + 1));
        message
    });
    prop_oneof![noise, changed]
}

fn a_name() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-z0-9_-]{1,20}", 1..5).prop_map(|labels| labels.join("."))
}

proptest! {
    #[test]
    fn no_octets_panic(octets in some_octets()) {
        let _ = DnsMessage::decode(&octets);
        let _ = DhcpMessage::decode(&octets);
        let _ = IcmpMessage::decode(&octets.into());
    }

    #[test]
    fn no_octets_panic_an_end_of_tls(octets in some_octets(), at in any::<prop::sample::Index>(), octet in any::<u8>()) {
        let mut client = TlsEnd::client(TlsVersion::Tls13, true, 1);
        let mut hello = client.start(Some("www.joes-hardware.com"));
        let _ = client.receive(&octets);
        let _ = TlsEnd::server(TlsVersion::Tls13, 2).receive(&octets);
        // A hello with one octet changed comes farther than noise.
        let place = at.index(hello.len());
        hello[place] = octet;
        let mut server = TlsEnd::server(TlsVersion::Tls13, 2);
        if let Ok(mut input) = server.receive(&hello) && !input.reply.is_empty() {
            let place = at.index(input.reply.len());
            input.reply[place] = octet;
            let _ = TlsEnd::client(TlsVersion::Tls13, true, 1).receive(&input.reply);
        }
        let _ = records(&octets);
        let _ = client_hello_of(&hello);
    }

    #[test]
    fn names_and_records_come_back(id in any::<u16>(), name in a_name(), records in prop::collection::vec((a_name(), any::<u32>(), any::<u32>()), 0..5)) {
        prop_assert!(is_domain_name(&name));
        let query = DnsMessage::query(id, name);
        prop_assert_eq!(DnsMessage::decode(&query.encode()), Some(query.clone()));
        let records = records
            .into_iter()
            .map(|(name, ttl_s, address)| DnsRecord { name, ttl_s, address: address.into() })
            .collect();
        let answer = query.answer(records);
        prop_assert_eq!(DnsMessage::decode(&answer.encode()), Some(answer));
    }

    #[test]
    fn echoes_come_back(identifier in any::<u16>(), sequence in any::<u16>(), data in prop::collection::vec(any::<u8>(), 0..99), code in any::<u8>()) {
        let data = Bytes::from(data);
        for message in [
            IcmpMessage::Echo { identifier, sequence, data: data.clone() },
            IcmpMessage::EchoReply { identifier, sequence, data: data.clone() },
            IcmpMessage::Unreachable { code: UnreachableCode::Host, quoted: data.clone() },
        ] {
            prop_assert_eq!(IcmpMessage::decode(&message.encode()), Some(message));
        }
        let mut octets = IcmpMessage::Unreachable { code: UnreachableCode::Port, quoted: data }.encode().to_vec();
        octets[1] = code;
        let _ = IcmpMessage::decode(&octets.into());
    }
}
