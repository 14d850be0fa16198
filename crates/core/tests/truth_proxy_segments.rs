//! Real segment sequences through proxies, reproduced: on each connection and in each direction the same flags,
//! in the same order, with the same numbers.
//!
//! Observed 2026-11-20 on Linux 6.18 over the loopback interface: a client that asks for a second page half a
//! second after the first, a blind relay of some forty lines, squid 5.7 (idle timeout 9 s), nginx 1.22.1 (5 s).
//! `tests/data`: time, connection (0 is the client's), `A` its opener or `B`, flags without PSH, relative sequence
//! number, acknowledgment number and length.
//!
//! Heads are not as long here as there (other dates, other names; that relay shortened the target, and squid
//! writes a head and its body apart). So numbers are compared in messages: `2` is the end of the second message
//! of that direction.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::collections::BTreeMap;

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{Asks, RoleSpec};
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Flags, Packet, SeqNum};
use support::scenes::{chain, dumb, origin, smart, trace, two_requests};
use support::secs;

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("data/", $name, ".txt"))
    };
}

/// A segment: connection, whether its opener sent it, flags, relative numbers, length.
#[derive(Clone, Debug)]
struct Line {
    connection: usize,
    from_opener: bool,
    flags: String,
    seq: u64,
    ack: u64,
    len: u64,
}

fn observed(table: &str) -> Vec<Line> {
    let line = |text: &str| {
        let fields: Vec<&str> = text.split(' ').collect();
        let number = |place: usize| fields[place].parse().expect("a number");
        Line {
            connection: number(1) as usize,
            from_opener: fields[2] == "A",
            flags: fields[3].trim_matches(['[', ']']).to_owned(),
            seq: number(4),
            ack: number(5),
            len: number(6),
        }
    };
    table.lines().map(line).collect()
}

/// What was simulated before `until`, connections in the order of their SYNs.
fn simulated(trace: &Trace, until: Instant) -> Vec<Line> {
    let mut connections = Vec::new();
    let mut starts = BTreeMap::new();
    let mut lines = Vec::new();
    for entry in trace.entries.iter().filter(|entry| entry.at < until) {
        let Event::PacketSent { packet: Packet::Segment(segment), .. } = &entry.event else { continue };
        let (source, destination) = (segment.source, segment.destination);
        if segment.flags.is_syn() {
            starts.insert((source, destination), segment.seq);
            if !segment.flags.is_ack() {
                connections.push((source, destination));
            }
        }
        let from_opener = connections.contains(&(source, destination));
        let way = if from_opener { (source, destination) } else { (destination, source) };
        let connection = connections.iter().position(|known| *known == way).expect("it was opened");
        let since = |start: Option<&SeqNum>, number: SeqNum| {
            start.map_or(0, |start| number.offset_from(*start).unsigned_abs().into())
        };
        let letters = [(Flags::FIN, 'F'), (Flags::SYN, 'S'), (Flags::RST, 'R'), (Flags::ACK, '.')];
        let is_ack = segment.flags.is_ack();
        lines.push(Line {
            connection,
            from_opener,
            flags: letters
                .into_iter()
                .filter_map(|(flag, letter)| segment.flags.contains(flag).then_some(letter))
                .collect(),
            seq: since(starts.get(&(source, destination)), segment.seq),
            ack: if is_ack { since(starts.get(&(destination, source)), segment.ack) } else { 0 },
            len: segment.payload.len() as u64,
        });
    }
    lines
}

/// Each direction's segments in messages: `[.] 1 0 data` is a message that follows the first one.
fn in_messages(lines: &[Line]) -> BTreeMap<(usize, bool), Vec<String>> {
    // Where each message of a direction ends: data that follows data of its own side is of the same message.
    let mut ends: BTreeMap<(usize, bool), Vec<u64>> = BTreeMap::new();
    let mut spoke_last: BTreeMap<usize, bool> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.len > 0) {
        let own = ends.entry((line.connection, line.from_opener)).or_default();
        if spoke_last.insert(line.connection, line.from_opener) == Some(line.from_opener) {
            own.pop();
        }
        own.push(line.seq + line.len);
    }
    let mut all: BTreeMap<(usize, bool), Vec<String>> = BTreeMap::new();
    for line in lines {
        let place = |from_opener: bool, number: u64| -> String {
            let ends = ends.get(&(line.connection, from_opener)).map_or(&[][..], Vec::as_slice);
            if number <= 1 {
                return number.min(1).to_string();
            }
            match ends.iter().position(|end| *end == number || *end + 1 == number) {
                Some(place) => {
                    let past_fin = if ends[place] + 1 == number { "+FIN" } else { "" };
                    format!("m{}{past_fin}", place + 1)
                }
                // In the middle of a message.
                None => String::new(),
            }
        };
        let (seq, ack) = (place(line.from_opener, line.seq), place(!line.from_opener, line.ack));
        // The second part of a message, and the acknowledgment of its first.
        if seq.is_empty() || ack.is_empty() {
            continue;
        }
        let data = if line.len > 0 { " data" } else { "" };
        let text = format!("[{}] {seq} {ack}{data}", line.flags);
        all.entry((line.connection, line.from_opener)).or_default().push(text);
    }
    all
}

/// Linux hosts, one behind the other, with no delay that counts.
fn run(proxies: Vec<(&str, RoleSpec)>, asks: Asks, closes_when_done: bool) -> Trace {
    let mut client = two_requests("proxy", Version::Http10, asks);
    client.closes_when_done = closes_when_done;
    let mut roles = vec![("client", RoleSpec::Client(client))];
    roles.extend(proxies);
    roles.push(("server", RoleSpec::OriginServer(origin(Version::Http11))));
    trace(&chain(ProfileName::Linux, Duration::from_micros(10), roles))
}

#[track_caller]
fn assert_same(trace: &Trace, until: Instant, table: &str) {
    assert_eq!(in_messages(&simulated(trace, until)), in_messages(&observed(table)));
}

/// The same, but for how one connection was ended.
#[track_caller]
fn assert_same_but_end_of(connection: usize, trace: &Trace, table: &str) {
    let without_end = |lines: &[Line]| {
        let mut all = in_messages(lines);
        for ((own, _), segments) in &mut all {
            segments.retain(|text| *own != connection || !text.starts_with("[F") && !text.contains("+FIN"));
        }
        all
    };
    assert_eq!(without_end(&simulated(trace, NEVER)), without_end(&observed(table)));
}

/// No end of the capture cuts anything off.
const NEVER: Instant = Instant::from_millis(3_600_000);

#[test]
fn the_blind_relay_and_connection_keep_alive() {
    let trace = run(vec![("proxy", dumb("server", 80))], Asks::KeepAlive, false);
    assert_same(&trace, NEVER, table!("dumb-connection-keepalive-hang"));
}

/// The first transaction: what the client did afterwards is not in the capture.
#[test]
fn the_blind_relay_and_proxy_connection() {
    let trace = run(vec![("proxy", dumb("server", 80))], Asks::ProxyConnection, false);
    assert_same(&trace, Instant::from_millis(400), table!("dumb-proxyconnection-nohang"));
}

#[test]
fn the_blind_relay_before_a_smart_proxy() {
    let proxies = vec![("proxy", dumb("proxy-2", 8080)), ("proxy-2", smart("server", 80, false, secs(9)))];
    let trace = run(proxies, Asks::KeepAlive, false);
    assert_same(&trace, NEVER, table!("dumb-then-smart-connection-hang"));
}

/// squid keeps its connection to the server in a pool; ours goes with its client.
#[test]
fn a_smart_proxy_and_proxy_connection() {
    let trace = run(vec![("proxy", smart("server", 80, false, secs(9)))], Asks::ProxyConnection, true);
    assert_same_but_end_of(1, &trace, table!("smart-proxyconnection"));
}

/// squid leaves the end after its 502 to the client; ours says close and closes.
#[test]
fn a_smart_proxy_before_the_blind_relay() {
    let proxies = vec![("proxy", smart("proxy-2", 8080, true, secs(9))), ("proxy-2", dumb("server", 80))];
    let trace = run(proxies, Asks::ProxyConnection, true);
    assert_same_but_end_of(0, &trace, table!("smart-then-dumb"));
}
