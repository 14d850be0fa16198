//! A connection's number in a circle.

use crate::markup::prelude::*;
use crate::view::common::number::px;

/// Smaller digits cannot be read when a slide shrinks the picture to three quarters.
const SMALLEST: f64 = 12.5;

/// The number of a connection, as everywhere on the stage.
pub(super) fn number_badge(number: u32, x: f64, y: f64, r: f64) -> Html {
    let digits = if number < 10 {
        1.35
    } else if number < 100 {
        1.1
    } else {
        0.85
    };
    let size = (r * digits).max(SMALLEST);
    html! {
        <g class="number-badge">
            <circle cx={px(x)} cy={px(y)} r={px(r)} />
            <text class="middle" x={px(x)} y={px(y + size * 0.36)} font-size={px(size)}>{ number }</text>
        </g>
    }
}
