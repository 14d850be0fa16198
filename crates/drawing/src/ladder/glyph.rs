//! The small sign of a segment's kind before its words: flag, ring, square, bolt, as on the stage.

use playground_playback::SegmentKind;

use crate::element::Element;
use crate::number::translate;

/// The sign with its middle at (x, y), as high as `size`; none for data.
pub(super) fn glyph(kind: SegmentKind, x: f64, y: f64, size: f64) -> Option<Element> {
    let path = |class: &str, d: &str| Element::path(d).class(class);
    let shape = match kind {
        SegmentKind::Data | SegmentKind::Probe => return None,
        SegmentKind::Syn | SegmentKind::SynAck => path("glyph-flag", "M-5 -4 H2.5 L5.5 0 L2.5 4 H-5 Z"),
        SegmentKind::Ack => path("glyph-line", "M3.6 0 A3.6 3.6 0 1 1 -3.6 0 A3.6 3.6 0 1 1 3.6 0 Z"),
        SegmentKind::Fin => path("glyph-line", "M-4.3 -4.3 H4.3 V4.3 H-4.3 Z M0 -4.3 V4.3"),
        SegmentKind::Rst => path("glyph-bolt", "M-2.5 -6.5 H2.5 L0.8 -1.8 H4.6 L-2 6.8 L-0.4 1 H-4.4 Z"),
        _ => path("glyph-line", "M-5.5 -4 H5.5 V4 H-5.5 Z M-5.5 -4 L0 0.8 L5.5 -4"),
    };
    // Drawn on a grid of 12.
    let place = format!("{} scale({:.3})", translate(x, y), size / 12.0);
    Some(shape.with("transform", place))
}
