//! The line at the cursor, and the veil over what lies ahead.

use playground_core::time::Instant;
use yew::prelude::*;

use crate::language::use_text;
use crate::view::common::number::px;
use crate::view::common::time_text;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Where it stands.
    pub(super) y: f64,
    /// Now.
    pub(super) now: Instant,
    /// Whether there is little room.
    pub(super) narrow: bool,
    /// Size of type.
    pub(super) size: f64,
}

/// The only part of the ladder that changes at each animation frame: it moves, and nothing else is painted.
///
/// Shape: the line lies below the picture, so that it strikes through no words; veil and time lie above it.
#[component]
pub(super) fn NowLine(props: &Props) -> Html {
    let text = use_text();
    let time = time_text::axis(props.now);
    let place = format!("transform:translateY({}px);font-size:{}px", px(props.y), px(props.size));
    html! {
        <>
            <div class="ladder-now is-line" ~style={place.clone()} aria-hidden="true" />
            <div class="ladder-now" ~style={place} aria-hidden="true">
                <span class="ladder-veil" />
                <span class="ladder-now-pill">
                    if !props.narrow {
                        <b>{ text.plain("ladder-now") }</b>
                    }
                    <span class="ladder-now-time">{ time }</span>
                </span>
            </div>
        </>
    }
}
