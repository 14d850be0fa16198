//! Files that are opened in part, in steps, or not at all.

use bytes::Bytes;
use playground_capture::octets::write;
use playground_capture::open::{
    LeftOut, MOST_CONNECTIONS, MOST_HOSTS, MOST_OCTETS, MOST_PACKETS, OpenError, Opened, Opening, Progress,
    open,
};
use playground_capture::pcapng::{LinkType, ReadProblem, Writer};
use playground_core::event::Event;
use playground_core::node::RoleSpec;
use playground_core::rule::Rule;
use playground_core::tcp::{Notice, Trigger};
use playground_core::time::Instant;
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions};
use playground_playback::{Cursor, Dissection, Frame, Ladder, Pace};
use proptest::collection::vec;
use proptest::prelude::*;

fn segment(
    source: Endpoint,
    destination: Endpoint,
    flags: Flags,
    seq: u32,
    ack: u32,
    payload: &[u8],
) -> Segment {
    Segment {
        source,
        destination,
        seq: SeqNum(seq),
        ack: SeqNum(ack),
        flags,
        window: 1_000,
        options: TcpOptions::default(),
        payload: Bytes::copy_from_slice(payload),
    }
}

fn client(host: u8) -> Endpoint {
    Endpoint::new([10, 1, 0, host].into(), 40_000)
}

fn server() -> Endpoint {
    Endpoint::new([10, 2, 0, 1].into(), 80)
}

/// A whole exchange of a client with the server.
fn exchange(client: Endpoint) -> Vec<Segment> {
    let (request, response) = (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 204 No Content\r\n\r\n");
    let (asked, answered) = (101 + request.len() as u32, 501 + response.len() as u32);
    vec![
        segment(client, server(), Flags::SYN, 100, 0, b""),
        segment(server(), client, Flags::SYN | Flags::ACK, 500, 101, b""),
        segment(client, server(), Flags::ACK, 101, 501, b""),
        segment(client, server(), Flags::PSH | Flags::ACK, 101, 501, request),
        segment(server(), client, Flags::PSH | Flags::ACK, 501, asked, response),
        segment(client, server(), Flags::FIN | Flags::ACK, asked, answered, b""),
        segment(server(), client, Flags::FIN | Flags::ACK, answered, asked + 1, b""),
        segment(client, server(), Flags::ACK, asked + 1, answered + 1, b""),
    ]
}

/// A file with packets of a link type, a millisecond apart.
fn file(link_type: LinkType, packets: &[Vec<u8>]) -> Bytes {
    let mut writer = Writer::new("test");
    let interface = writer.interface("test", link_type, 0);
    for (place, packet) in packets.iter().enumerate() {
        writer.packet(interface, Instant::from_micros(1_000 * place as u64), packet, "");
    }
    writer.finish().into()
}

fn ipv4(segments: &[Segment]) -> Vec<Vec<u8>> {
    segments.iter().map(|segment| write(segment, 7).expect("short")).collect()
}

/// The same segments in IPv6 datagrams: 2001:db8::1 to 2001:db8::2, by a hop-by-hop header where `is_long`.
fn ipv6(segments: &[Segment], is_long: bool) -> Vec<Vec<u8>> {
    let address = |endpoint: Endpoint| {
        let mut address = [0; 16];
        address[..4].copy_from_slice(&[0x20, 1, 0x0d, 0xb8]);
        address[15] = if endpoint.port == 80 { 2 } else { 1 };
        address
    };
    let one = |segment: &Segment| {
        let tcp = &write(segment, 7).expect("short")[20..];
        let extension: &[u8] = if is_long { &[6, 0, 1, 4, 0, 0, 0, 0] } else { &[] };
        let len = (tcp.len() + extension.len()) as u16;
        let next = if is_long { 0 } else { 6 };
        let mut packet = vec![0x60, 0, 0, 0];
        packet.extend(len.to_be_bytes());
        packet.extend([next, 64]);
        packet.extend(address(segment.source));
        packet.extend(address(segment.destination));
        packet.extend(extension);
        packet.extend(tcp);
        packet
    };
    segments.iter().map(one).collect()
}

fn behind(header: &[u8], packets: &[Vec<u8>]) -> Vec<Vec<u8>> {
    packets.iter().map(|packet| [header, packet].concat()).collect()
}

fn start_lines(opened: &Opened) -> Vec<String> {
    let streams = Dissection::new(&opened.trace).streams;
    let messages = streams.values().flat_map(|stream| stream.messages.clone());
    messages.map(|message| message.start_line.to_string()).collect()
}

#[test]
fn every_link_type_and_both_versions_of_ip_tell_the_same() {
    let four = ipv4(&exchange(client(1)));
    let six = ipv6(&exchange(client(1)), false);
    let mut ethernet = vec![0; 12];
    let with = |octets: &[u8], header: &mut Vec<u8>| [&header[..], octets].concat();
    let files = [
        file(LinkType::RAW, &four),
        file(LinkType::IPV4, &four),
        file(LinkType::ETHERNET, &behind(&with(&[8, 0], &mut ethernet), &four)),
        file(LinkType::NULL, &behind(&[2, 0, 0, 0], &four)),
        file(LinkType::LINUX_SLL, &behind(&[&[0; 14][..], &[8, 0]].concat(), &four)),
        file(LinkType::LINUX_SLL2, &behind(&[&[8, 0][..], &[0; 18]].concat(), &four)),
        file(LinkType::RAW, &six),
        file(LinkType::IPV6, &ipv6(&exchange(client(1)), true)),
        file(LinkType::ETHERNET, &behind(&with(&[0x86, 0xdd], &mut ethernet), &six)),
        file(LinkType::NULL, &behind(&[30, 0, 0, 0], &six)),
        file(LinkType::LOOP, &behind(&[0, 0, 0, 24], &six)),
        file(LinkType::LINUX_SLL, &behind(&[&[0; 14][..], &[0x86, 0xdd]].concat(), &six)),
    ];
    for (place, file) in files.iter().enumerate() {
        let opened = open(file).unwrap_or_else(|error| panic!("{place}: {error}"));
        assert_eq!((opened.about.packets, opened.about.segments), (8, 8), "{place}");
        assert_eq!(start_lines(&opened), ["GET / HTTP/1.1", "HTTP/1.1 204 No Content"], "{place}");
        let names: Vec<_> = opened.trace.scenario.nodes.iter().map(|node| node.name.as_str()).collect();
        let expected = if place < 6 { ["10.1.0.1", "10.2.0.1"] } else { ["2001:db8::1", "2001:db8::2"] };
        assert_eq!(names, expected, "{place}");
        for node in &opened.trace.scenario.nodes {
            let RoleSpec::Captured(seen) = &node.role else { panic!("{node:?}") };
            assert_eq!(seen.address.to_string(), node.name);
        }
    }
}

#[test]
fn what_is_no_whole_segment_is_counted_by_kind() {
    let whole = ipv4(&exchange(client(1)));
    let changed = |at: usize, value: u8| {
        let mut packet = whole[3].clone();
        packet[at] = value;
        packet
    };
    let ethernet = |kind: [u8; 2], packet: &[u8]| [&[0; 12][..], &kind, packet].concat();
    let mut packets: Vec<Vec<u8>> = whole.iter().map(|packet| ethernet([8, 0], packet)).collect();
    packets.extend([
        ethernet([8, 6], &[0; 28]),
        ethernet([8, 0], &changed(9, 17)),
        ethernet([8, 0], &changed(9, 1)),
        ethernet([8, 0], &changed(6, 0x20)),
        ethernet([8, 0], &whole[3][..50]),
        ethernet([8, 0], &changed(32, 0x10)),
    ]);
    let opened = open(&file(LinkType::ETHERNET, &packets)).expect("a capture");
    assert_eq!(opened.about.segments, 8);
    assert_eq!(
        opened.about.left_out,
        [(LeftOut::NotIp, 1), (LeftOut::NotTcp, 2), (LeftOut::Fragment, 1), (LeftOut::Damaged, 2)]
    );
    // On two interfaces, each segment counts once.
    let mut writer = Writer::new("test");
    let interfaces = [0, 1].map(|_| writer.interface("test", LinkType::RAW, 0));
    for (place, packet) in whole.iter().enumerate() {
        for interface in interfaces {
            writer.packet(interface, Instant::from_micros(place as u64), packet, "");
        }
    }
    let opened = open(&writer.finish().into()).expect("a capture");
    assert_eq!((opened.about.segments, &opened.about.left_out[..]), (8, &[(LeftOut::Again, 8)][..]));
    let unknown = open(&file(LinkType(147), &whole)).expect_err("no link type");
    assert_eq!(unknown, OpenError::NoSegments { packets: 8 });
    for kind in LeftOut::ALL {
        assert_eq!(LeftOut::ALL.iter().filter(|other| other.key() == kind.key()).count(), 1);
    }
}

#[test]
fn hosts_beyond_the_most_are_counted() {
    let clients: Vec<_> = (1..=12).flat_map(|host| exchange(client(host))).collect();
    let opened = open(&file(LinkType::RAW, &ipv4(&clients))).expect("a capture");
    assert_eq!(opened.trace.scenario.nodes.len(), MOST_HOSTS);
    // One of those shown is the server.
    let left_out = 13 - MOST_HOSTS as u32;
    assert_eq!(opened.about.hosts, left_out);
    assert_eq!(opened.about.left_out, [(LeftOut::Host, 8 * left_out)]);
    assert_eq!(opened.about.segments, 8 * (MOST_HOSTS as u32 - 1));
}

#[test]
fn a_connection_that_was_open_before_says_that_its_beginning_is_not_there() {
    let opened = open(&file(LinkType::RAW, &ipv4(&exchange(client(1))[3..]))).expect("a capture");
    assert_eq!(start_lines(&opened), ["GET / HTTP/1.1", "HTTP/1.1 204 No Content"]);
    let opens = opened.trace.entries.iter().filter(|entry| {
        let Event::Socket { notice: Notice::StateChanged { trigger, .. }, .. } = &entry.event else {
            return false;
        };
        *trigger == Trigger::NotCaptured && entry.rule == Rule::NotInCapture
    });
    assert_eq!(opens.count(), 2);
}

#[test]
fn of_a_file_that_is_cut_off_what_is_whole_is_shown() {
    let whole = file(LinkType::RAW, &ipv4(&exchange(client(1))));
    let opened = open(&whole.slice(..whole.len() - 3)).expect("a capture");
    assert_eq!(opened.about.segments, 7);
    let problem = opened.about.broken.map(|error| error.problem);
    assert!(matches!(problem, Some(ReadProblem::Truncated { .. })), "{problem:?}");
    // Nothing panics, wherever it ends.
    for len in 0..whole.len() {
        let _ = open(&whole.slice(..len));
    }
    assert!(matches!(open(&Bytes::from_static(b"GET / HTTP/1.1")), Err(OpenError::File(_))));
    assert!(matches!(open(&Bytes::new()), Err(OpenError::File(_))));
    let empty = open(&file(LinkType::RAW, &[])).expect_err("no packets");
    assert_eq!(empty.to_string(), "none of its 0 packets is a whole TCP segment");
}

#[test]
fn bounds_are_named_before_the_work_is_done() {
    let long = Bytes::from(vec![0; MOST_OCTETS + 1]);
    let error = Opening::new(&long).map(|_| ()).expect_err("too long");
    assert_eq!(error, OpenError::TooLong { octets: MOST_OCTETS + 1, most: MOST_OCTETS });
    let syn = ipv4(&exchange(client(1))[..1]);
    let many = file(LinkType::RAW, &vec![syn[0].clone(); MOST_PACKETS + 1]);
    let error = open(&many).expect_err("too many packets");
    assert_eq!(error.to_string(), "the file has more than 100000 packets");
    let port = |port| {
        let from = Endpoint::new([10, 1, 0, 1].into(), port);
        segment(from, server(), Flags::SYN, 1, 0, b"")
    };
    let connections: Vec<_> = (1..=MOST_CONNECTIONS as u16 + 1).map(port).collect();
    let error = open(&file(LinkType::RAW, &ipv4(&connections))).expect_err("too many connections");
    assert_eq!(error, OpenError::TooManyConnections { most: MOST_CONNECTIONS });
}

#[test]
fn steps_of_any_size_give_the_same_trace() {
    let segments: Vec<_> = (1..=5).flat_map(|host| exchange(client(host))).collect();
    let file = file(LinkType::RAW, &ipv4(&segments));
    let at_once = open(&file).expect("a capture");
    for most in [1, 3, 7, 1_000] {
        let mut opening = Opening::new(&file).expect("short");
        let mut last = 0;
        while let Progress::Going(thousandths) = opening.step(most).expect("a capture") {
            assert!((last..=1_000).contains(&thousandths), "{last} {thousandths}");
            last = thousandths;
        }
        let opened = opening.finish();
        assert_eq!(opened.about, at_once.about);
        assert_eq!(opened.trace.entries, at_once.trace.entries);
    }
}

proptest! {
    #[test]
    fn damaged_files_never_panic_and_causes_come_before_effects(
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..24),
    ) {
        let segments: Vec<_> = (1..=3).flat_map(|host| exchange(client(host))).collect();
        let mut octets = file(LinkType::RAW, &ipv4(&segments)).to_vec();
        for (place, value) in changes {
            let place = place.index(octets.len());
            octets[place] = value;
        }
        if let Ok(opened) = open(&octets.into()) {
            for (place, entry) in opened.trace.entries.iter().enumerate() {
                prop_assert_eq!(entry.index as usize, place);
                prop_assert!(entry.cause.is_none_or(|cause| cause < entry.index));
            }
            prop_assert!(opened.trace.entries.is_sorted_by_key(|entry| entry.at));
            let left_out: u32 = opened.about.left_out.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(opened.about.packets, opened.about.segments + left_out);
            let _ = Dissection::new(&opened.trace);
        }
    }
}

/// What a host has read is in no capture: nothing is shown as unread, nor said to be.
#[test]
fn nothing_is_said_to_be_unread() {
    let opened = open(&file(LinkType::RAW, &ipv4(&exchange(client(1))))).expect("a capture");
    let (trace, dissection) = (&opened.trace, Dissection::new(&opened.trace));
    let ladder = Ladder::new(trace, &dissection, &Pace::new(trace, &dissection));
    assert!(ladder.notes.is_empty(), "{:?}", ladder.notes);
    for entry in &trace.entries {
        let frame = Frame::at(trace, &dissection, Cursor::new(entry.index + 1, entry.at));
        let sockets = frame.nodes.iter().flat_map(|node| &node.sockets);
        assert!(sockets.into_iter().all(|socket| !socket.reads_known && socket.receive.tiles.is_empty()));
    }
}
