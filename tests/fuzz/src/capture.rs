//! Capture files.

use bytes::Bytes;
use playground_capture::octets::{Checksums, layout};
use playground_capture::open::{Opened, open};
use playground_capture::pcapng::read_partly;
use playground_core::sim;
use playground_playback::{
    Cursor, Dissection, FrameCursor, Ladder, Pace, Packets, Sequence, Series, Side, scenario_of,
};

/// The most moments of a capture that are shown.
const MOMENTS: usize = 32;

/// Reads a capture file: what was read is not more than the file, and each packet is a segment or was skipped. Opened as
/// a trace, it can be shown at any moment, and what can be run in the model runs.
///
/// # Panics
///
/// When it is not so.
pub fn capture(octets: &[u8]) {
    let file = Bytes::copy_from_slice(octets);
    let (capture, _) = read_partly(&file);
    let captured: usize = capture.packets.iter().map(|packet| packet.octets.len()).sum();
    assert!(captured <= octets.len());
    for checksums in [Checksums::Checked, Checksums::Ignored] {
        let imported = capture.segments(checksums);
        assert_eq!(imported.segments.len() + imported.skipped.len(), capture.packets.len());
    }
    for packet in &capture.packets {
        drop(layout(&packet.octets));
    }
    if let Ok(opened) = open(&file) {
        shown(&opened);
    }
}

fn shown(opened: &Opened) {
    let trace = &opened.trace;
    assert!(trace.entries.is_sorted_by_key(|entry| entry.at), "time goes back");
    assert!(trace.entries.iter().all(|entry| entry.cause.is_none_or(|cause| cause < entry.index)));
    let dissection = Dissection::new(trace);
    let packets = Packets::new(trace, &dissection);
    assert_eq!(packets.rows.len(), opened.about.segments as usize);
    drop(Ladder::new(trace, &dissection, &Pace::new(trace, &dissection)));
    drop(Series::new(trace, &dissection));
    for connection in &dissection.connections {
        for socket in [Side::Opener, Side::Acceptor].into_iter().filter_map(|side| connection.socket(side)) {
            drop(Sequence::of(trace, &dissection, &packets, socket));
        }
    }
    let mut frames = FrameCursor::new();
    for entry in trace.entries.iter().step_by(trace.entries.len().div_ceil(MOMENTS)) {
        drop(frames.frame(trace, &dissection, Cursor::new(entry.index + 1, entry.at)));
    }
    if let Ok(modelled) = scenario_of(trace, &dissection) {
        sim::run(&modelled.scenario).expect("the scenario of a capture is valid");
    }
}
