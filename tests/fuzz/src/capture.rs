//! Capture files.

use bytes::Bytes;
use playground_capture::octets::{Checksums, layout};
use playground_capture::pcapng::read_partly;

/// Reads a capture file: what was read is not more than the file, and each packet is a segment or was skipped.
///
/// # Panics
///
/// When it is not.
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
}
