//! The line at the cursor, and the shade over the future.

use playground_core::time::Instant;
use yew::prelude::*;

use crate::language::use_text;
use crate::view::common::number::px;
use crate::view::common::time_text;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Its position.
    pub(super) y: f64,
    /// The simulated time.
    pub(super) now: Instant,
    /// Whether there is little room.
    pub(super) narrow: bool,
    /// Font size.
    pub(super) size: f64,
}

/// The only part of the ladder that changes on each animation frame.
///
/// The line is below the drawing, so that it crosses no label; shade and time are above it.
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
