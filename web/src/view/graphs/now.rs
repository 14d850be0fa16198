//! The line at the current time, with what is to come behind a veil.

use playground_core::time::Instant;
use playground_playback::Pace;
use yew::prelude::*;

use super::frame::Frame;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::time_text;

/// Veil, line, and the time on a plate.
pub(super) fn now_line(frame: &Frame, pace: &Pace, now: Instant) -> Html {
    let x = frame.x(pace, now);
    let time = time_text::moment(now);
    let plate = text_width(&time, 11.0, Face::Sans) + 12.0;
    let plate_x = (x - plate / 2.0).min(frame.width - plate - 2.0).max(2.0);
    html! {
        <>
            <rect class="graph-future" x={px(x)} y={px(frame.top - 2.0)} width={px((frame.right - x).max(0.0))}
                height={px(frame.bottom - frame.top + 1.0)} />
            <path class="graph-now" d={format!("M{} {}V{}", px(x), px(frame.top - 4.0), px(frame.bottom + 6.0))} />
            <rect class="graph-plate" x={px(plate_x)} y={px(frame.bottom + 5.0)} width={px(plate)} height="17" rx="5" />
            <text class="graph-plate-words" x={px(plate_x + plate / 2.0)} y={px(frame.bottom + 17.5)} font-size="11">{ time }</text>
        </>
    }
}
