//! The small sign of a kind of segment, for lists: the stage's shapes without their words.

use playground_playback::SegmentKind;
use yew::prelude::*;

/// A shape as on the stage; words beside it say the same.
pub(in crate::view) fn kind_sign(kind: SegmentKind, lost: bool) -> Html {
    let (class, shape) = match kind {
        SegmentKind::Syn | SegmentKind::SynAck => {
            ("is-syn", html! { <path d="M2 3 H14 L18 8 L14 13 H2 Z" /> })
        }
        SegmentKind::Data => ("is-data", html! { <rect x="1" y="3.5" width="18" height="9" rx="3" /> }),
        SegmentKind::Probe => ("is-probe", html! { <rect x="5" y="3.5" width="10" height="9" rx="3" /> }),
        SegmentKind::Ack => ("is-ack", html! { <circle cx="10" cy="8" r="4" /> }),
        SegmentKind::Fin => (
            "is-fin",
            html! { <><rect x="4.75" y="2.75" width="10.5" height="10.5" rx="1" /><path d="M10 2.75 V13.25" /></> },
        ),
        SegmentKind::Rst => ("is-rst", html! { <path d="M8 0.5 H13.5 L11.5 6 H15.5 L7 15.5 L9 9.5 H5 Z" /> }),
        // A datagram: no connection.
        kind => (
            if kind == SegmentKind::Unreachable { "is-letter is-bad" } else { "is-letter" },
            html! { <path d="M2 3 H18 V13 H2 Z M2 3 L10 9 L18 3" /> },
        ),
    };
    html! {
        <svg class={classes!("kind-sign", class, lost.then_some("is-lost"))} viewBox="0 0 20 16" aria-hidden="true">
            { shape }
            if lost {
                <path class="cross" d="M3 1 L17 15" />
            }
        </svg>
    }
}
