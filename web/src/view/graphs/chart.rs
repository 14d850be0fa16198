//! One sender's chart.

use playground_core::time::Instant;
use playground_playback::{Pace, Sequence, SocketSeries};
use yew::prelude::*;

use super::axes::Axes;
use super::curves::Curves;
use super::frame::{Frame, HEIGHT};
use super::now::now_line;
use super::readings::readings;
use super::sequence_chart::SequenceChart;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};

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
    /// Its time-sequence graph.
    pub(super) sequence: Option<RcEq<Sequence>>,
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
        let keys = [
            "graphs-window",
            "graphs-flight",
            "graphs-peer",
            "graphs-threshold",
            "graphs-edge",
            "graphs-acknowledged",
        ];
        keys.into_iter().map(|key| text_width(&text.plain(key), 11.5, Face::Sans)).fold(0.0, f64::max) + 14.0
    } else {
        0.0
    };
    let frame = Frame::new(props.series.peak, &props.pace, props.width, label_width);
    let points = &props.series.points;
    let point = points
        .partition_point(|point| point.at <= props.now)
        .checked_sub(1)
        .and_then(|place| points.get(place));
    html! {
        <section class={classes!("graph", props.role)}>
            <h3><i aria-hidden="true" />{ &props.title }</h3>
            { readings(text, point) }
            <svg viewBox={format!("0 0 {} {}", px(frame.width), px(HEIGHT))} role="img" aria-label={props.title.clone()}>
                <Axes {frame} pace={props.pace.clone()} />
                <Curves series={props.series.clone()} pace={props.pace.clone()} {frame} {labels} />
                { now_line(&frame, &props.pace, props.now) }
            </svg>
            if let Some(sequence) = &props.sequence {
                <SequenceChart title={props.title.clone()} sequence={sequence.clone()} pace={props.pace.clone()} now={props.now}
                    width={props.width} {label_width} />
            }
        </section>
    }
}
