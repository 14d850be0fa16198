//! Capture files.

use bytes::Bytes;
use playground_capture::octets::{Checksums, layout};
use playground_capture::open::{Opened, open};
use playground_capture::pcapng::read_partly;
use playground_core::sim;
use playground_playback::{Dissection, Packets, scenario_of};

use crate::views::show;

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
    let dissection = Dissection::new(trace);
    assert_eq!(Packets::new(trace, &dissection).rows.len(), opened.about.segments as usize);
    show(trace);
    if let Ok(modelled) = scenario_of(trace, &dissection) {
        sim::run(&modelled.scenario).expect("the scenario of a capture is valid");
    }
}
