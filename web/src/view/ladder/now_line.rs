//! The line at the cursor, and the veil over what lies ahead.

use playground_core::time::Instant;
use playground_playback::Pace;
use yew::prelude::*;

use crate::language::use_text;
use crate::shared::Shared;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::time_text;

use super::scale::Scale;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// From simulated to view time.
    pub(super) pace: Shared<Pace>,
    /// The ladder's scale.
    pub(super) scale: Scale,
    /// Now.
    pub(super) now: Instant,
}

/// The only part of the ladder that is drawn anew at each animation frame.
#[component]
pub(super) fn NowLine(props: &Props) -> Html {
    let text = use_text();
    let scale = props.scale;
    let y = scale.y(props.pace.to_view(props.now));
    let size = scale.size - 1.0;
    let word = text.plain("ladder-now");
    let time = time_text::axis(props.now);
    let w = text_width(&time, size, Face::Mono).max(text_width(&word, size, Face::Sans)) + 14.0;
    html! {
        <g class="ladder-now" aria-hidden="true">
            <rect class="ladder-veil" x="0" y={px(y)} width={px(scale.width)} height={px((scale.height - y).max(0.0))} />
            <line class="ladder-now-line" x1="0" x2={px(scale.width)} y1={px(y)} y2={px(y)} />
            <rect class="ladder-now-pill" x="2" y={px(y - 11.0)} width={px(w)} height="22" rx="6" />
            <text class="mono middle ladder-now-word" x={px(2.0 + w / 2.0)} y={px(y + size * 0.36)} font-size={px(size)}>
                <title>{ word }</title>
                { time }
            </text>
        </g>
    }
}
