//! The small sign of a segment's kind before its words: flag, ring, square, bolt, as on the stage.

use playground_playback::SegmentKind;
use yew::prelude::*;

use crate::view::common::number::translate;

/// The sign with its middle at (x, y), as high as `size`; none for data.
pub(super) fn glyph(kind: SegmentKind, x: f64, y: f64, size: f64) -> Html {
    // Drawn on a grid of 12.
    let place = format!("{} scale({:.3})", translate(x, y), size / 12.0);
    let shape = match kind {
        SegmentKind::Data | SegmentKind::Probe => return Html::default(),
        SegmentKind::Syn | SegmentKind::SynAck => {
            html! { <path class="glyph-flag" d="M-5 -4 H2.5 L5.5 0 L2.5 4 H-5 Z" /> }
        }
        SegmentKind::Ack => html! { <circle class="glyph-ring" r="3.6" /> },
        SegmentKind::Fin => html! {
            <>
                <rect class="glyph-square" x="-4.3" y="-4.3" width="8.6" height="8.6" rx="1" />
                <path class="glyph-square" d="M0 -4.3 V4.3" />
            </>
        },
        SegmentKind::Rst => {
            html! { <path class="glyph-bolt" d="M-2.5 -6.5 H2.5 L0.8 -1.8 H4.6 L-2 6.8 L-0.4 1 H-4.4 Z" /> }
        }
        _ => html! { <path class="glyph-letter" d="M-5.5 -4 H5.5 V4 H-5.5 Z M-5.5 -4 L0 0.8 L5.5 -4" /> },
    };
    html! { <g transform={place}>{ shape }</g> }
}
