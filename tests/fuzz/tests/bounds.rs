//! What is too much is refused by a bound that the message names, before memory is spent on it; what is not refused ends at
//! its limits.
//!
//! What is allocated is counted by dhat; it is printed for each row with the time.

use std::time::Instant;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use bytes::Bytes;
use playground_capture::octets::write;
use playground_capture::open::{MOST_CONNECTIONS, MOST_OCTETS, MOST_PACKETS, open};
use playground_capture::pcapng::{LinkType, Writer};
use playground_core::node::Statement;
use playground_core::scenario::Scenario;
use playground_core::time;
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions};
use playground_playback::Filter;
use playground_web::open_link;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// One thousand thousand octets.
const MB: usize = 1_000_000;

/// What reading an input takes.
struct Taken {
    said: String,
    /// Octets allocated, also those that were freed again.
    allocated: u64,
    /// The most octets in use so far in the process, besides what was in use before.
    most: usize,
}

fn measured(name: &str, read: impl FnOnce() -> String) -> Taken {
    let before = dhat::HeapStats::get();
    let began = Instant::now();
    let said = read();
    let (took, after) = (began.elapsed(), dhat::HeapStats::get());
    let allocated = after.total_bytes - before.total_bytes;
    println!("{name:40} {took:>10.1?} {:>9.2} MB allocated: {said}", allocated as f64 / MB as f64);
    Taken { said, allocated, most: after.max_bytes.saturating_sub(before.curr_bytes) }
}

/// A scenario with these nodes and links, as JSON.
fn scenario(nodes: &[String], links: &[String], rest: &str) -> String {
    format!(r#"{{"nodes": [{}], "links": [{}]{rest}}}"#, nodes.join(","), links.join(","))
}

fn server(name: &str, host: usize) -> String {
    let address = format!("10.0.{}.{}", host / 250, 1 + host % 250);
    format!(
        r#"{{"name": "{name}", "address": "{address}", "role": {{"origin-server": {{"resources": [{{"path": "/", "body_len": 100000}}]}}}}}}"#
    )
}

/// A scenario with a client that sends this text.
fn client(text: &str) -> String {
    let request = format!(r#"{{"path": "/", "text": "{text}"}}"#);
    let role = format!(r#"{{"client": {{"connect_to": "n0", "host": "a", "requests": [{request}]}}}}"#);
    let client = format!(r#"{{"name": "client", "address": "10.1.0.1", "role": {role}}}"#);
    scenario(&[server("n0", 0), client], &[], "")
}

fn read_scenario(json: &str) -> String {
    Scenario::from_json(json).map_or_else(|error| error.to_string(), |_| "valid".to_owned())
}

/// The link of the playground with this scenario.
fn link(json: &str) -> String {
    format!("v=2&lesson=ping&playground=1#scenario={}", BASE64_URL_SAFE_NO_PAD.encode(json))
}

fn read_link(link: &str) -> String {
    let opened = open_link(link).expect("the lesson runs");
    format!("{} remarks, {} entries", opened.remarks, opened.entries)
}

/// A capture of these IPv4 packets.
fn capture<'a>(packets: impl Iterator<Item = &'a [u8]>) -> Bytes {
    let mut writer = Writer::new("test");
    let interface = writer.interface("test", LinkType::RAW, 0);
    for (place, packet) in packets.enumerate() {
        writer.packet(interface, time::Instant::from_micros(place as u64), packet, "");
    }
    writer.finish().into()
}

fn read_capture(file: &Bytes) -> String {
    open(file).map_or_else(|error| error.to_string(), |opened| format!("{} segments", opened.about.segments))
}

/// A name, an input, who reads it, and what is said then.
type Row = (&'static str, String, fn(&str) -> String, &'static str);

/// One test, because memory is that of the process.
#[test]
fn bounds_are_named_and_kept() {
    let _profiler = dhat::Profiler::builder().testing().build();
    what_is_too_much_is_refused_before_it_costs_anything();
    what_is_not_refused_ends_at_its_limits();
}

fn what_is_too_much_is_refused_before_it_costs_anything() {
    let many = |count: usize| (0..count).map(|host| server(&format!("n{host}"), host)).collect::<Vec<_>>();
    let pair = r#"{"between": ["n0", "n1"], "delay_us": 1}"#.to_owned();
    let drops = r#"{"after": {"at_us": 0, "nth": 0}, "do": {"drop-next": {"node": "n0"}}}"#;
    let rows: Vec<Row> = vec![
        ("brackets without end", format!("{}1", r#"{"nodes":"#.repeat(100_000)), read_scenario, "nodes"),
        ("a scenario of 2 MB", " ".repeat(2 * MB), read_scenario, "1,048,576"),
        ("65 nodes", scenario(&many(65), &[], ""), read_scenario, "nodes: "),
        (
            "links of the same two nodes",
            scenario(&many(2), &vec![pair.clone(); 9_000], ""),
            read_scenario,
            "links[1].between",
        ),
        (
            "entries",
            scenario(&many(1), &[], r#","limits": {"entries": 4000001}"#),
            read_scenario,
            "4,000,000",
        ),
        (
            "connections",
            scenario(&many(1), &[], r#","limits": {"connections": 400001}"#),
            read_scenario,
            "400,000",
        ),
        (
            "octets",
            scenario(&many(1), &[], r#","limits": {"octets": 256000001}"#),
            read_scenario,
            "256,000,000",
        ),
        (
            "1,001 interventions",
            scenario(&many(1), &[], &format!(r#","interventions": [{}]"#, vec![drops; 1_001].join(","))),
            read_scenario,
            "interventions: must have at most 1,000",
        ),
        ("a request of 70 kB", client(&"a".repeat(70_000)), read_scenario, "65,536"),
        ("a filter of 1 MB", "(".repeat(MB), |text| format!("{:?}", Filter::parse(text).err()), "TooLong"),
        (
            "parentheses in a filter",
            "(".repeat(Filter::LONGEST),
            |text| format!("{:?}", Filter::parse(text).err()),
            "TooDeep",
        ),
        (
            "a call that writes 1 MB",
            format!("write(3, \"{}\")", "a".repeat(MB)),
            |text| format!("{:?}", Statement::parse(text).err()),
            "65,536",
        ),
    ];
    for (name, input, read, says) in rows {
        let taken = measured(name, || read(&input));
        assert!(taken.said.contains(says), "{name}: {}", taken.said);
        assert!(taken.allocated < 4 * MB as u64, "{name}: {} octets", taken.allocated);
    }
}

/// 63 hosts that each begin a transaction every microsecond for an hour.
fn flood() -> String {
    let generators = (1..64).map(|host| {
        format!(
            r#"{{"name": "n{host}", "address": "10.1.0.{host}", "role": {{"load-generator": {{"connect_to": ["n0"], "port": 80,
            "path": "/", "every_us": 1, "until_us": 3600000000}}}}}}"#
        )
    });
    let links = (1..64).map(|host| format!(r#"{{"between": ["n0", "n{host}"], "delay_us": 1}}"#));
    let nodes: Vec<String> = std::iter::once(server("n0", 0)).chain(generators).collect();
    scenario(
        &nodes,
        &links.collect::<Vec<_>>(),
        r#","limits": {"entries": 4000000, "connections": 400000, "octets": 256000000}"#,
    )
}

/// A segment that opens a connection from a port, or with a payload of one octet to that of another.
fn segment(from: u16, is_syn: bool) -> Vec<u8> {
    let segment = Segment {
        source: Endpoint::new([10, 0, (from >> 8) as u8, from as u8].into(), 40_000),
        destination: Endpoint::new([10, 255, 0, 1].into(), 80),
        seq: SeqNum(1),
        ack: SeqNum(u32::from(!is_syn)),
        flags: if is_syn { Flags::SYN } else { Flags::ACK },
        window: 1_000,
        options: TcpOptions::default(),
        payload: Bytes::from_static(if is_syn { b"" } else { b"x" }),
    };
    write(&segment, 7).expect("short")
}

fn what_is_not_refused_ends_at_its_limits() {
    let long = vec![0; MOST_OCTETS + 1].into();
    let taken = measured("a capture of more than 128 MiB", || read_capture(&long));
    assert!(taken.said.contains(&MOST_OCTETS.to_string()), "{}", taken.said);
    assert!(taken.allocated < MB as u64, "{} octets", taken.allocated);
    drop(long);
    let one = segment(1, false);
    let many = capture((0..=MOST_PACKETS).map(|_| &one[..]));
    let taken = measured("a capture of 100,001 packets", || read_capture(&many));
    assert!(taken.said.contains(&MOST_PACKETS.to_string()), "{}", taken.said);
    drop(many);
    let opens: Vec<Vec<u8>> = (0..=MOST_CONNECTIONS as u16).map(|from| segment(from, true)).collect();
    let many = capture(opens.iter().map(Vec::as_slice));
    let taken = measured("a capture of 10,001 connections", || read_capture(&many));
    assert!(taken.said.contains(&MOST_CONNECTIONS.to_string()), "{}", taken.said);
    drop((many, opens));
    let flood = link(&flood());
    let taken = measured("64 hosts without a pause", || read_link(&flood));
    // The page's own limit; the last entry names it.
    assert!(taken.said.ends_with("0 remarks, 30000 entries"), "{}", taken.said);
    assert!(taken.most < 300 * MB, "{} octets", taken.most);
}
