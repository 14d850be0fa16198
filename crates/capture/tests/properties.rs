//! Properties: what is written is read back, and no octets whatever make a reader panic.

use core::net::Ipv4Addr;

use bytes::Bytes;
use playground_capture::octets::{Checksums, FieldSpan, layout, parse, parse_with, write};
use playground_capture::pcapng::{LinkType, MOST_PACKETS, Writer, read, read_partly};
use playground_core::time::Instant;
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions, Timestamps};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn endpoints() -> impl Strategy<Value = Endpoint> {
    (any::<u32>(), any::<u16>()).prop_map(|(address, port)| Endpoint::new(Ipv4Addr::from(address), port))
}

fn options() -> impl Strategy<Value = TcpOptions> {
    let timestamps = any::<(u32, u32)>().prop_map(|(value, echo)| Timestamps { value, echo });
    (option::of(any::<u16>()), option::of(any::<u8>()), any::<bool>(), option::of(timestamps)).prop_map(
        |(max_segment_size, window_scale, sack_permitted, timestamps)| TcpOptions {
            max_segment_size,
            window_scale,
            sack_permitted,
            timestamps,
        },
    )
}

fn segments() -> impl Strategy<Value = Segment> {
    let numbers = any::<(u32, u32, u8, u16)>();
    (endpoints(), endpoints(), numbers, options(), vec(any::<u8>(), 0..2_000)).prop_map(
        |(source, destination, (seq, ack, flags, window), options, payload)| Segment {
            source,
            destination,
            seq: SeqNum(seq),
            ack: SeqNum(ack),
            flags: Flags(flags),
            window,
            options,
            payload: payload.into(),
        },
    )
}

/// Octets that are nearly a datagram: a written segment with some octets changed and cut somewhere.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let changes = vec((0..80usize, any::<u8>()), 0..6);
    (segments(), changes, any::<proptest::sample::Index>()).prop_map(|(segment, changes, cut)| {
        let mut octets = write(&segment, 1).expect("short");
        let len = octets.len();
        for (at, value) in changes {
            octets[at % len] = value;
        }
        octets.truncate(cut.index(len + 1).max(len / 2));
        octets
    })
}

/// Every octet is labelled once, in order, bits included.
fn labels_are_gapless(spans: &[FieldSpan]) -> bool {
    let bits =
        |span: &FieldSpan| (span.range.start * 8 + span.bits.start, span.range.start * 8 + span.bits.end);
    let fits = |span: &FieldSpan| !span.bits.is_empty() && span.bits.end <= span.range.len() * 8;
    bits(&spans[0]).0 == 0
        && spans.iter().all(fits)
        && spans.windows(2).all(|pair| bits(&pair[0]).1 == bits(&pair[1]).0)
}

proptest! {
    #[test]
    fn what_is_written_is_read(segment in segments(), identification: u16) {
        let octets = write(&segment, identification).expect("short");
        prop_assert_eq!(octets.len(), segment.wire_len());
        let spans = layout(&octets).expect("whole");
        prop_assert!(labels_are_gapless(&spans));
        prop_assert_eq!(spans.last().map(|span| span.range.end), Some(octets.len()));
        prop_assert_eq!(parse(&octets), Ok(segment));
    }

    #[test]
    fn half_a_segment_is_an_error(segment in segments(), cut: proptest::sample::Index) {
        let octets = write(&segment, 1).expect("short");
        prop_assert!(parse(&octets[..cut.index(octets.len())]).is_err());
    }

    #[test]
    fn a_damaged_octet_is_found(segment in segments(), at: proptest::sample::Index, bits in 1..=255u8) {
        let mut octets = write(&segment, 1).expect("short");
        let at = at.index(octets.len());
        octets[at] ^= bits;
        prop_assert!(parse(&octets).is_err());
    }

    #[test]
    fn no_octets_panic(octets in prop_oneof![vec(any::<u8>(), 0..200), damaged()]) {
        let _ = parse(&octets);
        // What the lenient reader takes, the labels cover; neither takes what the other refuses.
        let lenient = parse_with(&octets, Checksums::Ignored);
        match layout(&octets) {
            Ok(spans) => {
                prop_assert!(labels_are_gapless(&spans));
                for span in &spans {
                    prop_assert_eq!(span.value(&octets).is_some(), span.range.len() <= 4);
                }
                prop_assert!(lenient.is_ok());
            }
            Err(error) => {
                prop_assert!(error.offset <= octets.len());
                prop_assert_eq!(lenient, Err(error));
            }
        }
    }

    #[test]
    fn segments_go_through_a_file(
        packets in vec((segments(), 0..u64::MAX, 0..2usize), 0..8),
        comment in ".{0,40}",
    ) {
        let mut writer = Writer::new("properties");
        let interfaces = [writer.interface("a-b", LinkType::RAW, 0), writer.interface("b-c", LinkType::IPV4, 9)];
        for (segment, at, interface) in &packets {
            let octets = write(segment, 1).expect("short");
            writer.packet(interfaces[*interface], Instant::from_micros(*at), &octets, &comment);
        }
        let capture = read(&writer.finish().into()).expect("whole");
        let imported = capture.segments(Checksums::Checked);
        prop_assert_eq!(&imported.skipped, &[]);
        prop_assert_eq!(imported.segments.len(), packets.len());
        let start = packets.iter().map(|(_, at, _)| *at).min().unwrap_or(0);
        for (index, (segment, at, interface)) in packets.iter().enumerate() {
            let packet = &capture.packets[index];
            prop_assert_eq!(packet.at, Some(Instant::from_micros(*at)));
            prop_assert_eq!(packet.interface, *interface);
            prop_assert_eq!(packet.comments.concat(), comment.as_str());
            prop_assert_eq!(&imported.segments[index].segment, segment);
            prop_assert_eq!(imported.segments[index].at, Instant::from_micros(at - start));
        }
    }

    #[test]
    fn no_file_panics(octets in prop_oneof![vec(any::<u8>(), 0..300), files(), older_files()]) {
        let len = octets.len();
        let octets = Bytes::from(octets);
        let (part, problem) = read_partly(&octets);
        prop_assert!(part.packets.len() <= MOST_PACKETS.min(len / 16));
        let whole = read(&octets);
        prop_assert_eq!(whole.as_ref().err(), problem.as_ref());
        match whole {
            Ok(capture) => {
                prop_assert!(capture.packets.len() <= MOST_PACKETS.min(len / 16));
                let imported = capture.segments(Checksums::Ignored);
                prop_assert_eq!(imported.segments.len() + imported.skipped.len(), capture.packets.len());
            }
            Err(error) => prop_assert!(error.offset <= len, "{}", error),
        }
    }
}

/// Octets that are nearly a file: a written one, or blocks of any kind and content, with octets changed.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let kinds = prop_oneof![Just(1u32), Just(2), Just(3), Just(6), Just(0x0a0d_0d0a), any::<u32>()];
    let words = vec(prop_oneof![3 => 0..16u32, 1 => any::<u32>()], 0..12);
    let changes = vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4);
    (segments(), vec((kinds, words), 0..8), changes).prop_map(|(segment, blocks, changes)| {
        let mut writer = Writer::new("files");
        let interface = writer.interface("a-b", LinkType::ETHERNET, 9);
        writer.packet(interface, Instant::ZERO, &write(&segment, 1).expect("short"), "comment");
        let mut file = writer.finish();
        for (kind, words) in blocks {
            let len = words.len() as u32 * 4 + 12;
            file.extend([kind, len].iter().chain(&words).chain([&len]).flat_map(|word| word.to_le_bytes()));
        }
        for (at, value) in changes {
            let at = at.index(file.len());
            file[at] = value;
        }
        file
    })
}

/// Octets that are nearly a pcap file, in either byte order: packets whose lengths are right or not.
fn older_files() -> impl Strategy<Value = Vec<u8>> {
    let magic = prop_oneof![Just(0xa1b2_c3d4u32), Just(0xa1b2_3c4d)];
    let packets = vec((any::<(u32, u32)>(), vec(any::<u8>(), 0..60), 0..8u32), 0..8);
    let link_type = prop_oneof![Just(0u32), Just(1), Just(101), Just(113), Just(276), any::<u32>()];
    (any::<bool>(), magic, link_type, packets).prop_map(|(big, magic, link_type, packets)| {
        let u32s = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let version = if big { [0, 2, 0, 4] } else { [2, 0, 4, 0] };
        let mut file = [u32s(magic), version, u32s(0), u32s(0), u32s(0), u32s(link_type)].concat();
        for ((seconds, fraction), octets, more) in packets {
            // One in eight announces more than there is.
            let len = octets.len() as u32 + if more == 7 { u32::MAX / 2 } else { 0 };
            file.extend([seconds, fraction, len, octets.len() as u32].map(u32s).concat());
            file.extend(octets);
        }
        file
    })
}
