//! The curves of a chart: congestion window, octets in flight, peer window.

use core::fmt::Write;
use yew::prelude::*;

use playground_playback::{Pace, SeriesPoint, SocketSeries};

use super::frame::Frame;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::words;

/// Font size of the curve labels.
const SIZE: f64 = 11.5;
/// Minimum distance between curve labels.
const LINE: f64 = 15.0;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The series.
    pub(super) series: RcEq<SocketSeries>,
    /// Maps simulated time to view time.
    pub(super) pace: RcEq<Pace>,
    /// The chart's geometry.
    pub(super) frame: Frame,
    /// Whether there is room for curve labels.
    pub(super) labels: bool,
}

/// Step functions: each value holds until the next. They depend on the run alone, not on the cursor.
#[component]
pub(super) fn Curves(props: &Props) -> Html {
    let text = use_text();
    let (frame, pace, points) = (&props.frame, &*props.pace, &props.series.points);
    let Some(last) = points.last() else { return Html::default() };
    let flight = steps(points, frame, pace, |point| Some(point.flight as f64));
    let area = format!("{flight}V{}H{}Z", px(frame.bottom), px(start(points, frame, pace)));
    let is_over = |point: &SeriesPoint| f64::from(point.peer_window) > frame.most;
    let all_over =
        points.iter().all(|point| is_over(point) || point.peer_window == 0) && points.iter().any(is_over);
    let peer = (!all_over).then(|| steps(points, frame, pace, |point| Some(f64::from(point.peer_window))));
    let threshold = steps(points, frame, pace, |point| {
        point.ssthresh.map(f64::from).filter(|octets| *octets <= frame.most)
    });
    let labels = props.labels.then(|| {
        let mut labels = vec![
            ("is-window", "graphs-window", frame.y(f64::from(last.cwnd))),
            ("is-flight", "graphs-flight", frame.y(last.flight as f64)),
        ];
        if peer.is_some() {
            labels.push(("is-peer", "graphs-peer", frame.y(f64::from(last.peer_window))));
        }
        if let Some(octets) = last.ssthresh.map(f64::from).filter(|octets| *octets <= frame.most) {
            labels.push(("is-threshold", "graphs-threshold", frame.y(octets)));
        }
        spread(&mut labels, frame);
        labels.into_iter().map(|(class, key, y)| {
            html! {
                <text class={classes!("graph-label", class)} x={px(frame.right + 8.0)} y={px(y + 4.0)} font-size={px(SIZE)}>
                    { text.plain(key) }
                </text>
            }
        }).collect::<Html>()
    });
    let above = all_over.then(|| {
        let most = points.iter().map(|point| u64::from(point.peer_window)).max().unwrap_or(0);
        text.get("graphs-peer-above", &[("window", &words::octets(most))])
    });
    html! {
        <g>
            <path class="graph-area" d={area} />
            <path class="graph-line is-threshold" d={threshold} />
            if let Some(peer) = peer {
                <path class="graph-line is-peer" d={peer} />
            }
            <path class="graph-line is-flight" d={flight} />
            <path class="graph-line is-window" d={steps(points, frame, pace, |point| Some(f64::from(point.cwnd)))} />
            if let Some(above) = above {
                <text class="graph-label is-peer" x={px(frame.left + 6.0)} y={px(frame.top - 4.0)} font-size={px(SIZE)}>{ above }</text>
            }
            { labels.unwrap_or_default() }
        </g>
    }
}

/// The start of the curves.
fn start(points: &[SeriesPoint], frame: &Frame, pace: &Pace) -> f64 {
    points.first().map_or(frame.left, |point| frame.x(pace, point.at))
}

/// The path of a step function up to the right edge; none without values.
fn steps(
    points: &[SeriesPoint],
    frame: &Frame,
    pace: &Pace,
    number: impl Fn(&SeriesPoint) -> Option<f64>,
) -> String {
    let mut path = String::new();
    let mut on = false;
    // Writing to a String cannot fail.
    for point in points {
        let x = px(frame.x(pace, point.at));
        match (number(point).map(|octets| px(frame.y(octets))), on) {
            (Some(y), true) => {
                let _ = write!(path, "H{x}V{y}");
            }
            (Some(y), false) => {
                let _ = write!(path, "M{x} {y}");
                on = true;
            }
            (None, true) => {
                let _ = write!(path, "H{x}");
                on = false;
            }
            (None, false) => {}
        }
    }
    if on {
        let _ = write!(path, "H{}", px(frame.right));
    }
    path
}

/// Moves labels apart, each as close to its curve as possible.
fn spread(labels: &mut [(&str, &str, f64)], frame: &Frame) {
    labels.sort_by(|a, b| a.2.total_cmp(&b.2));
    let mut free = frame.top;
    for label in labels.iter_mut() {
        label.2 = label.2.max(free);
        free = label.2 + LINE;
    }
    let mut floor = frame.bottom;
    for label in labels.iter_mut().rev() {
        label.2 = label.2.min(floor);
        floor = label.2 - LINE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curve_labels_do_not_overlap() {
        let frame =
            Frame { width: 600.0, left: 50.0, right: 480.0, top: 16.0, bottom: 168.0, most: 10.0, end: 1.0 };
        let mut labels = [("a", "", 168.0), ("b", "", 168.0), ("c", "", 160.0)];
        spread(&mut labels, &frame);
        assert!(labels.windows(2).all(|pair| pair[1].2 - pair[0].2 >= LINE - 0.01));
        assert!(labels.iter().all(|label| label.2 <= 168.0));
    }
}
