//! Recordings of runs on real sockets.

use playground_core::trace::Trace;

use crate::views::show;

/// Reads a recording; what is not refused can be shown at any moment, and is the same when it is written again.
///
/// # Panics
///
/// When it is not so.
pub fn recording(octets: &[u8]) {
    let Some(text) = crate::text(octets) else { return };
    let Ok(trace) = Trace::from_recording(text) else { return };
    let written = serde_json::to_string(&trace).expect("plain data");
    let again = Trace::from_recording(&written).expect("what was written can be read");
    assert_eq!(again.entries, trace.entries);
    show(&trace);
}
