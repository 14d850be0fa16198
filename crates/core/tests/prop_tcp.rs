//! Properties of TCP: whatever the link does, what is read is what was written; whatever comes, no panic.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::cell::RefCell;
use std::rc::Rc;

use playground_core::tcp::{Profile, ProfileName, Received, State};
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions, Timestamps};
use proptest::prelude::*;
use strum::VariantArray;
use support::pair::Opened;
use support::states::{STATES, in_state};
use support::{End, Fate, Pair, ms, secs};

fn profile() -> impl Strategy<Value = Profile> {
    (
        proptest::sample::select(ProfileName::VARIANTS),
        64u16..1_600,
        1u32..12,
        256u32..20_000,
        any::<bool>(),
        0u64..300,
    )
        .prop_map(|(name, mss, window, buffer, nagle, delayed)| Profile {
            max_segment_size: mss,
            initial_window: window,
            receive_buffer: buffer,
            nagle,
            delayed_ack: ms(delayed),
            ..name.profile()
        })
}

/// How many segments are lost at most: fewer than a sender tries before it gives up.
const LOSSES: usize = 8;

/// What becomes of the segments: after so many losses the rest arrive, so that the transfer ends.
fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        6 => Just(Fate::Arrives),
        2 => (0u64..400).prop_map(|late| Fate::Late(ms(late))),
        1 => Just(Fate::Twice),
        2 => Just(Fate::Lost),
    ];
    proptest::collection::vec(fate, 0..80).prop_map(|mut fates| {
        let lost = fates.iter_mut().filter(|fate| matches!(fate, Fate::Lost));
        lost.skip(LOSSES).for_each(|fate| *fate = Fate::Arrives);
        fates
    })
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Write(End, usize),
    Read(End, usize),
    Wait(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let end = prop_oneof![Just(End::A), Just(End::B)];
    let step = prop_oneof![
        (end.clone(), 1usize..9_000).prop_map(|(end, len)| Step::Write(end, len)),
        (end, 1usize..9_000).prop_map(|(end, len)| Step::Read(end, len)),
        (0u64..1_500).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 1..25)
}

fn octet(index: usize) -> u8 {
    (index * 7 + index / 251) as u8
}

#[derive(Default)]
struct Side {
    written: usize,
    read: Vec<u8>,
}

fn take(pair: &mut Pair, opened: Opened, end: End, side: &mut Side, max: usize) {
    let socket = if end == End::A { opened.a } else { opened.b };
    if let Ok(Received::Octets(octets)) = pair.receive_at_most(end, socket, max) {
        side.read.extend_from_slice(&octets);
    }
}

/// The trace's reader sees the buffers as they are.
fn assert_world_is_right(pair: &Pair, opened: Opened) {
    for (end, socket) in [(End::A, opened.a), (End::B, opened.b)] {
        let Some(real) = pair.stack(end).connection(socket) else { continue };
        let seen = &pair.world.nodes[end as usize].sockets[&socket];
        assert_eq!(seen.state, real.state());
        assert_eq!(seen.written, real.written());
        assert_eq!(seen.received, real.received());
        let lost: u64 = seen.discarded.iter().map(|range| range.end - range.start).sum();
        assert_eq!(seen.received - seen.read - lost, real.unread() as u64);
        assert_eq!(seen.held, real.held());
        assert!(seen.acknowledged <= seen.sent && seen.sent <= seen.written, "{seen:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_what_was_written(
        a in profile(), b in profile(), fates in fates(), steps in steps(), closes in any::<bool>(),
    ) {
        let mut pair = Pair::new(a, b).with_delay(ms(20));
        let opened = pair.open();
        let fates = Rc::new(RefCell::new(fates.into_iter()));
        pair.fate(move |_| fates.borrow_mut().next().unwrap_or(Fate::Arrives));
        let (mut from_a, mut from_b) = (Side::default(), Side::default());
        for step in steps {
            match step {
                Step::Write(end, len) => {
                    let (socket, side) = match end {
                        End::A => (opened.a, &mut from_a),
                        End::B => (opened.b, &mut from_b),
                    };
                    let octets: Vec<u8> = (side.written..side.written + len).map(octet).collect();
                    side.written += pair.send(end, socket, &octets).unwrap_or(None).unwrap_or(0);
                }
                Step::Read(End::A, max) => take(&mut pair, opened, End::A, &mut from_b, max),
                Step::Read(End::B, max) => take(&mut pair, opened, End::B, &mut from_a, max),
                Step::Wait(millis) => pair.run_for(ms(millis)),
            }
            assert_world_is_right(&pair, opened);
        }
        if closes {
            pair.shutdown(End::A, opened.a).ok();
            pair.shutdown(End::B, opened.b).ok();
        }
        // A prefix of it at any time, and in the end all of it.
        // It is stuck when nothing is read for ten minutes; a small buffer that is emptied every five seconds
        // only takes its time.
        let mut waited = 0;
        while waited < 120 {
            waited += 1;
            let before = from_a.read.len() + from_b.read.len();
            pair.run_for(secs(5));
            take(&mut pair, opened, End::A, &mut from_b, usize::MAX);
            take(&mut pair, opened, End::B, &mut from_a, usize::MAX);
            for side in [&from_a, &from_b] {
                prop_assert!(side.read.len() <= side.written);
            }
            if from_a.read.len() == from_a.written && from_b.read.len() == from_b.written {
                break;
            }
            if from_a.read.len() + from_b.read.len() > before {
                waited = 0;
            }
        }
        assert_world_is_right(&pair, opened);
        for side in [&from_a, &from_b] {
            prop_assert_eq!(side.read.len(), side.written);
            prop_assert!(side.read.iter().enumerate().all(|(index, read)| *read == octet(index)));
        }
        if closes {
            pair.run_for(secs(600));
            for (end, socket) in [(End::A, opened.a), (End::B, opened.b)] {
                prop_assert_eq!(pair.receive(end, socket), Ok(Received::EndOfStream));
                prop_assert_eq!(pair.state(end, socket), State::Closed);
            }
        }
    }
}

fn numbers() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0u32..5, 2 => 0u32..3_000, 1 => any::<u32>(), 1 => Just(u32::MAX), 1 => Just(0x8000_0000)]
}

fn segments() -> impl Strategy<Value = Segment> {
    let options = (any::<Option<u16>>(), any::<Option<u8>>(), any::<bool>(), any::<Option<(u32, u32)>>());
    let nowhere = Endpoint::new([0, 0, 0, 0].into(), 0);
    (0u8..64, numbers(), numbers(), any::<u16>(), 0usize..3_000, options).prop_map(
        move |(flags, seq, ack, window, len, (mss, shift, sack, times))| Segment {
            source: nowhere,
            destination: nowhere,
            seq: SeqNum(seq),
            ack: SeqNum(ack),
            flags: Flags(flags),
            window,
            options: TcpOptions {
                max_segment_size: mss,
                window_scale: shift,
                sack_permitted: sack,
                timestamps: times.map(|(value, echo)| Timestamps { value, echo }),
            },
            payload: vec![b'x'; len].into(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    /// The pair itself asserts that every change of state is an edge of the table.
    #[test]
    fn nothing_that_arrives_makes_a_connection_panic(
        state in proptest::sample::select(&STATES[..]),
        name in proptest::sample::select(ProfileName::VARIANTS),
        segments in proptest::collection::vec(segments(), 1..20),
        writes in 0usize..5_000,
    ) {
        let mut subject = in_state(state, name.profile());
        let (socket, peer) = (subject.socket, subject.peer);
        if writes > 0 {
            subject.pair.send(End::A, socket, &vec![0; writes]).ok();
        }
        for segment in segments {
            if subject.pair.stack(End::A).connection(socket).is_none() {
                break;
            }
            subject.pair.inject(End::A, socket, segment);
            for _ in 0..20 {
                subject.pair.step();
            }
            assert_world_is_right(&subject.pair, Opened { a: socket, b: peer, listener: peer });
        }
        subject.pair.close(End::A, socket);
        for _ in 0..200 {
            subject.pair.step();
        }
    }
}
