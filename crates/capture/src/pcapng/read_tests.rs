//! Tests of the pcapng reader: both byte orders, every kind of block, and what is damaged.

use super::*;
use crate::octets::{Checksums, ParseError, Problem};
use crate::pcapng::{InterfaceId, PacketError, Writer};

/// A file put together block by block, in either byte order, right or wrong.
struct File {
    octets: Vec<u8>,
    big: bool,
}

impl File {
    fn new(big: bool) -> Self {
        let mut file = Self { octets: Vec::new(), big };
        let body = [file.u32(format::BYTE_ORDER_MAGIC), file.u16(1), file.u16(0), vec![0xff; 8]].concat();
        file.block(format::SECTION_HEADER, &body);
        file
    }

    fn u16(&self, value: u16) -> Vec<u8> {
        if self.big { value.to_be_bytes().to_vec() } else { value.to_le_bytes().to_vec() }
    }

    fn u32(&self, value: u32) -> Vec<u8> {
        if self.big { value.to_be_bytes().to_vec() } else { value.to_le_bytes().to_vec() }
    }

    fn block(&mut self, kind: u32, body: &[u8]) {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let len = self.u32(body.len() as u32 + 12);
        self.octets.extend([self.u32(kind), len.clone(), body, len].concat());
    }

    fn interface(&mut self, link_type: u16, snap_len: u32, options: &[(u16, &[u8])]) {
        let mut body = [self.u16(link_type), self.u16(0), self.u32(snap_len)].concat();
        for (code, value) in options {
            body.extend([self.u16(*code), self.u16(value.len() as u16), value.to_vec()].concat());
            body.resize(body.len().next_multiple_of(4), 0);
        }
        self.block(format::INTERFACE_DESCRIPTION, &body);
    }

    fn enhanced(&mut self, interface: u32, ticks: u64, octets: &[u8]) {
        let len = octets.len() as u32;
        let numbers =
            [interface, (ticks >> 32) as u32, ticks as u32, len, len].map(|number| self.u32(number));
        let body = [&numbers.concat(), octets].concat();
        self.block(format::ENHANCED_PACKET, &body);
    }

    fn read(&self) -> Result<Capture, ReadError> {
        read(&Bytes::copy_from_slice(&self.octets))
    }
}

#[test]
fn what_is_written_is_read() {
    let mut writer = Writer::new("test");
    let first = writer.interface("client-proxy", LinkType::RAW, 0);
    let second = writer.interface("프록시-서버", LinkType::RAW, 1_000_000);
    for (interface, at, octets, comment) in [
        (first, 0, &b""[..], ""),
        (second, 1, b"a", "why"),
        (first, u64::from(u32::MAX) + 7, b"abcd", "까닭"),
    ] {
        writer.packet(interface, Instant::from_micros(at), octets, comment);
    }
    let capture = read(&writer.finish().into()).expect("whole");
    let names: Vec<_> = capture.interfaces.iter().map(|interface| interface.name.as_deref()).collect();
    assert_eq!(names, [Some("client-proxy"), Some("프록시-서버")]);
    let packets: Vec<_> = capture
        .packets
        .iter()
        .map(|packet| {
            let at = packet.at.map(Instant::as_micros);
            (packet.interface, at, packet.original_len, &packet.octets[..], packet.comments.concat())
        })
        .collect();
    assert_eq!(
        packets,
        [
            (0, Some(0), 0, &b""[..], String::new()),
            (1, Some(1), 1, b"a", "why".to_owned()),
            (0, Some(4_294_967_302), 4, b"abcd", "까닭".to_owned()),
        ]
    );
}

#[test]
fn both_byte_orders_and_every_packet_block_are_read() {
    for big in [false, true] {
        let mut file = File::new(big);
        file.interface(1, 3, &[]);
        file.interface(101, 0, &[]);
        // Name resolution, interface statistics, a custom block: skipped.
        for kind in [4, 5, 0x0bad, 0x8000_0001] {
            file.block(kind, &[1, 2, 3, 4, 5, 6, 7, 8]);
        }
        file.enhanced(1, 0x1_0000_0005, b"enhanced");
        let simple = [file.u32(5), b"cut".to_vec()].concat();
        file.block(format::SIMPLE_PACKET, &simple);
        let numbers = [0, 9, 4, 6].map(|number| file.u32(number)).concat();
        let obsolete = [file.u16(1), file.u16(7), numbers, b"old!".to_vec()].concat();
        file.block(format::OBSOLETE_PACKET, &obsolete);

        let capture = file.read().expect("whole");
        let packets: Vec<_> = capture
            .packets
            .iter()
            .map(|packet| {
                let at = packet.at.map(Instant::as_micros);
                (packet.interface, at, packet.original_len, &packet.octets[..])
            })
            .collect();
        assert_eq!(
            packets,
            [(1, Some(0x1_0000_0005), 8, &b"enhanced"[..]), (0, None, 5, b"cut"), (1, Some(9), 6, b"old!")]
        );
    }
}

#[test]
fn a_second_section_numbers_its_interfaces_anew_and_may_turn_the_byte_order() {
    let mut file = File::new(false);
    file.interface(101, 0, &[]);
    let mut second = File::new(true);
    second.interface(1, 0, &[]);
    second.enhanced(0, 5, b"x");
    file.octets.extend(second.octets);
    let capture = file.read().expect("whole");
    assert_eq!(capture.interfaces.len(), 2);
    assert_eq!(capture.packets[0].interface, 1);
    assert_eq!(capture.packets[0].at, Some(Instant::from_micros(5)));

    let mut file = File::new(false);
    file.interface(101, 0, &[]);
    file.octets.extend(File::new(false).octets);
    file.enhanced(0, 5, b"x");
    let error = file.read().expect_err("the second section has no interface");
    assert_eq!(error.problem, ReadProblem::UnknownInterface { interface: 0 });
}

#[test]
fn times_are_read_in_every_resolution() {
    let offset = (-2i64).to_le_bytes();
    for (options, ticks, micros) in [
        (&[][..], 7, 7),
        (&[(9, &[6][..])], 7, 7),
        (&[(9, &[9])], 7_999, 7),
        (&[(9, &[3])], 7, 7_000),
        (&[(9, &[0])], 7, 7_000_000),
        (&[(9, &[0x80 | 10])], 1_024, 1_000_000),
        (&[(9, &[0x80 | 127])], u64::MAX, 0),
        (&[(9, &[127])], u64::MAX, 0),
        (&[(9, &[0])], u64::MAX, u64::MAX),
        (&[(14, &offset)], 5_000_000, 3_000_000),
        (&[(14, &offset)], 5, 0),
        (&[(14, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), (9, &[0])], u64::MAX, u64::MAX),
        (&[(14, &[0, 0, 0, 0, 0, 0, 0, 0x80])], u64::MAX, 0),
    ] {
        let mut file = File::new(false);
        file.interface(101, 0, options);
        file.enhanced(0, ticks, b"");
        let at = file.read().expect("whole").packets[0].at;
        assert_eq!(at, Some(Instant::from_micros(micros)), "{options:?} {ticks}");
    }
}

#[test]
fn every_cut_is_an_error_unless_it_falls_between_blocks() {
    let mut file = File::new(false);
    let mut whole = vec![file.octets.len()];
    file.interface(101, 0, &[(2, b"name")]);
    whole.push(file.octets.len());
    file.enhanced(0, 1, b"octets");
    whole.push(file.octets.len());
    for len in 0..=file.octets.len() {
        let octets = Bytes::copy_from_slice(&file.octets[..len]);
        let cut = read(&octets);
        assert_eq!(cut.is_ok(), whole.contains(&len), "{len}: {cut:?}");
        // What was whole before the cut is read all the same.
        let (capture, problem) = read_partly(&octets);
        assert_eq!(problem, cut.err());
        assert_eq!(capture.interfaces.len(), usize::from(len >= whole[1]), "{len}");
        assert_eq!(capture.packets.len(), usize::from(len >= whole[2]), "{len}");
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let good = || {
        let mut file = File::new(false);
        file.interface(101, 0, &[]);
        file
    };
    let with = |alter: &dyn Fn(&mut File)| {
        let mut file = good();
        alter(&mut file);
        file.read().map(|_| ()).map_err(|error| error.to_string())
    };
    let put = |at: usize, octets: &[u8]| {
        let octets = octets.to_vec();
        with(&move |file| file.octets[at..at + octets.len()].copy_from_slice(&octets))
    };
    let problem = |message: &str| Err(message.to_owned());
    assert_eq!(put(0, b"GET "), problem("octet 0: not a pcap or pcapng file"));
    assert_eq!(put(8, &[0; 4]), problem("octet 8: the byte-order magic is wrong"));
    assert_eq!(put(12, &[2, 0]), problem("octet 12: version 2 of the format, expected 1"));
    assert_eq!(put(4, &[8]), problem("octet 4: a block length of 8 is too small or no multiple of four"));
    assert_eq!(put(32, &[21]), problem("octet 32: a block length of 21 is too small or no multiple of four"));
    assert_eq!(
        put(32, &[0xfc, 0xff, 0xff, 0xff]),
        problem("octet 28: the file ends inside a block: 20 octets are left of 4294967292")
    );
    assert_eq!(put(44, &[24]), problem("octet 44: a block of length 20 ends with the length 24"));
    assert_eq!(
        with(&|file| file.enhanced(1, 0, b"")),
        problem("octet 56: a packet of interface 1, which is not described")
    );
    assert_eq!(
        with(&|file| file.block(format::ENHANCED_PACKET, &[0; 16])),
        problem("octet 72: the content of a block reaches beyond it")
    );
    let long = [[0; 12], [0xff; 12]].concat();
    assert_eq!(
        with(&|file| file.block(format::ENHANCED_PACKET, &long)),
        problem("octet 76: the content of a block reaches beyond it")
    );
    assert_eq!(
        with(&|file| file.block(format::SIMPLE_PACKET, &[9, 0, 0, 0, 1, 2, 3, 4])),
        problem("octet 60: the content of a block reaches beyond it")
    );
    assert_eq!(
        with(&|file| file.interface(101, 0, &[(9, &[6, 0])])),
        problem("octet 64: option 9 cannot have the length 2")
    );
    assert_eq!(with(&|file| file.block(7, &[])), Ok(()));
}

#[test]
fn too_many_packets_are_refused() {
    let mut writer = Writer::new("test");
    let interface: InterfaceId = writer.interface("a", LinkType::RAW, 0);
    for _ in 0..=MOST_PACKETS {
        writer.packet(interface, Instant::ZERO, b"", "");
    }
    let error = read(&writer.finish().into()).expect_err("one too many");
    assert_eq!(error.problem, ReadProblem::TooManyPackets { most: MOST_PACKETS });

    let mut file = File::new(false);
    for _ in 0..=MOST_INTERFACES {
        file.interface(101, 0, &[]);
    }
    let error = file.read().expect_err("one too many");
    assert_eq!(error.problem, ReadProblem::TooManyInterfaces { most: MOST_INTERFACES });
}

#[test]
fn packets_that_are_no_segments_are_listed_with_their_reason() {
    let mut file = File::new(false);
    file.interface(1, 0, &[]);
    file.interface(147, 0, &[]);
    let arp = [&[0; 12][..], &[8, 6], &[0; 28]].concat();
    let udp = [&[0; 12][..], &[8, 0, 0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17], &[0; 18]].concat();
    file.enhanced(0, 5, &arp);
    file.enhanced(0, 6, &udp);
    file.enhanced(1, 7, b"");
    let mut capture = file.read().expect("whole");
    let udp_cut = Packet { octets: capture.packets[1].octets.slice(..30), ..capture.packets[1].clone() };
    capture.packets.push(udp_cut);
    let imported = capture.segments(Checksums::Checked);
    assert!(imported.segments.is_empty());
    assert_eq!(
        imported.skipped,
        [
            (0, PacketError::EtherType(0x0806)),
            (1, PacketError::Datagram(ParseError { offset: 9, problem: Problem::Protocol { protocol: 17 } })),
            (2, PacketError::LinkType(LinkType(147))),
            (3, PacketError::CutByCapture { captured: 30, original: 42 }),
        ]
    );
}
