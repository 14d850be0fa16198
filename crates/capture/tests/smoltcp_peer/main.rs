//! Our TCP against one that nobody here wrote: smoltcp is the other endpoint, and real octets go between.

mod network;

use bytes::Bytes;
use network::{From, Network, OURS, PORT, THEIR_PORT, THEIRS};
use playground_core::tcp::{CallError, Profile, ProfileName, SocketEvent, SocketId, State, WindowEdge};
use playground_core::time::{Duration, Instant};
use playground_core::wire::{Endpoint, Flags};
use smoltcp::socket::tcp::State as TheirState;
use strum::VariantArray;

/// Every profile, with its name for messages.
fn profiles() -> impl Iterator<Item = Profile> {
    ProfileName::VARIANTS.iter().copied().map(ProfileName::profile)
}

/// Octets that show any mix-up: no run of them repeats soon.
fn text(len: usize, salt: u8) -> Bytes {
    (0..len).map(|at| (at % 251) as u8 ^ (at / 251) as u8 ^ salt).collect::<Vec<u8>>().into()
}

fn state(network: &Network, socket: SocketId) -> State {
    network.ours.connection(socket).map_or(State::Closed, |connection| connection.state())
}

/// Sends `ours` and `theirs` at once, each side reading all the time, and checks that all arrives.
fn exchange(network: &mut Network, socket: SocketId, ours: &Bytes, theirs: &Bytes) {
    let (mut our_rest, mut their_rest) = (ours.clone(), theirs.clone());
    let (mut got_ours, mut got_theirs) = (Vec::new(), Vec::new());
    network.run_until(|network| {
        our_rest = network.write_ours(socket, our_rest.clone());
        their_rest = network.write_theirs(their_rest.clone());
        assert_eq!(network.read_ours(socket, &mut got_theirs), None, "{}", network.story());
        network.read_theirs(&mut got_ours);
        got_ours.len() >= ours.len() && got_theirs.len() >= theirs.len()
    });
    assert!(got_ours == *ours, "our octets arrive damaged\n{}", network.story());
    assert!(got_theirs == *theirs, "their octets arrive damaged\n{}", network.story());
}

#[test]
fn each_side_opens() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile.clone(), 65_535, 65_535);
        let socket = network.open_from_us();
        assert_eq!(state(&network, socket), State::Established, "{name}");
        assert_eq!(network.theirs().state(), TheirState::Established, "{name}");
        let flags: Vec<_> = network.log.iter().map(|sent| sent.segment.flags).collect();
        assert_eq!(flags, [Flags::SYN, Flags::SYN | Flags::ACK, Flags::ACK], "{name}");
        assert_eq!(network.now.as_micros(), 30_000, "{name}");
        assert_eq!(network.theirs().timestamp_enabled(), profile.timestamps, "{name}");

        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_them();
        assert_eq!(state(&network, socket), State::Established, "{name}");
        assert_eq!(network.theirs().state(), TheirState::Established, "{name}");
        let flags: Vec<_> = network.log.iter().map(|sent| sent.segment.flags).collect();
        assert_eq!(flags, [Flags::SYN, Flags::SYN | Flags::ACK, Flags::ACK], "{name}");
        let tuple = network.ours.connection(socket).expect("open").tuple();
        assert_eq!(tuple.remote, Endpoint::new(THEIRS, THEIR_PORT));
        assert_eq!(tuple.local, Endpoint::new(OURS, PORT));
    }
}

#[test]
fn a_hundred_kilobytes_arrive_each_way() {
    for profile in profiles() {
        for (ours, theirs) in [(100_000, 0), (0, 100_000), (100_000, 100_000)] {
            let mut network = Network::new(profile.clone(), 65_535, 65_535);
            let socket = network.open_from_us();
            exchange(&mut network, socket, &text(ours, 1), &text(theirs, 2));
            assert!(network.log.iter().all(|sent| !sent.retransmission), "{}", network.story());
            let largest = network.data(From::Us).map(|sent| sent.segment.payload.len()).max();
            let mss = if network.ours.profile().timestamps { 1448 } else { 1460 };
            assert_eq!(largest, (ours > 0).then_some(mss), "{}", network.story());
        }
    }
}

#[test]
fn the_third_data_segment_is_lost_and_sent_again() {
    for profile in profiles() {
        for loser in [From::Us, From::Them] {
            let name = profile.name;
            let mut network = Network::new(profile.clone(), 65_535, 65_535);
            let socket = network.open_from_us();
            let mut lost = false;
            network.set_fate(move |sent, nth| {
                let hit = !lost && sent.from == loser && nth == 3 && !sent.segment.payload.is_empty();
                lost |= hit;
                (!hit).then_some(Duration::ZERO)
            });
            let (ours, theirs) = if loser == From::Us { (50_000, 0) } else { (0, 50_000) };
            exchange(&mut network, socket, &text(ours, 1), &text(theirs, 2));
            let gone = network.data(loser).find(|sent| sent.lost).expect("one is lost").segment.clone();
            let copies = network.data(loser).filter(|sent| sent.segment.seq == gone.seq).count();
            assert!(copies >= 2, "{name}\n{}", network.story());
            if loser == From::Us {
                assert_eq!(copies, 2, "{name}\n{}", network.story());
                // Only what was lost is sent again by a stack whose window was large enough for three
                // duplicate ACKs; the textbook's was not.
                let again = network.log.iter().filter(|sent| sent.retransmission).count();
                assert!(
                    again >= 1 && (again == 1 || name == ProfileName::Textbook),
                    "{name}\n{}",
                    network.story()
                );
            }
        }
    }
}

#[test]
#[ignore = "the core measures a round trip over a segment that it sent again (RFC 6298 section 3)"]
fn no_measured_round_trip_counts_a_loss() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_us();
        network.set_fate(|sent, nth| {
            let hit = sent.from == From::Us && !sent.segment.payload.is_empty() && nth % 10 == 3;
            (!hit).then_some(Duration::ZERO)
        });
        exchange(&mut network, socket, &text(50_000, 1), &text(0, 2));
        // Both delays and the peer's delayed ACK.
        let longest = network.round_trips.iter().max().expect("at least the handshake's");
        assert!(*longest <= Duration::from_millis(30), "{name}: {longest}\n{}", network.story());
    }
}

#[test]
fn we_close_our_half_first() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_us();
        let now = network.now;
        network.write_ours(socket, text(3_000, 1));
        network.ours.shutdown(now, socket).expect("open");
        let mut got = Vec::new();
        network.run_until(|network| {
            network.read_theirs(&mut got);
            network.theirs().state() == TheirState::CloseWait && !network.theirs().may_recv()
        });
        assert!(got == text(3_000, 1), "{name}");
        network.run_until(|network| state(network, socket) == State::FinWait2);

        // The other half goes on.
        let theirs = text(5_000, 2);
        assert!(network.write_theirs(theirs.clone()).is_empty());
        let mut got = Vec::new();
        network.run_until(|network| {
            assert_eq!(network.read_ours(socket, &mut got), None);
            got.len() == 5_000
        });
        assert!(got == theirs, "{name}");
        network.theirs().close();
        network.run_until(|network| network.read_ours(socket, &mut got) == Some(Ok(())));
        assert_eq!(state(&network, socket), State::TimeWait, "{name}\n{}", network.story());
        network.run_until(|network| network.theirs().state() == TheirState::Closed);
        let closing = network.now;
        let time_wait = network.ours.profile().time_wait();
        network.ours.close(closing, socket).expect("open");
        network.run_until(|network| network.ours.connection(socket).is_none());
        assert!(network.now - closing <= time_wait, "{name}");
        assert!(network.now - closing > time_wait.saturating_sub(Duration::from_millis(100)), "{name}");
    }
}

#[test]
fn they_close_their_half_first() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_them();
        assert!(network.write_theirs(text(3_000, 1)).is_empty());
        network.theirs().close();
        let mut got = Vec::new();
        network.run_until(|network| network.read_ours(socket, &mut got) == Some(Ok(())));
        assert!(got == text(3_000, 1), "{name}");
        assert_eq!(state(&network, socket), State::CloseWait, "{name}");
        network.run_until(|network| network.theirs().state() == TheirState::FinWait2);

        let ours = text(5_000, 2);
        network.write_ours(socket, ours.clone());
        let mut got = Vec::new();
        network.run_until(|network| {
            network.read_theirs(&mut got);
            got.len() == 5_000
        });
        assert!(got == ours, "{name}");
        let now = network.now;
        network.ours.close(now, socket).expect("open");
        network.run_until(|network| network.theirs().state() == TheirState::TimeWait);
        network.run_until(|network| network.ours.connection(socket).is_none());
        assert!(network.now - now < Duration::from_millis(500), "LAST-ACK ends with the ACK, {name}");
    }
}

#[test]
fn both_close_at_once() {
    for profile in profiles() {
        let name = profile.name;
        // FreeBSD's ACK of the FIN carries its own FIN again. To smoltcp that is an old segment, whose ACK does not count: it
        // sends its FIN again after its time-out.
        let limit = Duration::from_millis(if profile.repeats_fin { 2_000 } else { 100 });
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_us();
        network.run_for(Duration::from_millis(500));
        let now = network.now;
        network.theirs().close();
        network.ours.close(now, socket).expect("open");
        network.run_until(|network| network.theirs().state() == TheirState::TimeWait);
        network.run_until(|network| state(network, socket) == State::TimeWait);
        assert!(network.now - now < limit, "{name}\n{}", network.story());
        network.run_until(|network| network.ours.connection(socket).is_none());
    }
}

#[test]
fn we_reset() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_us();
        network.write_ours(socket, text(1_000, 1));
        network.run_until(|network| network.theirs().can_recv());
        let now = network.now;
        network.ours.abort(now, socket).expect("open");
        network.run_until(|network| network.theirs().state() == TheirState::Closed);
        let last = network.log.last().expect("a reset");
        assert!(last.from == From::Us && last.segment.flags.is_rst(), "{name}\n{}", network.story());
        assert!(network.ours.connection(socket).is_none(), "{name}");
    }
}

#[test]
fn they_reset() {
    for profile in profiles() {
        let name = profile.name;
        let flushes = profile.reset_flushes_receive_buffer;
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_us();
        assert!(network.write_theirs(text(1_000, 1)).is_empty());
        network.run_until(|network| network.events.contains(&(Some(socket), SocketEvent::Readable)));
        network.theirs().abort();
        let failed = (Some(socket), SocketEvent::Failed(CallError::ConnectionReset));
        network.run_until(|network| network.events.contains(&failed));
        let mut got = Vec::new();
        assert_eq!(network.read_ours(socket, &mut got), Some(Err(CallError::ConnectionReset)), "{name}");
        assert_eq!(got.len(), if flushes { 0 } else { 1_000 }, "{name}");
        assert_eq!(network.read_ours(socket, &mut got), Some(Ok(())), "{name}: the error is told once");
    }
}

#[test]
fn a_closed_port_refuses() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile.clone(), 65_535, 65_535);
        let now = network.now;
        let socket = network.ours.connect(now, Endpoint::new(THEIRS, PORT)).expect("a free port");
        let refused = (Some(socket), SocketEvent::ConnectFailed(CallError::ConnectionRefused));
        network.run_until(|network| network.events.contains(&refused));
        assert_eq!(network.now.as_micros(), 20_000, "{name}");

        let mut network = Network::new(profile, 65_535, 65_535);
        network.connect_them(PORT);
        network.run_until(|network| network.theirs().state() == TheirState::Closed);
        assert_eq!(network.now.as_micros(), 20_000, "{name}");
    }
}

#[test]
fn their_window_closes_and_opens_again_though_the_news_is_lost() {
    for profile in profiles() {
        let name = profile.name;
        let mut network = Network::new(profile, 4_096, 4_096);
        let socket = network.open_from_us();
        let ours = text(20_000, 1);
        assert!(network.write_ours(socket, ours.clone()).is_empty());
        network.run_for(Duration::from_millis(30_000));
        assert_eq!(network.theirs().recv_queue(), 4_096, "{name}\n{}", network.story());
        let full = network.now;
        let probes =
            network.log.iter().filter(|sent| sent.from == From::Us && sent.at > Instant::from_millis(1_000));
        assert!((2..60).contains(&probes.count()), "{name}\n{}", network.story());

        // The first word of the open window is lost; a probe must ask for it.
        let mut lost = false;
        network.set_fate(move |sent, _| {
            let hit = !lost && sent.from == From::Them;
            lost |= hit;
            (!hit).then_some(Duration::ZERO)
        });
        let mut got = Vec::new();
        network.run_until(|network| {
            network.read_theirs(&mut got);
            got.len() == ours.len()
        });
        assert!(got == ours, "{name}");
        assert!(network.log.iter().any(|sent| sent.lost), "{name}");
        assert!(network.now - full < Duration::from_secs(130), "{name}\n{}", network.story());
    }
}

#[test]
fn our_window_closes_and_opens_again() {
    for mut profile in profiles() {
        let name = profile.name;
        profile.receive_buffer = 4_096;
        // FreeBSD rounds the buffer up to whole segments, and the window up to 64 octets.
        let capacity = if profile.window_edge == WindowEdge::FreeSpace { 4_432 } else { 4_096 };
        let mut network = Network::new(profile, 65_535, 65_535);
        let socket = network.open_from_them();
        let theirs = text(20_000, 1);
        assert!(network.write_theirs(theirs.clone()).is_empty());
        network.run_for(Duration::from_millis(30_000));
        let unread = network.ours.connection(socket).expect("open").unread();
        assert_eq!(unread, capacity, "{name}\n{}", network.story());
        let ours = network.log.iter().rfind(|sent| sent.from == From::Us).expect("some");
        assert_eq!(ours.segment.window, 0, "{name}");
        assert!(network.log.iter().any(|sent| sent.at > Instant::from_millis(10_000)), "they probe");

        let mut got = Vec::new();
        network.run_until(|network| {
            assert_eq!(network.read_ours(socket, &mut got), None);
            got.len() == theirs.len()
        });
        assert!(got == theirs, "{name}\n{}", network.story());
    }
}

#[test]
fn everything_arrives_through_a_bad_network() {
    for profile in profiles() {
        for seed in 0..20u64 {
            let mut network = Network::new(profile.clone(), 20_000, 20_000);
            let socket = if seed % 2 == 0 { network.open_from_us() } else { network.open_from_them() };
            let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            network.set_fate(move |_, _| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                // One in eight is lost, one in four is overtaken.
                match random % 8 {
                    0 => None,
                    1 | 2 => Some(Duration::from_micros(random % 25_000)),
                    _ => Some(Duration::ZERO),
                }
            });
            exchange(&mut network, socket, &text(40_000, 1), &text(40_000, 2));
            let now = network.now;
            network.ours.shutdown(now, socket).expect("open");
            network.theirs().close();
            network.run_until(|network| {
                let us = matches!(state(network, socket), State::TimeWait | State::Closed);
                us && matches!(network.theirs().state(), TheirState::TimeWait | TheirState::Closed)
            });
        }
    }
}
