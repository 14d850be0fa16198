//! Slow, silent and hostile peers: the run ends what goes beyond its limits, says why, and serves the others.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use playground_core::node::ResourceSpec;
use playground_live::{Bound, Limits};

use crate::running::{Ended, for_others, relayed, run_within, server_of};

const REQUEST: &[u8] =
    b"GET http://www.joes-hardware.com/a HTTP/1.1\r\nHost: www.joes-hardware.com\r\nConnection: close\r\n\r\n";
/// Nothing here takes as long; a run that hangs fails its test.
const PATIENCE: Duration = Duration::from_secs(60);
const KINDS: [&str; 2] = ["dumb", "smart"];

fn connect(place: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(place).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time");
    stream.set_write_timeout(Some(PATIENCE)).expect("a time");
    stream
}

/// What comes until the end of the connection, however it ends.
fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut octets = Vec::new();
    match stream.read_to_end(&mut octets) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => panic!("it hangs"),
        _ => octets,
    }
}

fn is_served(place: SocketAddr) -> bool {
    let mut stream = connect(place);
    // It may be ended before it has its turn, which shows in the answer.
    let _ = stream.write_all(REQUEST);
    rest(&mut stream).starts_with(b"HTTP/1.1 200 ")
}

/// A run within limits, with a body of so many octets.
fn run_with<T: Send>(
    kind: &str,
    body: u32,
    limits: Limits,
    peers: impl FnOnce(SocketAddr) -> T + Send,
) -> (T, Ended) {
    let mut scenario = relayed(kind, None);
    server_of(&mut scenario).resources = vec![ResourceSpec::new("/a", body)];
    run_within(for_others(scenario), limits, peers)
}

fn bounds(ended: &Ended) -> Vec<Bound> {
    ended.excesses.iter().map(|excess| excess.bound).collect()
}

#[test]
fn silent_peers_are_ended_and_told() {
    for kind in KINDS {
        let limits = Limits { silence: Duration::from_millis(500), ..Limits::default() };
        let silence = limits.silence;
        let ((), ended) = run_with(kind, 10, limits, |place| {
            let mut peers: Vec<TcpStream> = (0..4).map(|_| connect(place)).collect();
            assert!(peers.iter_mut().all(|peer| rest(peer).is_empty()));
            assert!(is_served(place));
        });
        assert_eq!((bounds(&ended), ended.left), (vec![Bound::Silence(silence); 4], 0), "{kind}");
    }
}

#[test]
fn a_request_of_single_octets_makes_room_for_others() {
    for kind in KINDS {
        let limits = Limits { accepted: 4, patience: Duration::from_millis(300), ..Limits::default() };
        let ((), ended) = run_with(kind, 10, limits, |place| {
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    let mut peer = connect(place);
                    // Never silent, never done.
                    scope.spawn(move || {
                        while peer.write_all(b"a").is_ok() {
                            std::thread::sleep(Duration::from_millis(20));
                        }
                    });
                }
                // The places are taken; this one gets one.
                while !is_served(place) {}
                // Those that are left have no reason to go: others push them out, who are accepted before the one that
                // is served behind them.
                let pushing: Vec<TcpStream> = (0..8).map(|_| connect(place)).collect();
                while !is_served(place) {}
                drop(pushing);
            });
        });
        let told = bounds(&ended);
        assert!(told.len() >= 4 && told.iter().all(|bound| *bound == Bound::Room(4)), "{kind}: {told:?}");
        assert_eq!(ended.left, 0, "{kind}");
    }
}

#[test]
fn hundreds_of_idle_connections_keep_nobody_out() {
    let limits = Limits { accepted: 64, patience: Duration::from_millis(100), ..Limits::default() };
    // With its own ends the test has as many open as a program may have without asking.
    let (served, ended) = run_with("smart", 10, limits, |place| {
        let idle: Vec<TcpStream> = (0..800).map(|_| connect(place)).collect();
        let served = is_served(place);
        drop(idle);
        served
    });
    assert!(served);
    assert!(bounds(&ended).iter().all(|bound| *bound == Bound::Room(64)));
    assert_eq!(ended.left, 0);
}

#[test]
fn an_endless_head_and_garbage_are_refused() {
    let garbage: Vec<u8> =
        (0..4_096_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let endless =
        [&b"GET http://www.joes-hardware.com/a HTTP/1.1\r\n"[..], &b"X-Long: ".repeat(40_000)].concat();
    for sent in [&garbage, &endless] {
        let ((), ended) = run_with("smart", 10, Limits::default(), |place| {
            let mut peer = connect(place);
            // It may be refused before it is sent whole.
            let _ = peer.write_all(sent);
            let _ = peer.shutdown(Shutdown::Write);
            let answer = rest(&mut peer);
            assert!(
                answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"),
                "{}",
                String::from_utf8_lossy(&answer)
            );
            assert!(is_served(place));
        });
        assert_eq!((bounds(&ended), ended.left), (Vec::new(), 0));
    }
}

#[test]
fn a_peer_that_never_reads_is_ended() {
    for kind in KINDS {
        let limits = Limits { silence: Duration::from_millis(800), ..Limits::default() };
        // More than the kernel's buffers take.
        let (octets, ended) = run_with(kind, 16_000_000, limits, |place| {
            let mut peer = connect(place);
            peer.write_all(REQUEST).expect("it reads");
            std::thread::sleep(Duration::from_secs(2));
            rest(&mut peer).len()
        });
        assert!(octets < 16_000_000, "{kind}: {octets}");
        assert!(
            bounds(&ended).iter().any(|bound| matches!(bound, Bound::Silence(_))),
            "{kind}: {:?}",
            bounds(&ended)
        );
        assert_eq!(ended.left, 0, "{kind}");
    }
}

#[test]
fn a_connection_beyond_its_octets_is_ended_for_that() {
    for kind in KINDS {
        let limits = Limits { octets: 10_000, ..Limits::default() };
        let (octets, ended) = run_with(kind, 100_000, limits, |place| {
            let mut peer = connect(place);
            peer.write_all(REQUEST).expect("it reads");
            rest(&mut peer).len()
        });
        assert!(octets <= 10_000, "{kind}: {octets}");
        let told = bounds(&ended);
        assert!(
            !told.is_empty() && told.iter().all(|bound| *bound == Bound::Octets(10_000)),
            "{kind}: {told:?}"
        );
        assert_eq!(ended.left, 0, "{kind}");
    }
}
