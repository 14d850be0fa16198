//! The sizes of a ladder, by available width.

use playground_playback::{Ladder, ViewTime};

use crate::canvas::Canvas;

/// Narrower containers get the narrow form.
const NARROW: f64 = 500.0;
/// Height of a line for which the view model has made room at its own scale.
const MODEL_LINE: f64 = 15.0;

/// Sizes in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Form {
    /// Whether there is little room.
    pub narrow: bool,
    /// Whether it is for a slide.
    pub compact: bool,
    /// Width of the container.
    pub width: f64,
    /// Font size on arrows.
    pub size: f64,
    /// Font size of times and notes.
    pub small: f64,
    /// Height of a line of words.
    pub line: f64,
    /// Length of a second of view time.
    pub second: f64,
    /// Room for the times at the left.
    pub gutter: f64,
    /// Width of a waiting bar with and without a label.
    pub bar: (f64, f64),
    /// Height of the names above.
    pub heads: f64,
    /// Room above the start and below the end.
    pub margin: (f64, f64),
    /// Minimum and maximum distance of two lifelines.
    pub spacing: (f64, f64),
}

impl Form {
    /// The form for a container of `width`.
    pub fn new(width: f64, compact: bool) -> Self {
        let narrow = width < NARROW;
        let (size, small, line) = match (compact, narrow) {
            // Slides are read from a distance: the font grows with the slide.
            (true, _) => {
                let size = (width / 56.0).clamp(14.5, 26.0);
                (size, size - 1.5, (size * 1.4).round())
            }
            (false, true) => (13.0, 13.0, 17.0),
            (false, false) => (13.5, 13.0, 18.0),
        };
        let gutter = match (compact, narrow) {
            (true, false) => size * 5.6,
            (_, true) => 46.0,
            (false, false) => 76.0,
        };
        Self {
            narrow,
            compact,
            width: width.max(240.0),
            size,
            small,
            line,
            second: Ladder::PIXELS_PER_SECOND * line / MODEL_LINE,
            gutter,
            bar: (small + 5.5, (size * 0.56).round()),
            heads: (size * 2.0 + 12.0).round(),
            margin: (line, line * 3.0),
            spacing: (64.0, if compact { f64::INFINITY } else { 640.0 }),
        }
    }

    /// The form of a still, which nothing scrolls: all lifelines stand on it.
    pub fn of(canvas: &Canvas) -> Self {
        let form = Self::new(canvas.width, canvas.type_size >= Canvas::SLIDE);
        Self { spacing: (0.0, form.spacing.1), ..form }
    }

    /// The y coordinate of a view time.
    pub fn y(&self, view: ViewTime) -> f64 {
        self.margin.0 + view.as_secs() * self.second
    }

    /// The view time of a y coordinate.
    pub fn view_time(&self, y: f64) -> ViewTime {
        let seconds = ((y - self.margin.0) / self.second).max(0.0);
        ViewTime((seconds * 1_000_000.0) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn view_time_and_y_are_inverse() {
        for (width, compact) in [(360.0, false), (655.0, false), (960.0, true)] {
            let form = Form::new(width, compact);
            assert_eq!(form.view_time(form.y(ViewTime(1_500_000))).0.div_ceil(10), 150_000);
            assert_eq!(form.view_time(0.0), ViewTime::ZERO);
        }
    }
}
