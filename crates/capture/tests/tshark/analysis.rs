//! What the analysis says of segments, beside what tshark says of the same ones: streams, relative numbers, scaled
//! windows, findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use playground_capture::octets::write;
use playground_capture::pcapng::{LinkType, Writer};
use playground_core::event::{Event, HopId};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind};
use playground_core::sim::run;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::{Packet, Segment};
use playground_lessons::{KnobKind, KnobValues};
use playground_playback::{Analysis, Finding, FindingKind};
use strum::VariantArray;

use crate::{LONG_RESPONSE, ZERO_WINDOW, bad_link, fields_by_tshark, scenario};

/// A segment, and when it was seen.
type Seen = (Instant, Rc<Segment>);

/// The segments of each place of capture: all of a run together where no connection is seen on two links.
fn vantages(trace: &Trace) -> Vec<Vec<Seen>> {
    let mut by_hop: BTreeMap<HopId, Vec<Seen>> = BTreeMap::new();
    let mut all = Vec::new();
    let mut hops = BTreeMap::new();
    for entry in &trace.entries {
        let Event::PacketSent { hop, packet: Packet::Segment(segment), .. } = &entry.event else { continue };
        let (one, other) = (segment.source, segment.destination);
        hops.entry((one.min(other), one.max(other))).or_insert_with(BTreeSet::new).insert(*hop);
        by_hop.entry(*hop).or_default().push((entry.at, segment.clone()));
        all.push((entry.at, segment.clone()));
    }
    if hops.values().all(|hops| hops.len() == 1) { vec![all] } else { by_hop.into_values().collect() }
}

/// One line a segment: by us, by tshark.
fn both(name: &str, seen: &[Seen]) -> Vec<(String, String)> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("analysis-{name}.pcapng"));
    let mut writer = Writer::new("Socket Playground");
    let interface = writer.interface("link", LinkType::RAW, 0);
    for (at, segment) in seen {
        // To tshark a SYN at the time zero has no time, and its handshake no round trip.
        writer.packet(
            interface,
            *at + Duration::from_secs(1),
            &write(segment, 0).expect("short segments"),
            "",
        );
    }
    fs::write(&path, writer.finish()).expect("a writable folder");
    let numbers = ["tcp.stream", "tcp.seq", "tcp.ack", "tcp.window_size"];
    let duplicate = ["tcp.analysis.duplicate_ack_frame", "tcp.analysis.duplicate_ack_num"];
    let kinds: Vec<&str> = FindingKind::VARIANTS.iter().map(|kind| kind.field()).collect();
    let rows = fields_by_tshark(&path, &[&numbers[..], &duplicate, &["_ws.col.Info"], &kinds].concat());
    assert_eq!(rows.len(), seen.len(), "{name}");
    let mut analysis = Analysis::default();
    let mut lines = Vec::new();
    for (place, ((at, segment), row)) in seen.iter().zip(&rows).enumerate() {
        let number = place as u32 + 1;
        let ours = analysis.read(number, *at, HopId(0), segment);
        let mut findings: Vec<&str> =
            ours.findings.iter().map(|finding| FindingKind::from(finding).field()).collect();
        // A fast or spurious retransmission is one in general too, to tshark.
        if findings.iter().any(|field| field.ends_with("_retransmission")) {
            findings.push(FindingKind::Retransmission.field());
        }
        findings.sort_unstable();
        let repeated = ours.findings.iter().find_map(|finding| match finding {
            Finding::DuplicateAck { of, count } => Some(format!("{of}#{count}")),
            _ => None,
        });
        let names: String = ours.findings.iter().map(|finding| format!("[{finding}] ")).collect();
        let mut theirs: Vec<&str> = kinds
            .iter()
            .zip(&row[7..])
            .filter(|(_, value)| !value.is_empty())
            .map(|(kind, _)| *kind)
            .collect();
        theirs.sort_unstable();
        let prefix = &row[6][..row[6].len() - without_findings(&row[6]).len()];
        lines.push((
            format!(
                "{number} {} {} {} {} {findings:?} {} {names}",
                ours.stream,
                ours.seq,
                ours.ack,
                ours.window,
                repeated.unwrap_or_default()
            ),
            format!(
                "{number} {} {} {} {} {theirs:?} {} {prefix}",
                row[0],
                row[1],
                row[2],
                row[3],
                [row[4].as_str(), row[5].as_str()].join("#").trim_matches('#'),
            ),
        ));
    }
    lines
}

/// What stands behind the findings in the Info column.
fn without_findings(info: &str) -> &str {
    match info.strip_prefix("[TCP ").and_then(|rest| rest.split_once("] ")) {
        Some((_, rest)) => without_findings(rest),
        None => info,
    }
}

fn compare(
    name: &str,
    places: &[Vec<Seen>],
    found: &mut BTreeMap<String, usize>,
    problems: &mut Vec<String>,
) {
    for (place, seen) in places.iter().enumerate() {
        for (ours, theirs) in both(&format!("{name}-{place}"), seen) {
            for part in theirs.split('"').filter(|part| part.starts_with("tcp.")) {
                *found.entry(part.to_owned()).or_default() += 1;
            }
            if ours != theirs {
                problems.push(format!("{name} {place}\n  ours   {ours}\n  tshark {theirs}"));
            }
        }
    }
}

/// All of them were found by tshark, so that there was something to agree on.
fn assert_found(found: &BTreeMap<String, usize>, kinds: &[FindingKind]) {
    for kind in kinds {
        assert!(found.contains_key(kind.field()), "{kind:?} in {found:?}");
    }
}

#[test]
fn lessons_with_their_knobs() {
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    for lesson in playground_lessons::all() {
        let mut settings = vec![KnobValues::defaults(lesson)];
        for knob in lesson.knobs {
            let values = match knob.kind {
                KnobKind::Choice { values, .. } => values.iter().map(|value| (*value).to_owned()).collect(),
                KnobKind::Range { min, max, .. } => vec![min.to_string(), max.to_string()],
                KnobKind::Text { .. } => Vec::new(),
            };
            for value in values {
                let mut setting = KnobValues::defaults(lesson);
                setting.set(lesson, knob.id, &value).expect("a value of the knob");
                if !settings.contains(&setting) {
                    settings.push(setting);
                }
            }
        }
        for (place, setting) in settings.iter().enumerate() {
            let Ok(run) = lesson.run(setting) else { continue };
            compare(&format!("{}-{place}", lesson.id), &vantages(&run.trace), &mut found, &mut problems);
        }
    }
    for (name, scenario) in [("bad-link", bad_link()), ("zero-window", scenario(ZERO_WINDOW))] {
        compare(name, &vantages(&run(&scenario).expect("it runs")), &mut found, &mut problems);
    }
    assert_found(&found, &[FindingKind::PortNumbersReused, FindingKind::SpuriousRetransmission]);
    assert!(problems.is_empty(), "{} differ:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn captures_of_linux() {
    let mut problems = Vec::new();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).expect("a folder") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "pcapng") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let octets = bytes::Bytes::from(fs::read(&path).expect("a file"));
        let capture = playground_capture::pcapng::read(&octets).expect("a whole file");
        let imported = capture.segments(playground_capture::octets::Checksums::Ignored);
        let seen: Vec<Seen> =
            imported.segments.into_iter().map(|timed| (timed.at, Rc::new(timed.segment))).collect();
        for (ours, theirs) in both(&name, &seen) {
            if ours != theirs {
                problems.push(format!("{name}\n  ours   {ours}\n  tshark {theirs}"));
            }
        }
    }
    assert!(problems.is_empty(), "{} differ:\n{}", problems.len(), problems.join("\n"));
}

/// Runs over links that lose, double, damage and hold up segments.
#[test]
fn bad_links() {
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    for seed in 0..40_u64 {
        let base = if seed % 2 == 0 { LONG_RESPONSE } else { ZERO_WINDOW };
        let mut scenario = scenario(base);
        scenario.seed = seed;
        let kinds = [
            ImpairmentKind::Loss { per_mille: 40 },
            ImpairmentKind::Reorder { per_mille: 100, by_us: Duration::from_millis(seed % 7 * 4) },
            ImpairmentKind::Noise { per_mille: 20 },
            ImpairmentKind::Duplicate { nth: seed as u32 % 20 + 1, data_only: true },
        ];
        for direction in [Direction::Forward, Direction::Backward] {
            scenario.links[0].impairments.extend(kinds.clone().map(|kind| Impairment { direction, kind }));
        }
        let trace = run(&scenario).expect("it runs");
        compare(&format!("bad-{seed}"), &vantages(&trace), &mut found, &mut problems);
    }
    assert_found(
        &found,
        &[
            FindingKind::DuplicateAck,
            FindingKind::FastRetransmission,
            FindingKind::OutOfOrder,
            FindingKind::Retransmission,
            FindingKind::WindowFull,
            FindingKind::WindowUpdate,
            FindingKind::ZeroWindow,
            FindingKind::ZeroWindowProbe,
            FindingKind::ZeroWindowProbeAck,
        ],
    );
    assert!(problems.is_empty(), "{} differ:\n{}", problems.len(), problems.join("\n"));
}
