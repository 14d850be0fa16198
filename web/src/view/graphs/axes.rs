//! The ground of a chart: octets to the left, time below, zigzags where time is compressed.

use playground_core::time::Instant;
use playground_playback::Pace;
use yew::prelude::*;

use super::frame::Frame;
use crate::shared::Shared;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::{time_text, words};

/// Room between two words of the time axis.
const GAP: f64 = 18.0;
/// Size of type.
const SIZE: f64 = 11.0;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The measures.
    pub(super) frame: Frame,
    /// Simulated to view time.
    pub(super) pace: Shared<Pace>,
}

/// Lines and words of both axes.
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

/// Moments with their times, as many as there is room for: even steps of the view.
fn time_marks(frame: &Frame, pace: &Pace) -> Html {
    let mut free = frame.left - GAP;
    let mut marks = Vec::new();
    for at in moments(pace) {
        let x = frame.x(pace, at);
        let words = time_text::axis(at);
        let width = text_width(&words, SIZE, Face::Sans);
        let start = (x - width / 2.0).clamp(frame.left - 8.0, frame.right - width + 8.0);
        if start < free + GAP {
            continue;
        }
        free = start + width;
        marks.push(html! {
            <>
                <path class="graph-base" d={format!("M{} {}v4", px(x), px(frame.bottom))} />
                <text class="graph-mark" x={px(start)} y={px(frame.bottom + 17.0)} font-size={px(SIZE)}>{ words }</text>
            </>
        });
    }
    html! { <>{ for marks }</> }
}

/// Round moments of the run, first to last: each stretch at its own fineness.
fn moments(pace: &Pace) -> Vec<Instant> {
    let end = pace.end().as_micros();
    let whole = pace.view_end().as_micros().max(1);
    let mut moments = vec![0];
    let spread = pace.knots().windows(2).filter(|pair| !pair[0].compressed);
    for pair in spread {
        let (from, to) = (pair[0].at.as_micros(), pair[1].at.as_micros());
        let parts = (10 * pair[1].view.since(pair[0].view) / whole).max(1);
        let step = round_step((to - from) / parts);
        let first = from.div_ceil(step) * step;
        moments.extend((0..).map(|count| first + count * step).take_while(|at| *at <= to).take(64));
    }
    moments.retain(|at| *at <= end);
    moments.sort_unstable();
    moments.dedup();
    moments.into_iter().map(Instant::from_micros).collect()
}

/// The least of 1, 2, 5 times a power of ten microseconds that is not less, at least a millisecond.
fn round_step(micros: u64) -> u64 {
    let mut step = 1_000;
    loop {
        for digit in [1, 2, 5] {
            if step * digit >= micros || step >= 1_000_000_000_000 {
                return step * digit;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(round_step(0), 1_000);
        assert_eq!(round_step(1_300), 2_000);
        assert_eq!(round_step(33_000), 50_000);
        assert_eq!(round_step(u64::MAX), 1_000_000_000_000);
    }
}
