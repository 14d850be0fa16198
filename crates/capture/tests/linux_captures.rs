//! Captures of Linux 6.18: they are read, and each datagram is written again as the kernel wrote it.
//!
//! `tests/data`: two kernels in network namespaces, 10.7.0.1 the client, 10.7.0.2 the server; tcpdump on
//! the client's Ethernet interface, or on a tunnel between them (RAW).

use bytes::Bytes;
use playground_capture::octets::{Checksums, Problem, write};
use playground_capture::pcapng::{Capture, LinkType, PacketError, TimedSegment, read};
use playground_core::wire::{Endpoint, SeqNum};

const CONNECT_CLOSED_PORT: &[u8] = include_bytes!("data/connect-closed-port.pcapng");
const CLOSE_THREEWAY: &[u8] = include_bytes!("data/close-threeway.pcapng");
/// The same, saved in the older format by Wireshark's editcap, in microseconds and in nanoseconds.
const CLOSE_THREEWAY_PCAP: &[u8] = include_bytes!("data/close-threeway.pcap");
const CLOSE_SIMULTANEOUS_PCAP: &[u8] = include_bytes!("data/close-simultaneous-ns.pcap");
const CLOSE_SIMULTANEOUS: &[u8] = include_bytes!("data/close-simultaneous.pcapng");

fn capture(file: &'static [u8]) -> Capture {
    read(&Bytes::from_static(file)).expect("a whole file")
}

/// Time, sender, flags, numbers counted from each side's first.
fn story(segments: &[TimedSegment]) -> Vec<String> {
    let first = |end: Endpoint| {
        let sent = segments.iter().find(|timed| timed.segment.source == end);
        sent.map_or(SeqNum(0), |timed| timed.segment.seq)
    };
    let line = |timed: &TimedSegment| {
        let segment = &timed.segment;
        let from = if segment.source == segments[0].segment.source { "client" } else { "server" };
        let seq = segment.seq.offset_from(first(segment.source));
        let ack =
            if segment.flags.is_ack() { segment.ack.offset_from(first(segment.destination)) } else { 0 };
        format!("{} {from} [{}] seq {seq} ack {ack}", timed.at, segment.flags)
    };
    segments.iter().map(line).collect()
}

#[test]
fn a_pcap_file_tells_the_same_as_a_pcapng_file() {
    for (older, newer) in
        [(CLOSE_THREEWAY_PCAP, CLOSE_THREEWAY), (CLOSE_SIMULTANEOUS_PCAP, CLOSE_SIMULTANEOUS)]
    {
        let (older, newer) = (capture(older), capture(newer));
        assert_eq!(older.interfaces[0].link_type, newer.interfaces[0].link_type);
        assert_eq!(older.packets.len(), newer.packets.len());
        for (older, newer) in older.packets.iter().zip(&newer.packets) {
            assert_eq!((older.at, older.original_len), (newer.at, newer.original_len));
            assert_eq!(older.octets, newer.octets);
        }
    }
}

#[test]
fn the_stories_are_read_as_tshark_reads_them() {
    let closed_port = ["0.000000 client [SYN] seq 0 ack 0", "0.000021 server [RST, ACK] seq 0 ack 1"];
    let threeway = [
        "0.000000 client [SYN] seq 0 ack 0",
        "0.000020 server [SYN, ACK] seq 0 ack 1",
        "0.000033 client [ACK] seq 1 ack 1",
        "0.000818 client [FIN, ACK] seq 1 ack 1",
        "0.002387 server [FIN, ACK] seq 1 ack 2",
        "0.002410 client [ACK] seq 2 ack 2",
    ];
    let simultaneous = [
        "0.000000 client [SYN] seq 0 ack 0",
        "0.050368 server [SYN, ACK] seq 0 ack 1",
        "0.050410 client [ACK] seq 1 ack 1",
        "0.275912 client [FIN, ACK] seq 1 ack 1",
        "0.301136 server [FIN, ACK] seq 1 ack 1",
        "0.301145 client [ACK] seq 2 ack 2",
        "0.327556 server [ACK] seq 2 ack 2",
    ];
    for (file, link_type, expected) in [
        (CONNECT_CLOSED_PORT, LinkType::ETHERNET, &closed_port[..]),
        (CLOSE_THREEWAY, LinkType::ETHERNET, &threeway),
        (CLOSE_SIMULTANEOUS, LinkType::RAW, &simultaneous),
    ] {
        let capture = capture(file);
        assert_eq!(capture.interfaces[0].link_type, link_type);
        let imported = capture.segments(Checksums::Ignored);
        assert_eq!(imported.skipped, []);
        assert_eq!(story(&imported.segments), expected);
    }
}

#[test]
fn our_datagrams_are_those_of_the_kernel() {
    for file in [CONNECT_CLOSED_PORT, CLOSE_THREEWAY, CLOSE_SIMULTANEOUS] {
        let capture = capture(file);
        for timed in capture.segments(Checksums::Ignored).segments {
            let packet = &capture.packets[timed.packet];
            let link_type = capture.interfaces[packet.interface].link_type;
            let theirs = link_type.datagram(&packet.octets).expect("IPv4");
            let identification = u16::from_be_bytes([theirs[4], theirs[5]]);
            let mut ours = write(&timed.segment, identification).expect("short");
            if link_type == LinkType::ETHERNET {
                // The kernel left the TCP checksum to a network card that does not exist.
                ours[36..38].copy_from_slice(&theirs[36..38]);
            }
            assert_eq!(ours, theirs, "{timed:?}");
        }
    }
}

#[test]
fn checksums_left_to_the_network_card_are_noticed() {
    let imported = capture(CLOSE_THREEWAY).segments(Checksums::Checked);
    assert_eq!(imported.segments, []);
    assert_eq!(imported.skipped.len(), 6);
    for (_, error) in &imported.skipped {
        let PacketError::Datagram(error) = error else { panic!("{error}") };
        assert!(error.offset == 36 && matches!(error.problem, Problem::TcpChecksum { .. }), "{error}");
    }
    assert_eq!(capture(CLOSE_SIMULTANEOUS).segments(Checksums::Checked).skipped, []);
}
