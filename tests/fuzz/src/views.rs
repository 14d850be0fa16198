//! What the page shows of a trace, at any moment.

use playground_core::trace::Trace;
use playground_playback::{
    Console, Cursor, Dissection, FrameCursor, HeaderHops, Inspection, Ladder, Pace, Packets, Selection,
    Sequence, Series, Side, SocketTable, Spent, Why,
};

/// The most moments of a trace that are shown.
const MOMENTS: usize = 32;

/// Shows a trace in the views that anything opened is shown in.
///
/// # Panics
///
/// When one of them does, or the trace does not keep what a trace promises.
pub fn show(trace: &Trace) {
    assert!(trace.entries.is_sorted_by_key(|entry| entry.at), "time goes back");
    assert!(trace.entries.iter().all(|entry| entry.cause.is_none_or(|cause| cause < entry.index)));
    let dissection = Dissection::new(trace);
    let pace = Pace::new(trace, &dissection);
    let packets = Packets::new(trace, &dissection);
    drop(Ladder::new(trace, &dissection, &pace));
    drop(Series::new(trace, &dissection));
    drop(HeaderHops::new(trace, &dissection));
    for connection in &dissection.connections {
        for socket in [Side::Opener, Side::Acceptor].into_iter().filter_map(|side| connection.socket(side)) {
            drop(Sequence::of(trace, &dissection, &packets, socket));
        }
    }
    drop(Spent::all(trace, &dissection));
    let mut frames = FrameCursor::new();
    let step = trace.entries.len().div_ceil(MOMENTS).max(1);
    for entry in trace.entries.iter().step_by(step) {
        let now = Cursor::new(entry.index + 1, entry.at);
        drop(frames.frame(trace, &dissection, now));
        drop(SocketTable::at(trace, &dissection, now, entry.node));
        drop(Why::of(trace, &dissection, entry.index));
        let selection = Selection::of_entry(trace, &dissection, entry.index);
        drop(selection.segment.and_then(|id| Inspection::of_segment(trace, &dissection, id)));
        drop(Console::at(trace, now, entry.node));
    }
}
