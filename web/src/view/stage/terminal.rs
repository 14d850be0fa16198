//! The last socket call, as a program would print it.

use playground_playback::CallView;
use yew::prelude::*;

use crate::view::common::number::px;
use crate::view::common::text_width::{Face, fitted, text_width};

use super::form::TypeSizes;
use super::rect::Rect;

/// `> read(4, …, 65536)` and its return value below.
pub(super) fn terminal(rect: Rect, sizes: TypeSizes, call: Option<&CallView>) -> Html {
    let size = sizes.mono - 0.5;
    let Some(call) = call else { return Html::default() };
    let room = rect.w - 20.0;
    let asked = format!("> {}", call.call);
    let one_line = rect.h < 2.5 * size;
    let answered = match call.error {
        Some(error)
            if !one_line
                && text_width(&format!("{} {}", call.result, error.message()), size, Face::Mono) <= room =>
        {
            format!("{} {}", call.result, error.message())
        }
        _ => call.result.clone(),
    };
    let x = rect.x + 10.0;
    let result_class = classes!("mono", "terminal-result", call.error.is_some().then_some("is-error"));
    let lines = if one_line {
        let y = rect.y + rect.h / 2.0 + size * 0.36;
        let answer_w = text_width(&answered, size, Face::Mono);
        html! {
            <>
                <text class="mono faded" x={px(x)} y={px(y)} font-size={px(size)}>
                    { fitted(&asked, size, Face::Mono, room - answer_w - 8.0) }
                </text>
                <text class={classes!(result_class, "end")} x={px(rect.right() - 10.0)} y={px(y)} font-size={px(size)}>
                    { fitted(&answered, size, Face::Mono, room * 0.7) }
                </text>
            </>
        }
    } else {
        let step = rect.h / 2.0 - 3.0;
        html! {
            <>
                <text class="mono faded" x={px(x)} y={px(rect.y + step * 0.5 + 3.0 + size * 0.4)} font-size={px(size)}>
                    { fitted(&asked, size, Face::Mono, room) }
                </text>
                <text class={result_class} x={px(x)} y={px(rect.y + step * 1.5 + 3.0 + size * 0.4)} font-size={px(size)}>
                    { fitted(&answered, size, Face::Mono, room) }
                </text>
            </>
        }
    };
    html! {
        <g class="terminal-box">
            <rect class="terminal" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="10" />
            { lines }
        </g>
    }
}
