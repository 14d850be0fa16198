//! The part of a long ladder that is drawn.

/// From and to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The upper edge.
    pub top: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// One step.
const STEP: f64 = 600.0;

impl Window {
    /// The window around the visible `height` from `top`, rounded to steps so that small scrolling changes nothing.
    pub fn around(top: f64, height: f64) -> Self {
        let first = (top / STEP).floor() * STEP;
        let last = ((top + height) / STEP).ceil() * STEP;
        Self { top: first - STEP, bottom: last + STEP }
    }

    /// Whether all of `a..b` is in it: words are drawn whole or not at all.
    pub(super) fn holds(&self, a: f64, b: f64) -> bool {
        a >= self.top && b <= self.bottom
    }

    /// The part of `a..b` that is in it.
    pub(super) fn part(&self, a: f64, b: f64) -> Option<(f64, f64)> {
        let (a, b) = (a.max(self.top), b.min(self.bottom));
        (a < b).then_some((a, b))
    }

    /// The part of a line downwards that is in it.
    pub(super) fn cut(&self, from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        if to.1 < self.top || from.1 > self.bottom {
            return None;
        }
        let at = |y: f64| (from.0 + (to.0 - from.0) * (y - from.1) / (to.1 - from.1), y);
        let start = if from.1 < self.top { at(self.top) } else { from };
        let end = if to.1 > self.bottom { at(self.bottom) } else { to };
        Some((start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn a_line_is_cut_at_the_edges() {
        let window = Window { top: 10.0, bottom: 20.0 };
        assert_eq!(window.cut((0.0, 0.0), (40.0, 40.0)), Some(((10.0, 10.0), (20.0, 20.0))));
        assert_eq!(window.cut((5.0, 12.0), (7.0, 12.0)), Some(((5.0, 12.0), (7.0, 12.0))));
        assert_eq!(window.cut((0.0, 0.0), (9.0, 9.0)), None);
        assert_eq!(window.part(5.0, 15.0), Some((10.0, 15.0)));
        assert!(window.holds(10.0, 20.0) && !window.holds(9.0, 20.0));
    }
}
