//! Exported traces as tshark reads them: well-formed, with good checksums, the same numbers and times.
//!
//! Behind the feature `tshark`, because it needs tshark; with the feature on and no tshark it fails.

mod analysis;
mod filters;
mod opened;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use playground_capture::octets::identification;
use playground_capture::pcapng::{Comments, export};
use playground_core::event::{Event, PacketId};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::sim::run;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use playground_core::wire::{Endpoint, Packet, Segment, SeqNum};
use playground_lessons::KnobValues;

/// Two connections side by side, three profiles, chunks and lengths.
const THROUGH_A_PROXY: &str = r#"{
    "nodes": [
        {"name": "client", "address": "10.0.0.1", "profile": "linux", "role": {"client":
            {"connect_to": "proxy", "port": 8080, "host": "server", "absolute_form": true,
             "requests": [{"path": "/a"}, {"path": "/b"}, {"path": "/missing"}], "closes_when_done": true}}},
        {"name": "proxy", "address": "10.0.0.2", "profile": "bsd", "role": {"smart-proxy": {"next": "server"}}},
        {"name": "server", "address": "10.0.0.3", "profile": "textbook", "role": {"origin-server":
            {"idle_timeout_us": 1000000, "resources": [
                {"path": "/a", "body_len": 5000},
                {"path": "/b", "body_len": 3000, "framing": "chunked"}]}}}
    ],
    "links": [
        {"between": ["client", "proxy"], "delay_us": 1000, "bits_per_s": 10000000},
        {"between": ["proxy", "server"], "delay_us": 20000}
    ]
}"#;

/// A response long enough for what [`bad_link`] does to it.
const LONG_RESPONSE: &str = r#"{
    "nodes": [
        {"name": "client", "address": "10.0.0.1", "profile": "linux", "role": {"client":
            {"connect_to": "server", "host": "server", "asks": "close", "requests": [{"path": "/long"}]}}},
        {"name": "server", "address": "10.0.0.2", "profile": "linux", "role": {"origin-server":
            {"close": "close", "resources": [{"path": "/long", "body_len": 60000, "framing": "until-close"}]}}}
    ],
    "links": [{"between": ["client", "server"], "delay_us": 10000}]
}"#;

/// A receiver that does not read: the window closes, is probed, and opens.
const ZERO_WINDOW: &str = r#"{
    "nodes": [
        {"name": "client", "address": "10.0.0.1", "role": {"client":
            {"connect_to": "server", "host": "server", "requests": [{"path": "/long"}],
             "reads_from_us": 20000000, "closes_when_done": true}}, "stack": {"receive_buffer": 4000}},
        {"name": "server", "address": "10.0.0.2", "role": {"origin-server":
            {"resources": [{"path": "/long", "body_len": 9000}]}}}
    ],
    "links": [{"between": ["client", "server"], "delay_us": 10000}]
}"#;

/// The fields that tshark is asked for, in this order.
const FIELDS: &[&str] = &[
    "frame.time_epoch",
    "frame.interface_name",
    "ip.src",
    "ip.dst",
    "ip.id",
    "ip.len",
    "ip.checksum.status",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.stream",
    "tcp.seq",
    "tcp.ack",
    "tcp.seq_raw",
    "tcp.ack_raw",
    "tcp.flags",
    "tcp.window_size_value",
    "tcp.len",
    "tcp.checksum.status",
    "tcp.options.mss_val",
    "tcp.options.wscale.shift",
    "tcp.options.sack_perm",
    "tcp.options.timestamp.tsval",
    "tcp.options.timestamp.tsecr",
    "_ws.malformed",
    "_ws.expert.severity",
];

/// The severity of what tshark calls an error: malformed packets, wrong checksums.
const ERROR: u32 = 0x0080_0000;

fn scenario(json: &str) -> Scenario {
    Scenario::from_json(json).expect("a scenario")
}

/// A lost and a damaged segment one way, a late one the other.
fn bad_link() -> Scenario {
    let mut scenario = scenario(LONG_RESPONSE);
    let drop = ImpairmentKind::Drop { nth: 3, data_only: true };
    let corrupt = ImpairmentKind::Corrupt { nth: 12, data_only: true };
    let delay = ImpairmentKind::Delay { nth: 6, data_only: false, by_us: Duration::from_millis(5) };
    scenario.links[0].impairments = vec![
        Impairment { direction: Direction::Backward, kind: drop },
        Impairment { direction: Direction::Backward, kind: corrupt },
        Impairment { direction: Direction::Forward, kind: delay },
    ];
    scenario
}

/// Exports a trace and lets tshark print `fields` of each packet, one row a packet.
fn read_by_tshark(name: &str, trace: &Trace, comments: Comments, fields: &[&str]) -> Vec<Vec<String>> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pcapng"));
    fs::write(&path, export(trace, comments).expect("short segments")).expect("a writable folder");
    fields_by_tshark(&path, fields)
}

/// Lets tshark print `fields` of each packet of a file, one row a packet.
fn fields_by_tshark(path: &Path, fields: &[&str]) -> Vec<Vec<String>> {
    let checked = ["tcp.check_checksum:TRUE", "ip.check_checksum:TRUE", "udp.check_checksum:TRUE"];
    fields_of(path, fields, &checked)
}

/// The fields of each packet, all values of a field separated by commas; `preferences` are tshark's.
fn fields_of(path: &Path, fields: &[&str], preferences: &[&str]) -> Vec<Vec<String>> {
    let mut command = Command::new("tshark");
    command.args(["-n", "-2"]);
    for preference in preferences {
        command.args(["-o", preference]);
    }
    command.args(["-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,", "-E", "separator=|"]);
    for field in fields {
        command.args(["-e", field]);
    }
    let output =
        command.arg("-r").arg(path).output().expect("tshark is needed: install Wireshark with tshark");
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{problems}");
    assert!(!problems.contains("appears to"), "{problems}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
}

/// What tshark must print for a segment.
struct Expected {
    numbers: BTreeMap<(usize, Endpoint), SeqNum>,
    streams: Vec<(Endpoint, Endpoint)>,
}

impl Expected {
    /// tshark numbers connections in the order of their first packets.
    fn stream(&mut self, segment: &Segment) -> usize {
        let ends = (segment.source, segment.destination);
        let known = self.streams.iter().position(|known| *known == ends || *known == (ends.1, ends.0));
        known.unwrap_or_else(|| {
            self.streams.push(ends);
            self.streams.len() - 1
        })
    }

    fn row(
        &mut self,
        trace: &Trace,
        index: usize,
        id: PacketId,
        hop: usize,
        segment: &Segment,
    ) -> Vec<String> {
        let stream = self.stream(segment);
        if segment.flags.is_syn() {
            self.numbers.insert((stream, segment.source), segment.seq);
        }
        let first = |end| self.numbers.get(&(stream, end)).copied().unwrap_or_default();
        let ack = if segment.flags.is_ack() {
            segment.ack.offset_from(first(segment.destination)).to_string()
        } else {
            "0".to_owned()
        };
        let link = &trace.scenario.links[hop].between;
        let options = &segment.options;
        let good = "1".to_owned();
        let or_nothing = |value: Option<u32>| value.map_or(String::new(), |value| value.to_string());
        vec![
            // Nanoseconds, of which the last three are always zero. A run begins at the first second.
            format!("{}000", trace.entries[index].at + Duration::from_secs(1)),
            format!("{}-{}", link.0, link.1),
            segment.source.address.to_string(),
            segment.destination.address.to_string(),
            format!("0x{:04x}", identification(id)),
            segment.wire_len().to_string(),
            good.clone(),
            segment.source.port.to_string(),
            segment.destination.port.to_string(),
            stream.to_string(),
            segment.seq.offset_from(first(segment.source)).to_string(),
            ack,
            segment.seq.to_string(),
            segment.ack.to_string(),
            format!("0x{:04x}", segment.flags.0),
            segment.window.to_string(),
            segment.payload.len().to_string(),
            good,
            or_nothing(options.max_segment_size.map(u32::from)),
            or_nothing(options.window_scale.map(u32::from)),
            if options.sack_permitted { "0402".to_owned() } else { String::new() },
            or_nothing(options.timestamps.map(|timestamps| timestamps.value)),
            or_nothing(options.timestamps.map(|timestamps| timestamps.echo)),
            String::new(),
        ]
    }
}

fn tshark_agrees(name: &str, scenario: &Scenario) -> Trace {
    let trace = run(scenario).expect("it runs");
    let rows = read_by_tshark(name, &trace, Comments::None, FIELDS);
    let mut expected = Expected { numbers: BTreeMap::new(), streams: Vec::new() };
    let mut read = rows.iter();
    for (index, entry) in trace.entries.iter().enumerate() {
        let Event::PacketSent { id, hop, packet: Packet::Segment(segment), .. } = &entry.event else {
            continue;
        };
        let row = read.next().expect("a packet for each segment");
        let (severities, row) = row.split_last().expect("all fields");
        assert_eq!(row, expected.row(&trace, index, *id, hop.index(), segment), "{entry:?}");
        for severity in severities.split(',').filter(|severity| !severity.is_empty()) {
            assert!(severity.parse::<u32>().expect("a number") < ERROR, "{entry:?}");
        }
    }
    assert_eq!(read.next(), None);
    trace
}

#[test]
fn a_chain_of_proxies() {
    let trace = tshark_agrees("proxy", &scenario(THROUGH_A_PROXY));
    // What stands in the octets is HTTP to tshark as well, on both hops.
    let fields = ["frame.interface_name", "http.request.full_uri", "http.response.code"];
    let messages: Vec<_> = read_by_tshark("proxy-http", &trace, Comments::None, &fields)
        .into_iter()
        .filter(|row| row[1..].iter().any(|field| !field.is_empty()))
        .map(|row| row.join(" ").trim_end().to_owned())
        .collect();
    for hop in ["client-proxy", "proxy-server"] {
        for message in [" http://server/a", " http://server/b", " http://server/missing", "  404"] {
            assert!(messages.contains(&format!("{hop}{message}")), "{hop}{message}");
        }
        assert_eq!(messages.iter().filter(|message| **message == format!("{hop}  200")).count(), 2);
    }
}

#[test]
fn a_bad_link() {
    let trace = tshark_agrees("bad-link", &bad_link());
    // tshark finds for itself what the model says was sent again, by whichever name it guesses at.
    let fields =
        ["retransmission", "fast_retransmission", "out_of_order"].map(|name| format!("tcp.analysis.{name}"));
    let again =
        read_by_tshark("bad-link-again", &trace, Comments::None, &fields.each_ref().map(String::as_str));
    let again: Vec<_> = again.iter().map(|row| row.iter().any(|field| !field.is_empty())).collect();
    let sent = trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::PacketSent { retransmission, packet: Packet::Segment(_), .. } => Some(*retransmission),
        _ => None,
    });
    assert_eq!(again, sent.collect::<Vec<_>>());
    assert!(again.contains(&true));
}

#[test]
fn a_reset() {
    let scenario = scenario(&LONG_RESPONSE.replace("\"close\": \"close\"", "\"close\": \"abort\""));
    let trace = tshark_agrees("reset", &scenario);
    let resets = read_by_tshark("reset-flags", &trace, Comments::None, &["tcp.flags.reset"]);
    assert!(resets.contains(&vec!["1".to_owned()]));
}

#[test]
fn a_closed_window() {
    let trace = tshark_agrees("zero-window", &scenario(ZERO_WINDOW));
    let fields = ["tcp.analysis.zero_window", "tcp.analysis.zero_window_probe"];
    let rows = read_by_tshark("zero-window-probes", &trace, Comments::None, &fields);
    for column in 0..fields.len() {
        assert!(rows.iter().any(|row| !row[column].is_empty()), "{}", fields[column]);
    }
}

#[test]
fn comments_say_why() {
    let trace = run(&bad_link()).expect("it runs");
    let rows = read_by_tshark("comments", &trace, Comments::Causes, &["frame.comment"]);
    let first =
        ["entry 6", "entry 3"].map(|entry| format!("{entry} at 0.000000: active-open (RFC 9293 §3.10.1)"));
    assert_eq!(rows[0], [first.join("\\n")]);
    assert!(rows.iter().all(|row| row[0].starts_with("entry ")));
    for reason in ["lost: the scenario says so", "lost: damaged on the way"] {
        assert_eq!(rows.iter().filter(|row| row[0].ends_with(reason)).count(), 1, "{reason}");
    }
}

/// A client that gets its address and the server's, pings nobody, and fetches a page over TLS.
const BELOW: &str = r#"{
    "nodes": [
        {"name": "client", "address": "0.0.0.0", "stack": {"dhcp": {}, "resolver": {},
            "tls": {"version": "VERSION", "server_name": "www.joes-hardware.com"}}, "role": {"client":
            {"connect_to": "server", "host": "www.joes-hardware.com", "port": 443,
             "requests": [{"path": "/a"}], "closes_when_done": true}}},
        {"name": "switch", "address": "0.0.0.0", "role": {"switch": {}}},
        {"name": "dhcp", "address": "192.0.2.1", "role": {"dhcp-server":
            {"first": "192.0.2.10", "name_server": "192.0.2.53", "router": "192.0.2.254"}}},
        {"name": "dns", "address": "192.0.2.53", "role": {"dns-server":
            {"names": [{"name": "www.joes-hardware.com", "address": "192.0.2.80"}]}}},
        {"name": "server", "address": "192.0.2.80", "stack": {"tls": {}}, "role": {"origin-server":
            {"port": 443, "resources": [{"path": "/a", "body_len": 3000}]}}},
        {"name": "pinger", "address": "192.0.2.90", "role": {"ping": {"to": "off", "count": 2}}},
        {"name": "gateway", "address": "192.0.2.254", "role": {"router": {}}},
        {"name": "off", "address": "203.0.113.1", "role": {"off": {}}}
    ],
    "links": [
        {"between": ["client", "switch"], "delay_us": 1000},
        {"between": ["switch", "dhcp"], "delay_us": 1000},
        {"between": ["switch", "dns"], "delay_us": 1000},
        {"between": ["switch", "server"], "delay_us": 1000},
        {"between": ["pinger", "switch"], "delay_us": 1000},
        {"between": ["switch", "gateway"], "delay_us": 1000},
        {"between": ["gateway", "off"], "delay_us": 1000}
    ]
}"#;

#[test]
fn tshark_reads_addresses_names_echoes_and_records() {
    for (version, hello) in [("1.2", "0x0303"), ("1.3", "0x0304")] {
        let trace = run(&scenario(&BELOW.replace("VERSION", version))).expect("it runs");
        let fields = [
            "ip.checksum.status",
            "udp.checksum.status",
            "icmp.checksum.status",
            "tcp.checksum.status",
            "_ws.malformed",
            "dhcp.option.dhcp",
            "dhcp.ip.your",
            "dhcp.option.domain_name_server",
            "dns.qry.name",
            "dns.a",
            "icmp.type",
            "icmp.code",
            "tls.handshake.extensions_server_name",
            "tls.record.content_type",
            "tls.handshake.extensions.supported_version",
            "tls.handshake.type",
            "tls.record.opaque_type",
        ];
        let rows = read_by_tshark(&format!("below-{version}"), &trace, Comments::None, &fields);
        let sent = trace.entries.iter().filter(|entry| matches!(entry.event, Event::PacketSent { .. }));
        assert_eq!(rows.len(), sent.count());
        let column = |place: usize| -> Vec<String> {
            let mut values: Vec<String> = rows.iter().map(|row| row[place].clone()).collect();
            values.retain(|value| !value.is_empty());
            values.dedup();
            values
        };
        for (status, field) in fields.iter().enumerate().take(4) {
            // 1 is good. What an ICMP error quotes has no checksums of its own, and counts as unverified.
            for value in column(status) {
                assert!(value.split(',').next() == Some("1"), "{field}: {value}");
            }
        }
        // In 1.2 a certificate is to be seen, and its inside is octets by chance.
        for row in rows.iter().filter(|row| !row[4].is_empty()) {
            assert!(version == "1.2" && row[15].split(',').any(|kind| kind == "11"), "malformed: {row:?}");
        }
        assert_eq!(column(5), ["1", "2", "3", "5"]);
        assert_eq!(column(6), ["0.0.0.0", "192.0.2.10", "0.0.0.0", "192.0.2.10"]);
        assert_eq!(column(7), ["192.0.2.53"]);
        assert_eq!(column(8), ["www.joes-hardware.com"]);
        assert_eq!(column(9), ["192.0.2.80"]);
        assert!(column(10).iter().any(|value| value.starts_with('8')), "{:?}", column(10));
        assert!(column(10).iter().any(|value| value.starts_with('3')), "{:?}", column(10));
        assert_eq!(column(12), ["www.joes-hardware.com"]);
        // tshark calls the type that 1.3 shows outside opaque.
        let place = if version == "1.3" { 16 } else { 13 };
        assert!(column(place).iter().any(|value| value.contains("23")), "{:?}", column(place));
        assert_eq!(
            column(14).iter().any(|value| value.contains(hello)),
            version == "1.3",
            "{:?}",
            column(14)
        );
    }
}

#[test]
fn every_lesson_is_well_formed() {
    let (mut packets, mut problems) = (0, Vec::new());
    for lesson in playground_lessons::all() {
        let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
        let fields = ["frame.number", "frame.protocols", "_ws.malformed", "_ws.expert.severity"];
        let rows = read_by_tshark(&format!("lesson-{}", lesson.id), &run.trace, Comments::Causes, &fields);
        let sent = run.trace.entries.iter().filter(|entry| matches!(entry.event, Event::PacketSent { .. }));
        assert_eq!(rows.len(), sent.count(), "{}: a row for each packet", lesson.id);
        packets += rows.len();
        for row in &rows {
            let [number, protocols, malformed, severities] = row.as_slice() else { panic!("{row:?}") };
            let worst = severities.split(',').filter_map(|severity| severity.parse::<u32>().ok()).max();
            if !protocols.contains(":ip:")
                || !malformed.is_empty()
                || worst.is_some_and(|worst| worst >= ERROR)
            {
                problems.push(format!("{} {number}: {row:?}", lesson.id));
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new());
    assert!(packets > 500, "{packets}");
}
