//! One sender's chart.

use playground_core::time::Instant;
use playground_playback::{Pace, SocketSeries};
use yew::prelude::*;

use super::axes::Axes;
use super::curves::Curves;
use super::frame::{Frame, HEIGHT};
use super::readings::readings;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::time_text;

/// Below this width the curves have no labels.
const NARROW: f64 = 520.0;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Sender, receiver and connection.
    pub(super) title: AttrValue,
    /// The class of the sender.
    pub(super) role: &'static str,
    /// The series.
    pub(super) series: RcEq<SocketSeries>,
    /// Maps simulated time to view time.
    pub(super) pace: RcEq<Pace>,
    /// The simulated time.
    pub(super) now: Instant,
    /// The available width.
    pub(super) width: f64,
}

/// Title, current values, curves, and the line at the current time.
#[component]
pub(super) fn Chart(props: &Props) -> Html {
    let text = use_text();
    let labels = props.width >= NARROW;
    let label_width = if labels {
        let keys = ["graphs-window", "graphs-flight", "graphs-peer", "graphs-threshold"];
        keys.into_iter().map(|key| text_width(&text.plain(key), 11.5, Face::Sans)).fold(0.0, f64::max) + 14.0
    } else {
        0.0
    };
    let frame = Frame::new(&props.series, &props.pace, props.width, label_width);
    let points = &props.series.points;
    let point = points
        .partition_point(|point| point.at <= props.now)
        .checked_sub(1)
        .and_then(|place| points.get(place));
    let x = frame.x(&props.pace, props.now);
    let time = time_text::moment(props.now);
    let plate = text_width(&time, 11.0, Face::Sans) + 12.0;
    let plate_x = (x - plate / 2.0).min(frame.width - plate - 2.0).max(2.0);
    html! {
        <section class={classes!("graph", props.role)}>
            <h3><i aria-hidden="true" />{ &props.title }</h3>
            { readings(text, point) }
            <svg viewBox={format!("0 0 {} {}", px(frame.width), px(HEIGHT))} role="img" aria-label={props.title.clone()}>
                <Axes {frame} pace={props.pace.clone()} />
                <Curves series={props.series.clone()} pace={props.pace.clone()} {frame} {labels} />
                <rect class="graph-future" x={px(x)} y={px(frame.top - 2.0)} width={px((frame.right - x).max(0.0))}
                    height={px(frame.bottom - frame.top + 1.0)} />
                <path class="graph-now" d={format!("M{} {}V{}", px(x), px(frame.top - 4.0), px(frame.bottom + 6.0))} />
                <rect class="graph-plate" x={px(plate_x)} y={px(frame.bottom + 5.0)} width={px(plate)} height="17" rx="5" />
                <text class="graph-plate-words" x={px(plate_x + plate / 2.0)} y={px(frame.bottom + 17.5)} font-size="11">{ time }</text>
            </svg>
        </section>
    }
}
