//! A connection's number in a circle.

use crate::markup::prelude::*;
use crate::view::common::number::px;

/// Smaller digits cannot be read when a slide shrinks the picture to three quarters.
const SMALLEST: f64 = 12.5;

#[derive(PartialEq)]
pub(super) struct Props {
    /// The number, from 1.
    pub(super) number: u32,
    /// Centre.
    pub(super) x: f64,
    /// Centre.
    pub(super) y: f64,
    /// Radius.
    pub(super) r: f64,
}

/// The number of a connection, as everywhere on the stage.
#[component]
pub(super) fn NumberBadge(props: &Props) -> Html {
    let digits = if props.number < 10 {
        1.35
    } else if props.number < 100 {
        1.1
    } else {
        0.85
    };
    let size = (props.r * digits).max(SMALLEST);
    html! {
        <g class="number-badge">
            <circle cx={px(props.x)} cy={px(props.y)} r={px(props.r)} />
            <text class="middle" x={px(props.x)} y={px(props.y + size * 0.36)} font-size={px(size)}>{ props.number }</text>
        </g>
    }
}
