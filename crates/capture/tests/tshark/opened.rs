//! Captures that are opened, beside what tshark shows of the same files: streams, relative numbers, scaled windows,
//! findings, start lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use playground_capture::open::{LeftOut, open};
use playground_capture::pcapng::{Comments, export};
use playground_core::event::{Entry, Event, HopId};
use playground_core::wire::Packet;
use playground_lessons::KnobValues;
use playground_playback::{Dissection, FindingKind, PacketRow, Packets};
use strum::VariantArray;

use crate::fields_of;

/// A line for each segment that is drawn, sorted: the trace is in the order of sending, the file in that of capture.
fn ours(file: &Path) -> Vec<String> {
    let octets = Bytes::from(fs::read(file).expect("a file"));
    let opened = open(&octets).expect("a capture");
    let dissection = Dissection::new(&opened.trace);
    let rows = Packets::new(&opened.trace, &dissection).rows;
    assert_eq!(rows.len(), opened.about.segments as usize, "{}", file.display());
    let mut lines: Vec<String> = rows.iter().filter_map(line).collect();
    lines.sort();
    lines
}

/// `0 1>2 seq 1 ack 1 win 65535 [tcp.analysis.window_update] GET /a`.
fn line(row: &PacketRow) -> Option<String> {
    let analyzed = row.analyzed.as_ref()?;
    let port = |end: &str| end.rsplit(':').next().unwrap_or_default().to_owned();
    let mut findings: Vec<&str> =
        analyzed.findings.iter().map(|finding| FindingKind::from(finding).field()).collect();
    if findings.iter().any(|field| field.ends_with("_retransmission")) {
        findings.push(FindingKind::Retransmission.field());
    }
    findings.sort_unstable();
    let start = match row.info.split_once(" Seq=").map_or("", |(before, _)| before) {
        tcp if tcp.contains(" \u{2192} ") => "",
        lines if row.protocol == "HTTP" => lines,
        _ => "",
    };
    Some(format!(
        "{} {}>{} seq {} ack {} win {} {findings:?} {start}",
        analyzed.stream,
        port(&row.source),
        port(&row.destination),
        analyzed.seq,
        analyzed.ack,
        analyzed.window,
    ))
}

const NUMBERS: [&str; 6] =
    ["tcp.stream", "tcp.srcport", "tcp.dstport", "tcp.seq", "tcp.ack", "tcp.window_size"];
const REQUEST: [&str; 3] = ["http.request.method", "http.request.uri", "http.request.version"];
const RESPONSE: [&str; 3] = ["http.response.version", "http.response.code", "http.response.phrase"];

fn theirs(file: &Path) -> Vec<String> {
    let kinds: Vec<&str> = FindingKind::VARIANTS.iter().map(|kind| kind.field()).collect();
    let fields = [&NUMBERS[..], &REQUEST, &RESPONSE, &kinds].concat();
    // A message is shown where it begins; the checksums of captures at a sender are not there yet.
    let rows = fields_of(file, &fields, &["tcp.desegment_tcp_streams:FALSE", "tcp.check_checksum:FALSE"]);
    let mut lines: Vec<String> = rows
        .iter()
        .filter(|row| !row[0].is_empty())
        .map(|row| {
            let mut findings: Vec<&str> = kinds
                .iter()
                .zip(&row[12..])
                .filter(|(_, value)| !value.is_empty())
                .map(|(kind, _)| *kind)
                .collect();
            findings.sort_unstable();
            let [stream, source, destination, seq, ack, window] = &row[..6] else {
                unreachable!("six fields")
            };
            let start = [requests(&row[6..9]), start_lines(&row[9..12])].concat().join(" | ");
            format!("{stream} {source}>{destination} seq {seq} ack {ack} win {window} {findings:?} {start}")
        })
        .collect();
    lines.sort();
    lines
}

/// To tshark three words are a request line; to RFC 9112 section 3 the third is a version.
fn requests(parts: &[String]) -> Vec<String> {
    start_lines(parts).into_iter().filter(|line| line.contains(" HTTP/")).collect()
}

/// The three parts of each start line of a packet.
fn start_lines(parts: &[String]) -> Vec<String> {
    let values: Vec<Vec<&str>> = parts.iter().map(|part| part.split(',').collect()).collect();
    let count = if parts[0].is_empty() { 0 } else { values[0].len() };
    (0..count).map(|at| values.iter().map(|part| part[at]).collect::<Vec<_>>().join(" ")).collect()
}

/// The lines of which one side has more than the other.
fn differences(ours: &[String], theirs: &[String]) -> Vec<String> {
    let mut count: BTreeMap<&str, i32> = BTreeMap::new();
    ours.iter().for_each(|line| *count.entry(line).or_default() += 1);
    theirs.iter().for_each(|line| *count.entry(line).or_default() -= 1);
    let differs = count.into_iter().filter(|(_, count)| *count != 0);
    differs.map(|(line, count)| format!("  {} {line}", if count > 0 { "ours  " } else { "tshark" })).collect()
}

fn assert_same(files: impl IntoIterator<Item = PathBuf>) {
    let mut problems = Vec::new();
    for file in files {
        let found = differences(&ours(&file), &theirs(&file));
        if !found.is_empty() {
            problems.push(format!("{}\n{}", file.display(), found.join("\n")));
        }
    }
    assert!(problems.is_empty(), "{} differ:\n{}", problems.len(), problems.join("\n"));
}

/// Their packets are cut by the snapshot length: a segment without its octets is left out, and tshark shows it.
const CUT: [&str; 2] = ["loss-fastretransmit-reno-nosack.pcapng", "zero-window-probe.pcapng"];

#[test]
fn captures_of_linux_show_what_tshark_shows() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(files.len() >= 16, "{files:?}");
    let (cut, whole): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| CUT.iter().any(|cut| file.ends_with(cut)));
    for file in cut {
        let opened = open(&Bytes::from(fs::read(&file).expect("a file"))).expect("a capture");
        assert!(opened.about.left_out.iter().any(|(kind, _)| *kind == LeftOut::Cut), "{}", file.display());
    }
    assert_same(whole);
}

#[test]
fn exports_of_the_lessons_show_what_tshark_shows() {
    let written = playground_lessons::all().iter().filter_map(|lesson| {
        let run = lesson.run(&KnobValues::defaults(lesson)).expect("a lesson runs");
        let hop = |entry: &Entry| match &entry.event {
            Event::PacketSent { hop, packet: Packet::Segment(_), .. } => Some(*hop),
            _ => None,
        };
        let hops: BTreeSet<HopId> = run.trace.entries.iter().filter_map(hop).collect();
        // Each link is a place of capture by itself, and what passes two of them is drawn once. A message that begins
        // behind another's body in the same segment is not found by tshark.
        if hops.len() != 1 || lesson.id == "reset" {
            return None;
        }
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("opened-{}.pcapng", lesson.id));
        fs::write(&path, export(&run.trace, Comments::None).expect("short segments"))
            .expect("a writable folder");
        Some(path)
    });
    assert_same(written);
}
