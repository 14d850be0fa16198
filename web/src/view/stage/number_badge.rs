//! A connection's number in a circle.

use yew::prelude::*;

use crate::view::common::number::px;

/// Smaller digits cannot be read from the back row.
const SMALLEST: f64 = 13.2;

/// The width of a number's badge: a circle of radius `r`, longer for more digits.
pub(super) fn badge_width(number: u32, r: f64) -> f64 {
    let digits = number.max(1).ilog10() + 1;
    2.0 * r + f64::from(digits - 1) * size(r) * 0.56
}

fn size(r: f64) -> f64 {
    (r * 1.35).max(SMALLEST)
}

/// A connection's number, by its left end and vertical centre.
pub(super) fn number_badge(number: u32, x: f64, y: f64, r: f64) -> Html {
    let (size, w) = (size(r), badge_width(number, r));
    html! {
        <g class="number-badge">
            <rect x={px(x)} y={px(y - r)} width={px(w)} height={px(2.0 * r)} rx={px(r)} />
            <text class="middle" x={px(x + w / 2.0)} y={px(y + size * 0.36)} font-size={px(size)}>{ number }</text>
        </g>
    }
}
