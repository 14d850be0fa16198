//! Which rows of a long list are drawn: those in sight.

use core::ops::Range;

/// Rows that come and go together while one scrolls.
const STEP: usize = 20;
/// A list of up to this number of rows is drawn as a whole.
const WHOLE: usize = 120;

/// A list whose rows are equally high, scrolled to some place.
///
/// Units: CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScrolledRows {
    /// The number of its rows.
    pub count: usize,
    /// The height of a row.
    pub height: f64,
    /// How far it is scrolled.
    pub top: f64,
    /// The height of what is seen of it.
    pub room: f64,
}

impl ScrolledRows {
    /// Whether a list is so long that only rows in sight are drawn.
    pub const fn is_long(count: usize) -> bool {
        count > WHOLE
    }

    /// The rows in sight, with some before and after them, so that scrolling a little changes nothing.
    pub fn drawn(&self) -> Range<usize> {
        if !Self::is_long(self.count) || self.height <= 0.0 {
            return 0..self.count.min(WHOLE);
        }
        let row = |pixels: f64| (pixels.max(0.0) / self.height) as usize;
        let first = row(self.top).min(self.count - 1) / STEP * STEP;
        let end = row(self.top + self.room) / STEP * STEP + 2 * STEP;
        first.saturating_sub(STEP)..end.min(self.count)
    }
}

/// Neighbouring rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowStretch {
    /// They are drawn.
    Drawn(Range<usize>),
    /// There is room for so many.
    LeftOut(usize),
}

impl RowStretch {
    /// All of a list from top to bottom: the rows `drawn`, and those that are `kept` wherever they are, because they
    /// have the focus or are looked for.
    pub fn all(count: usize, drawn: &Range<usize>, kept: &[usize]) -> Vec<Self> {
        let whole = drawn.start..drawn.end.min(count);
        let outside = |place: &usize| *place < count && !whole.contains(place);
        let single = kept.iter().copied().filter(outside).map(|place| place..place + 1);
        // Steps keep their places, so that what stays in sight is not drawn again.
        let steps = whole.clone().step_by(STEP).map(|start| start..(start + STEP).min(whole.end));
        let mut ranges: Vec<Range<usize>> = steps.chain(single).collect();
        ranges.sort_unstable_by_key(|range| range.start);
        ranges.dedup();
        let mut all = Vec::new();
        let mut next = 0;
        for range in ranges {
            if range.start > next {
                all.push(Self::LeftOut(range.start - next));
            }
            next = range.end;
            all.push(Self::Drawn(range));
        }
        if next < count {
            all.push(Self::LeftOut(count - next));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many as there are, each once, in order.
    fn total(all: &[RowStretch]) -> usize {
        all.iter().fold(0, |next, stretch| match stretch {
            RowStretch::Drawn(range) => {
                assert_eq!(range.start, next);
                range.end
            }
            RowStretch::LeftOut(count) => next + count,
        })
    }

    #[test]
    fn of_a_hundred_thousand_rows_those_in_sight_are_drawn() {
        for (top, room) in [(0.0, 600.0), (1_234_567.0, 600.0), (3_999_400.0, 600.0), (9e9, 600.0)] {
            let list = ScrolledRows { count: 100_000, height: 40.0, top, room };
            let drawn = list.drawn();
            assert!(drawn.len() <= 80 && drawn.end <= 100_000, "{drawn:?}");
            let (first, last) = ((top / 40.0) as usize, ((top + room) / 40.0) as usize);
            assert!((first..=last).all(|row| row >= 100_000 || drawn.contains(&row)), "{drawn:?}");
            let all = RowStretch::all(100_000, &drawn, &[5, 5, 77_777, 100_000]);
            assert_eq!(total(&all), 100_000);
            assert!(all.contains(&RowStretch::Drawn(77_777..77_778)));
        }
    }

    #[test]
    fn a_little_scrolling_changes_nothing() {
        let at = |top: f64| ScrolledRows { count: 1_000, height: 40.0, top, room: 400.0 }.drawn();
        assert_eq!(at(900.0), at(1_100.0));
        assert_eq!(at(900.0), 0..60);
    }

    #[test]
    fn a_short_list_is_drawn_as_a_whole() {
        let list = ScrolledRows { count: 100, height: 40.0, top: 900.0, room: 400.0 };
        assert_eq!(list.drawn(), 0..100);
        assert_eq!(total(&RowStretch::all(100, &list.drawn(), &[3])), 100);
        assert!(RowStretch::all(0, &(0..0), &[0]).is_empty());
    }
}
