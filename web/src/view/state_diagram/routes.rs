//! The routes of the edges and the positions of their labels.

use playground_core::tcp::State::{
    self, CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
    TimeWait,
};

use super::plan::{Place, Plan, Point};
use crate::view::common::number::px;

/// The route of an edge.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Route {
    /// From border to border.
    pub(super) points: Vec<Point>,
    /// The position and alignment of its label.
    pub(super) label: (Point, Anchor),
}

/// The alignment of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The box at which an arrow to a state ends.
pub(super) const fn target(from: State, to: State) -> Place {
    match (from, to) {
        (Listen | SynSent, Closed) => Place::State(Closed),
        (_, Closed) => Place::End,
        _ => Place::State(to),
    }
}

/// The route from one state to another; a straight line if none is defined.
pub(super) fn route(plan: &Plan, from: State, to: State, abrupt: bool) -> Route {
    if abrupt && target(from, to) == Place::End {
        return bundled(plan, from);
    }
    let (start, end, beside) = ends(from, to);
    let (start, end) =
        (plan.at(Place::State(from), start.0, start.1), plan.at(target(from, to), end.0, end.1));
    let middle = ((start.0 + end.0) / 2.0, (start.1 + end.1) / 2.0);
    let (dx, dy, anchor) = beside;
    Route { points: vec![start, end], label: ((middle.0 + dx, middle.1 + dy), anchor) }
}

type Beside = (f64, f64, Anchor);

/// Where an arrow leaves and reaches its boxes, and where its words stand from its middle.
const fn ends(from: State, to: State) -> (Point, Point, Beside) {
    use Anchor::{End, Middle, Start};
    const ABOVE: Beside = (0.0, -7.0, Middle);
    const BELOW: Beside = (0.0, 17.0, Middle);
    const RIGHT: Beside = (9.0, 4.0, Start);
    match (from, to) {
        (Closed, Listen) => ((-1.0, -0.4), (1.0, -0.4), ABOVE),
        (Listen, Closed) => ((1.0, 0.4), (-1.0, 0.4), BELOW),
        (Closed, SynSent) => ((1.0, -0.4), (-1.0, -0.4), ABOVE),
        (SynSent, Closed) => ((-1.0, 0.4), (1.0, 0.4), BELOW),
        (Listen, SynReceived) => ((-0.2, 1.0), (-0.2, -1.0), RIGHT),
        (SynSent, SynReceived) => ((-0.7, 1.0), (1.0, -0.5), (0.0, 0.0, Middle)),
        (SynSent, Established) => ((-0.1, 1.0), (1.0, -0.3), (18.0, 8.0, Start)),
        (SynReceived, Established) => ((1.0, 0.2), (-1.0, 0.2), BELOW),
        (SynReceived, FinWait1) => ((-0.2, 1.0), (-0.2, -1.0), RIGHT),
        (Established, FinWait1) => ((-0.5, 1.0), (0.8, -1.0), (18.0, 11.0, Start)),
        (Established, CloseWait) => ((0.5, 1.0), (-0.8, -1.0), (14.0, -5.0, Start)),
        (FinWait1, FinWait2) => ((-0.2, 1.0), (-0.2, -1.0), RIGHT),
        (FinWait1, Closing) => ((1.0, 0.0), (-1.0, 0.0), ABOVE),
        (FinWait1, TimeWait) => ((0.7, 1.0), (-0.7, -1.0), (12.0, -4.0, Start)),
        (FinWait2, TimeWait) => ((1.0, 0.0), (-1.0, 0.0), BELOW),
        (Closing, TimeWait) => ((0.2, 1.0), (0.2, -1.0), RIGHT),
        (CloseWait, LastAck) => ((0.2, 1.0), (0.2, -1.0), RIGHT),
        (TimeWait, Closed) => ((0.5, 1.0), (-0.6, -1.0), (-12.0, 8.0, End)),
        (LastAck, Closed) => ((-0.5, 1.0), (0.6, -1.0), (12.0, 8.0, Start)),
        _ => ((0.0, 0.0), (0.0, 0.0), RIGHT),
    }
}

/// The routes of aborts to CLOSED, through a gap between the columns.
fn bundled(plan: &Plan, from: State) -> Route {
    let (start, end) = (plan.centre(Place::State(from)), plan.centre(Place::End));
    let is_left = start.0 < plan.centre(Place::State(Established)).0;
    let gap = if is_left { (start.0 + plan.centre(Place::State(Established)).0) / 2.0 } else { end.0 };
    let side = if start.0 < gap { 1.0 } else { -1.0 };
    let leave = plan.at(Place::State(from), side, 0.45);
    let points = if is_left {
        vec![leave, (gap, leave.1), (gap, end.1), plan.at(Place::End, -1.0, 0.0)]
    } else {
        vec![leave, (gap, leave.1), plan.at(Place::End, 0.0, -1.0)]
    };
    let label = ((gap + 9.0, leave.1 + 24.0), Anchor::Start);
    Route { points, label }
}

/// An SVG path along the points, with rounded bends, that stops a little before its end: there the head begins.
pub(super) fn path(points: &[Point], bend: f64) -> String {
    use core::fmt::Write;
    let mut path = String::new();
    // Writing to a String cannot fail.
    for (place, point) in points.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| points[before]);
        let _ = match (before, points.get(place + 1)) {
            (None, _) => write!(path, "M{}", at(*point)),
            (Some(before), None) => {
                let end = towards(*point, before, 5.0);
                write!(path, "L{}", at(end))
            }
            (Some(before), Some(after)) => {
                let (start, end) = (towards(*point, before, bend), towards(*point, *after, bend));
                write!(path, "L{}Q{} {}", at(start), at(*point), at(end))
            }
        };
    }
    path
}

/// The arrow head at the end of the points.
pub(super) fn head(points: &[Point], size: f64) -> String {
    let [.., before, tip] = points else { return String::new() };
    let back = towards(*tip, *before, size);
    let (dx, dy) = ((tip.0 - back.0) * 0.42, (tip.1 - back.1) * 0.42);
    format!("M{}L{}L{}Z", at(*tip), at((back.0 - dy, back.1 + dx)), at((back.0 + dy, back.1 - dx)))
}

/// A point in a path.
fn at(point: Point) -> String {
    format!("{} {}", px(point.0), px(point.1))
}

/// The point `distance` away from `from` in the direction of `to`, at most half the way.
fn towards(from: Point, to: Point, distance: f64) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let share = (distance / dx.hypot(dy).max(1.0)).min(0.5);
    (from.0 + dx * share, from.1 + dy * share)
}

#[cfg(test)]
mod tests {
    use playground_core::tcp::TRANSITIONS;

    use super::*;

    #[test]
    fn every_regular_edge_of_the_table_has_its_own_route() {
        for edge in TRANSITIONS {
            let abrupt = super::super::trigger_words::is_abrupt(edge.trigger);
            let route = route(&Plan::WIDE, edge.from, edge.to, abrupt);
            assert!(route.points.len() >= 2);
            if !abrupt {
                assert_ne!(ends(edge.from, edge.to).0, (0.0, 0.0), "{edge:?}");
            }
        }
    }
}
