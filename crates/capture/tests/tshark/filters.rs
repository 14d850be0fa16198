//! The display filter beside tshark's own over the same packets.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use playground_capture::pcapng::{Comments, export};
use playground_core::sim::run;
use playground_core::trace::Trace;
use playground_lessons::KnobValues;
use playground_playback::{Dissection, Filter, Packets};

use crate::{THROUGH_A_PROXY, ZERO_WINDOW, bad_link, scenario};

/// What is asked. What tshark's analysis says besides is compared in `analysis`.
const FILTERS: &[&str] = &[
    "tcp",
    "not tcp",
    "ip",
    "udp",
    "dns",
    "http",
    "tcp.flags.reset == 1",
    "tcp.flags.reset",
    "tcp.flags.syn == 1 and tcp.flags.ack == 0",
    "tcp.flags.syn == 1 && !(tcp.flags.ack == True)",
    "tcp.flags.fin eq 1 or tcp.flags.reset eq 1",
    "tcp.flags == 0x012",
    "tcp.flags.push == 0 and http",
    "ip.src == 10.0.0.1",
    "ip.dst != 10.0.0.1",
    "ip.addr == 10.0.0.2",
    "ip.addr != 10.0.0.2",
    "ip.addr !== 10.0.0.2",
    "ip.src == 10.0.0.0/30",
    "ip.src > 10.0.0.1",
    "tcp.port == 80",
    "tcp.port in {80, 8080}",
    "tcp.port in {49152..49153}",
    "tcp.port not in {80, 8080}",
    "tcp.srcport == 80 or tcp.dstport == 0x50",
    "tcp.srcport != 80",
    "tcp.stream eq 1",
    "tcp.stream >= 1 and tcp.len > 0",
    "tcp.len > 0 and tcp.len < 1000",
    "tcp.seq == 1",
    "tcp.seq > 1 and tcp.ack > 1",
    "tcp.window_size == 0",
    "tcp.window_size < 65535",
    "frame.number <= 10",
    "frame.len > 1000",
    "frame.time_relative > 0.02 and frame.time_relative <= 1.5",
    "http.request",
    "http.request == 1",
    "http.response == 0",
    "http.request.method == \"GET\"",
    "http.request.uri contains \"/\"",
    "http.request.method != \"GET\"",
    "http.response.code == 200",
    "http.response.code >= 400",
    "http.response.code != 200",
    "http or tcp.flags.syn == 1 and ip.src == 10.0.0.1",
    "not http.response and tcp.len > 0",
    "tcp.analysis.flags",
    "tcp.analysis.flags and not tcp.analysis.window_update",
    "tcp.analysis.retransmission",
    "tcp.analysis.fast_retransmission",
    "tcp.analysis.out_of_order",
    "tcp.analysis.duplicate_ack",
    "tcp.analysis.window_update",
    "tcp.analysis.window_full",
    "tcp.analysis.zero_window",
    "tcp.analysis.zero_window_probe",
    "tcp.analysis.zero_window_probe_ack",
    "tcp.analysis.reused_ports",
];

/// What no packet of these runs has.
const NOTHING: &[&str] = &["http.response == 0"];

/// A script for tshark that lets every filter read along, and prints the filter's place and the number of each packet that
/// passes: a process for each filter would take minutes.
fn script() -> String {
    let listen = |(place, filter): (usize, &&str)| {
        format!(
            "local tap = Listener.new('frame', [==[{filter}]==])\n\
             function tap.packet(pinfo) print({place}, pinfo.number) end\n"
        )
    };
    FILTERS.iter().enumerate().map(listen).collect()
}

/// The numbers of the packets that pass each filter.
fn by_tshark(script: &Path, path: &Path) -> Vec<Vec<u32>> {
    let mut command = Command::new("tshark");
    // Each segment is read for itself: a message belongs to the segment in which it begins.
    command.args(["-n", "-q", "-o", "tcp.desegment_tcp_streams:FALSE", "-X"]);
    command.arg(format!("lua_script:{}", script.display())).arg("-r").arg(path);
    let output = command.output().expect("tshark is needed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("Lua"), "{}: {errors}", path.display());
    let mut passed = vec![Vec::new(); FILTERS.len()];
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let (place, number) = line.split_once('\t').expect("a place and a number");
        passed[place.parse::<usize>().expect("a place")].push(number.parse().expect("a number"));
    }
    passed
}

fn traces() -> Vec<(String, Rc<Trace>)> {
    let lessons = [
        ("dumb-proxy", None),
        ("caching-proxy", None),
        ("transaction-delay", None),
        ("time-wait", None),
        ("close-at-will", Some(("method", "POST"))),
    ]
    .map(|(id, knob)| {
        let lesson = playground_lessons::all().iter().find(|lesson| lesson.id == id).expect("a lesson");
        let mut values = KnobValues::defaults(lesson);
        if let Some((knob, value)) = knob {
            values.set(lesson, knob, value).expect("a value of the knob");
        }
        (id.to_owned(), lesson.run(&values).expect("lessons run").trace)
    });
    let mut traces = lessons.to_vec();
    for (name, scenario) in [
        ("proxy", scenario(THROUGH_A_PROXY)),
        ("bad-link", bad_link()),
        ("zero-window", scenario(ZERO_WINDOW)),
    ] {
        traces.push((name.to_owned(), Rc::new(run(&scenario).expect("it runs"))));
    }
    traces
}

#[test]
fn the_filter_lets_through_what_tshark_does() {
    let (mut passed, mut problems) = (BTreeMap::new(), Vec::new());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let script_path = folder.join("filters.lua");
    fs::write(&script_path, script()).expect("a writable folder");
    for (name, trace) in traces() {
        let path = folder.join(format!("filter-{name}.pcapng"));
        fs::write(&path, export(&trace, Comments::None).expect("short segments")).expect("a writable folder");
        let dissection = Dissection::new(&trace);
        let packets = Packets::new(&trace, &dissection);
        for (text, theirs) in FILTERS.iter().zip(by_tshark(&script_path, &path)) {
            let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let rows = packets.filtered(&filter, &trace, &dissection).rows;
            let ours: Vec<u32> = rows.iter().map(|row| row.number).collect();
            *passed.entry(*text).or_insert(0) += theirs.len();
            if ours != theirs {
                problems.push(format!("{name}: {text}\n  ours   {ours:?}\n  tshark {theirs:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{} differ:\n{}", problems.len(), problems.join("\n"));
    let nothing: Vec<&str> = passed.iter().filter(|(_, count)| **count == 0).map(|(text, _)| *text).collect();
    assert_eq!(nothing, NOTHING);
}
