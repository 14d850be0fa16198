//! The time-sequence graph of one direction: segments as bars between what is acknowledged and what may be sent.

use core::fmt::Write;

use playground_core::time::Instant;
use playground_playback::{Pace, Sequence, SequenceAnswer, SequenceSegment};
use yew::prelude::*;

use super::axes::Axes;
use super::frame::{Frame, HEIGHT};
use super::now::now_line;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::words;

/// Font size of the labels.
const SIZE: f64 = 11.5;
/// Half of the cross of a lost segment.
const CROSS: f64 = 4.0;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Sender, receiver and connection.
    pub(super) title: AttrValue,
    /// The graph.
    pub(super) sequence: RcEq<Sequence>,
    /// Maps simulated time to view time.
    pub(super) pace: RcEq<Pace>,
    /// The simulated time.
    pub(super) now: Instant,
    /// The available width.
    pub(super) width: f64,
    /// The margin of the chart above, so that both have one axis of time.
    pub(super) label_width: f64,
}

/// Title, current values, and what has been sent and heard until now.
#[component]
pub(super) fn SequenceChart(props: &Props) -> Html {
    let text = use_text();
    let (sequence, pace) = (&props.sequence, &props.pace);
    let frame = Frame::new(sequence.end(), pace, props.width, props.label_width);
    let title = text.get("graphs-sequence-of", &[("title", &props.title)]);
    html! {
        <>
            <h4>{ text.plain("graphs-sequence") }</h4>
            { legend(text, sequence.until(props.now)) }
            <svg viewBox={format!("0 0 {} {}", px(frame.width), px(HEIGHT))} role="img" aria-label={title}>
                <Axes {frame} pace={pace.clone()} />
                { now_line(&frame, pace, props.now) }
                <Marks sequence={sequence.clone()} pace={pace.clone()} {frame} until={sequence.changed(props.now)}
                    now_at={px(frame.x(pace, props.now))} labels={props.label_width > 0.0} />
            </svg>
        </>
    }
}

/// Each mark, its name and value.
fn legend(text: Text, (segments, answers): (&[SequenceSegment], &[SequenceAnswer])) -> Html {
    let reading = |mark: Html, key: &str, value: String| {
        html! {
            <span class="reading">
                <svg viewBox="0 0 22 10" aria-hidden="true">{ mark }</svg>
                <span class="reading-name">{ text.plain(key) }</span>
                <b>{ value }</b>
            </span>
        }
    };
    let octets = |octets: Option<u64>| octets.map_or_else(|| "–".to_owned(), words::octets);
    let last = answers.last();
    let again = segments.iter().filter(|segment| segment.again).count();
    html! {
        <p class="readings">
            { reading(html! { <path class="sequence-bar" d="M11 0V10" /> }, "graphs-sent",
                octets(segments.iter().map(|segment| segment.range.end).max())) }
            { reading(html! { <path class="sequence-bar is-again" d="M11 0V10" /> }, "graphs-again", again.to_string()) }
            { reading(html! { <path class="sequence-line is-acknowledged" d="M0 5H22" /> }, "graphs-acknowledged",
                octets(last.map(|answer| answer.acknowledged))) }
            { reading(html! { <path class="sequence-line is-edge" d="M0 5H22" /> }, "graphs-edge", octets(last.map(|answer| answer.edge))) }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct MarksProps {
    sequence: RcEq<Sequence>,
    pace: RcEq<Pace>,
    frame: Frame,
    /// The last moment at which something changed.
    until: Instant,
    /// Where the lines end.
    now_at: String,
    /// Whether there is room for labels.
    labels: bool,
}

/// Lines and bars; nothing of them comes later than now.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let text = use_text();
    let (frame, pace, until) = (&props.frame, &*props.pace, props.until);
    let (segments, answers) = props.sequence.until(until);
    let line = |octets: fn(&SequenceAnswer) -> u64| {
        let mut path = String::new();
        for answer in answers {
            let (x, y) = (px(frame.x(pace, answer.at)), px(frame.y(octets(answer) as f64)));
            // Writing to a String cannot fail.
            let _ = match path.is_empty() {
                true => write!(path, "M{x} {y}"),
                false => write!(path, "H{x}V{y}"),
            };
        }
        if !path.is_empty() {
            let _ = write!(path, "H{}", props.now_at);
        }
        path
    };
    let is_above = |answer: &SequenceAnswer| answer.edge as f64 > frame.most;
    let lowest = answers.iter().map(|answer| answer.edge).min();
    let all_above = answers.iter().all(is_above);
    let bars = segments.iter().map(|segment| bar(frame, pace, segment, until));
    let ticks = answers.iter().filter(|answer| answer.repeated).map(|answer| {
        let (x, y) = (frame.x(pace, answer.at), frame.y(answer.acknowledged as f64));
        html! { <path class="sequence-line is-acknowledged" d={format!("M{} {}v5", px(x), px(y))} data-entry={answer.entry.to_string()} /> }
    });
    let last = answers.last().filter(|_| props.labels);
    let label = |class: &'static str, key: &str, octets: u64| {
        html! {
            <text class={classes!("graph-label", class)} x={px(frame.right + 8.0)} y={px(frame.y(octets as f64) + 4.0)} font-size={px(SIZE)}>
                { text.plain(key) }
            </text>
        }
    };
    html! {
        <g>
            if let Some(lowest) = lowest.filter(|_| all_above) {
                <text class="graph-label is-peer" x={px(frame.left + 6.0)} y={px(frame.top - 4.0)} font-size={px(SIZE)}>
                    { text.get("graphs-edge-above", &[("edge", &words::octets(lowest))]) }
                </text>
            } else {
                <path class="sequence-line is-edge" d={line(|answer| answer.edge)} />
            }
            { for bars }
            <path class="sequence-line is-acknowledged" d={line(|answer| answer.acknowledged)} />
            { for ticks }
            if let Some(last) = last {
                { label("is-acknowledged", "graphs-acknowledged", last.acknowledged) }
                if !all_above && frame.y(last.acknowledged as f64) - frame.y(last.edge as f64) >= 15.0 {
                    { label("is-peer", "graphs-edge", last.edge) }
                }
            }
        </g>
    }
}

/// A segment from its first octet to its last, with a cross where it is known to be lost.
fn bar(frame: &Frame, pace: &Pace, segment: &SequenceSegment, until: Instant) -> Html {
    let x = frame.x(pace, segment.at);
    let (first, end) = (frame.y(segment.range.start as f64), frame.y(segment.range.end as f64));
    let mut path = format!("M{} {}h4m-2 0V{}m-2 0h4", px(x - 2.0), px(first), px(end));
    if segment.lost.is_some_and(|lost| lost <= until) {
        let (y, size) = ((first + end) / 2.0, px(2.0 * CROSS));
        let _ = write!(path, "M{} {}l{size} {size}m-{size} 0l{size} -{size}", px(x - CROSS), px(y - CROSS));
    }
    let lost = segment.lost.is_some_and(|lost| lost <= until).then_some("is-lost");
    html! {
        <path class={classes!("sequence-bar", segment.again.then_some("is-again"), lost)} d={path}
            data-entry={segment.entry.to_string()} />
    }
}
