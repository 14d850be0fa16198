//! Where the states stand and how the edges run.

use core::fmt::Write;

use playground_core::tcp::State;

use super::StateNode;

/// Width of the drawing.
pub(super) const WIDTH: f64 = 800.0;
/// Height of the drawing.
pub(super) const HEIGHT: f64 = 600.0;
const NODE_WIDTH: f64 = 128.0;
const NODE_HEIGHT: f64 = 34.0;
/// Radius of an edge's bends.
const BEND: f64 = 10.0;

type Point = (f64, f64);

/// A state's box: opening at the top, data in the middle, the active closer left, the passive right.
pub(super) fn node(state: State) -> StateNode {
    let (x, y) = match state {
        State::Closed => (400.0, 36.0),
        State::Listen => (190.0, 110.0),
        State::SynSent => (610.0, 110.0),
        State::SynReceived => (190.0, 210.0),
        State::Established => (400.0, 290.0),
        State::FinWait1 => (190.0, 370.0),
        State::CloseWait => (610.0, 370.0),
        State::FinWait2 => (190.0, 480.0),
        State::Closing => (400.0, 445.0),
        State::LastAck => (610.0, 480.0),
        State::TimeWait => (400.0, 560.0),
    };
    StateNode { state, x, y, width: NODE_WIDTH, height: NODE_HEIGHT }
}

/// The path of an edge and where its words stand.
///
/// An edge that has no route of its own runs straight, so that none of the table is ever left out.
pub(super) fn route(from: State, to: State) -> (String, Point) {
    match waypoints(from, to) {
        Some((points, label)) => (path(points), label),
        None => {
            let (start, end) = (node(from), node(to));
            let (from, to) = ((start.x, start.y), (end.x, end.y));
            let points = [border(from, to), border(to, from)];
            (path(&points), ((points[0].0 + points[1].0) / 2.0, (points[0].1 + points[1].1) / 2.0))
        }
    }
}

/// Hand-drawn routes, from border to border, and the place of their words.
fn waypoints(from: State, to: State) -> Option<(&'static [Point], Point)> {
    use State::{
        CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
        TimeWait,
    };
    Some(match (from, to) {
        (Closed, Listen) => (&[(356.0, 53.0), (222.0, 93.0)], (272.0, 84.0)),
        (Listen, Closed) => (&[(198.0, 93.0), (336.0, 50.0)], (244.0, 62.0)),
        (Closed, SynSent) => (&[(444.0, 53.0), (578.0, 93.0)], (528.0, 84.0)),
        (SynSent, Closed) => (&[(602.0, 93.0), (464.0, 50.0)], (556.0, 62.0)),
        (Listen, SynReceived) => (&[(190.0, 127.0), (190.0, 193.0)], (190.0, 160.0)),
        (SynSent, SynReceived) => (&[(546.0, 118.0), (254.0, 202.0)], (330.0, 172.0)),
        (SynSent, Established) => (&[(596.0, 127.0), (436.0, 273.0)], (540.0, 188.0)),
        (SynReceived, Established) => (&[(254.0, 222.0), (366.0, 273.0)], (300.0, 252.0)),
        (SynReceived, FinWait1) => (&[(176.0, 227.0), (176.0, 353.0)], (176.0, 292.0)),
        (Established, FinWait1) => (&[(356.0, 307.0), (244.0, 353.0)], (290.0, 326.0)),
        (Established, CloseWait) => (&[(444.0, 307.0), (556.0, 353.0)], (512.0, 326.0)),
        (FinWait1, FinWait2) => (&[(176.0, 387.0), (176.0, 463.0)], (176.0, 426.0)),
        (FinWait1, Closing) => (&[(254.0, 378.0), (356.0, 428.0)], (330.0, 394.0)),
        (FinWait1, TimeWait) => (&[(226.0, 387.0), (358.0, 543.0)], (276.0, 452.0)),
        (FinWait2, TimeWait) => (&[(230.0, 497.0), (336.0, 553.0)], (262.0, 534.0)),
        (Closing, TimeWait) => (&[(400.0, 462.0), (400.0, 543.0)], (418.0, 502.0)),
        (CloseWait, LastAck) => (&[(610.0, 387.0), (610.0, 463.0)], (610.0, 426.0)),
        // Back to CLOSED on the right: the two orderly ends.
        (LastAck, Closed) => {
            (&[(674.0, 480.0), (722.0, 480.0), (722.0, 34.0), (464.0, 34.0)], (690.0, 508.0))
        }
        (TimeWait, Closed) => {
            (&[(464.0, 560.0), (758.0, 560.0), (758.0, 26.0), (464.0, 26.0)], (610.0, 574.0))
        }
        // The bundle of abrupt ends.
        (CloseWait, Closed) => {
            (&[(674.0, 370.0), (694.0, 370.0), (694.0, 42.0), (464.0, 42.0)], (694.0, 230.0))
        }
        (Established, Closed) => (&[(400.0, 273.0), (400.0, 53.0)], (400.0, 130.0)),
        (Closing, Closed) => {
            (&[(464.0, 445.0), (486.0, 445.0), (486.0, 190.0), (414.0, 53.0)], (486.0, 230.0))
        }
        (SynReceived, Closed) => {
            (&[(126.0, 210.0), (98.0, 210.0), (98.0, 42.0), (336.0, 42.0)], (98.0, 150.0))
        }
        (FinWait1, Closed) => (&[(126.0, 370.0), (72.0, 370.0), (72.0, 34.0), (336.0, 34.0)], (72.0, 230.0)),
        (FinWait2, Closed) => (&[(126.0, 480.0), (46.0, 480.0), (46.0, 26.0), (336.0, 26.0)], (46.0, 300.0)),
        _ => return None,
    })
}

/// Where the line from one box's centre to another point leaves the box.
fn border(from: Point, to: Point) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let across = if dx == 0.0 { f64::INFINITY } else { NODE_WIDTH / 2.0 / dx.abs() };
    let down = if dy == 0.0 { f64::INFINITY } else { NODE_HEIGHT / 2.0 / dy.abs() };
    let share = across.min(down);
    if share.is_finite() { (from.0 + dx * share, from.1 + dy * share) } else { from }
}

/// An SVG path along the points, with rounded bends.
fn path(points: &[Point]) -> String {
    let mut path = String::new();
    // Writing to a String cannot fail.
    let mut draw = |command: &str, points: &[Point]| {
        let _ = path.write_str(command);
        for point in points {
            let _ = write!(path, " {:.1} {:.1} ", point.0, point.1);
        }
    };
    for (place, point) in points.iter().enumerate() {
        match (place.checked_sub(1).map(|before| points[before]), points.get(place + 1)) {
            (None, _) => draw("M", &[*point]),
            (Some(_), None) => draw("L", &[*point]),
            (Some(before), Some(after)) => {
                draw("L", &[towards(*point, before)]);
                draw("Q", &[*point, towards(*point, *after)]);
            }
        }
    }
    path
}

/// The point a bend's radius away from `from` in the direction of `to`.
fn towards(from: Point, to: Point) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let share = (BEND / length).min(0.5);
    (from.0 + dx * share, from.1 + dy * share)
}
