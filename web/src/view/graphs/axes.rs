//! The axes of a chart: octets on the left, time below, zigzags where time is compressed.

use playground_core::time::Instant;
use playground_playback::Pace;
use yew::prelude::*;

use super::frame::Frame;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::{time_text, words};

/// Minimum gap between two labels of the time axis.
const GAP: f64 = 18.0;
/// Candidate tick intervals, coarsest first: 100 s to 10 ms.
const STEPS: [u64; 9] =
    [100_000_000, 10_000_000, 5_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 10_000];
/// Limit on the ticks tried per interval.
const MOST: u64 = 400;
/// Font size.
const SIZE: f64 = 11.0;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The chart's geometry.
    pub(super) frame: Frame,
    /// Maps simulated time to view time.
    pub(super) pace: RcEq<Pace>,
}

/// Lines and labels of both axes.
#[component]
pub(super) fn Axes(props: &Props) -> Html {
    let (frame, pace) = (&props.frame, &*props.pace);
    let marks = frame.marks().into_iter().map(|octets| {
        let y = frame.y(octets);
        html! {
            <>
                <path class={if octets == 0.0 { "graph-base" } else { "graph-grid" }} d={format!("M{} {}H{}", px(frame.left), px(y), px(frame.right))} />
                <text class="graph-mark end" x={px(frame.left - 8.0)} y={px(y + 3.8)} font-size={px(SIZE)}>{ words::octets(octets as u64) }</text>
            </>
        }
    });
    let folded = pace.compressed().map(|(from, to)| {
        let (from, to) = (frame.x(pace, from.at), frame.x(pace, to.at));
        let middle = (from + to) / 2.0;
        let y = frame.bottom;
        let band = html! {
            <rect class="graph-folded" x={px(from)} y={px(frame.top)} width={px(to - from)} height={px(y - frame.top)} />
        };
        let zigzag = html! {
            <>
                <path class="graph-gap" d={format!("M{} {}h16", px(middle - 8.0), px(y))} />
                <path class="graph-zigzag" d={format!("M{} {}l3 -4l4 8l4 -8l4 8l3 -4", px(middle - 9.0), px(y))} />
            </>
        };
        (band, zigzag)
    });
    let (bands, zigzags): (Vec<Html>, Vec<Html>) = folded.unzip();
    html! {
        <g>
            { for bands }
            { for marks }
            { for zigzags }
            { time_marks(frame, pace) }
        </g>
    }
}

/// Ticks with their labels, coarsest first, as many as fit.
fn time_marks(frame: &Frame, pace: &Pace) -> Html {
    let end = pace.end().as_micros();
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut marks = Vec::new();
    // The start, the end of each compressed interval, then round times outside of these.
    let ends = core::iter::once(Instant::ZERO).chain(pace.compressed().map(|(_, to)| to.at));
    let round = STEPS.into_iter().filter(|step| end / step <= MOST).flat_map(|step| {
        (0..=end / step)
            .map(move |count| Instant::from_micros(count * step))
            .filter(|at| !pace.is_compressed(*at))
    });
    for at in ends.chain(round) {
        let x = frame.x(pace, at);
        let words = time_text::axis(at);
        let width = text_width(&words, SIZE, Face::Sans);
        let start = (x - width / 2.0).max(frame.left - 10.0).min(frame.right - width + 10.0);
        if taken.iter().any(|(from, to)| start < to + GAP && start + width > from - GAP) {
            continue;
        }
        taken.push((start, start + width));
        marks.push(html! {
            <>
                <path class="graph-base" d={format!("M{} {}v4", px(x), px(frame.bottom))} />
                <text class="graph-mark" x={px(start)} y={px(frame.bottom + 17.0)} font-size={px(SIZE)}>{ words }</text>
            </>
        });
    }
    html! { <>{ for marks }</> }
}
