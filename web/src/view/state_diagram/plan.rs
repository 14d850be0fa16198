//! The positions of the states.

use playground_core::tcp::State;

/// A point of the drawing.
pub(super) type Point = (f64, f64);

/// A box of the drawing: CLOSED has two, where a connection begins and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    State(State),
    /// CLOSED at the end.
    End,
}

/// Measures of the drawing, in its own units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Half the size of a box.
    pub(super) half: Point,
    /// Font size of the states' names.
    pub(super) size: f64,
    /// Font size of the edge labels; none where there is no room.
    pub(super) words: Option<f64>,
    columns: [f64; 3],
    rows: [f64; 5],
}

impl Plan {
    /// With edge labels.
    pub(super) const WIDE: Self = Self {
        width: 800.0,
        height: 412.0,
        half: (64.0, 17.0),
        size: 14.0,
        words: Some(13.5),
        columns: [120.0, 400.0, 680.0],
        rows: [30.0, 120.0, 210.0, 300.0, 388.0],
    };
    /// For phones: states and edges only, the labels are in the list below.
    pub(super) const NARROW: Self = Self {
        width: 360.0,
        height: 326.0,
        half: (51.0, 15.0),
        size: 11.5,
        words: None,
        columns: [56.0, 180.0, 304.0],
        rows: [22.0, 92.0, 162.0, 232.0, 302.0],
    };

    /// The centre of a box: opening at the top, data in the middle, the active closer left, the passive right.
    pub(super) const fn centre(&self, place: Place) -> Point {
        let [left, middle, right] = self.columns;
        let [first, second, third, fourth, fifth] = self.rows;
        match place {
            Place::State(State::Listen) => (left, first),
            Place::State(State::Closed) => (middle, first),
            Place::State(State::SynSent) => (right, first),
            Place::State(State::SynReceived) => (left, second),
            Place::State(State::Established) => (middle, second),
            Place::State(State::FinWait1) => (left, third),
            Place::State(State::Closing) => (middle, third),
            Place::State(State::CloseWait) => (right, third),
            Place::State(State::FinWait2) => (left, fourth),
            Place::State(State::TimeWait) => (middle, fourth),
            Place::State(State::LastAck) => (right, fourth),
            Place::End => ((middle + right) / 2.0, fifth),
        }
    }

    /// A point of a box: from -1 (left, top) to 1 (right, bottom).
    pub(super) const fn at(&self, place: Place, across: f64, down: f64) -> Point {
        let (x, y) = self.centre(place);
        (x + across * self.half.0, y + down * self.half.1)
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn no_two_boxes_overlap_and_all_lie_inside() {
        for plan in [Plan::WIDE, Plan::NARROW] {
            let places: Vec<Place> = State::VARIANTS
                .iter()
                .copied()
                .map(Place::State)
                .chain(core::iter::once(Place::End))
                .collect();
            for (index, place) in places.iter().enumerate() {
                let (x, y) = plan.centre(*place);
                assert!(x >= plan.half.0 && x + plan.half.0 <= plan.width, "{place:?}");
                assert!(y >= plan.half.1 && y + plan.half.1 <= plan.height, "{place:?}");
                for other in &places[..index] {
                    let (other_x, other_y) = plan.centre(*other);
                    let apart =
                        (x - other_x).abs() > 2.0 * plan.half.0 || (y - other_y).abs() > 2.0 * plan.half.1;
                    assert!(apart, "{place:?} and {other:?}");
                }
            }
        }
    }
}
