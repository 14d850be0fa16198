//! The ladder's scale: from the view model's fractions and view time to the drawing's unit.

use playground_playback::{Ladder, ViewTime};

/// How the ladder is set into a width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// Width of the drawing, in its own unit: a CSS pixel unless the container is very broad or narrow.
    pub(super) width: f64,
    /// Height of the drawing.
    pub(super) height: f64,
    /// Room for the time axis at the left.
    pub(super) gutter: f64,
    /// Lifelines.
    pub(super) lines: usize,
    /// Size of type.
    pub(super) size: f64,
}

/// Room above the start and below the end.
const TOP: f64 = 14.0;
const BOTTOM: f64 = 40.0;
/// Narrower and broader containers scale the drawing.
const NARROWEST: f64 = 340.0;
const BROADEST: f64 = 920.0;

impl Scale {
    /// The scale for a container of `width` CSS pixels.
    pub(super) fn new(ladder: &Ladder, width: f64, compact: bool) -> Self {
        let broadest = if compact { 760.0 } else { BROADEST };
        let width = width.clamp(NARROWEST, broadest);
        Self {
            width,
            height: TOP + ladder.end.as_secs() * Ladder::PIXELS_PER_SECOND + BOTTOM,
            gutter: if width < 520.0 { 52.0 } else { 76.0 },
            lines: ladder.lifelines.len(),
            size: if compact { 14.0 } else { 12.5 },
        }
    }

    /// A lifeline's place.
    pub(super) fn x(&self, fraction: f64) -> f64 {
        // The outer lines need less room at their outer sides than the view model leaves them.
        let lines = self.lines.max(1) as f64;
        let margin = (0.5 / lines).min(if self.width < 520.0 { 0.1 } else { 0.14 });
        let spread = if lines > 1.0 { (fraction - 0.5 / lines) / (1.0 - 1.0 / lines) } else { 0.5 };
        self.gutter + (self.width - self.gutter) * (margin + spread * (1.0 - 2.0 * margin))
    }

    /// A view time's place.
    pub(super) fn y(&self, view: ViewTime) -> f64 {
        TOP + view.as_secs() * Ladder::PIXELS_PER_SECOND
    }

    /// The view time of a place.
    pub(super) fn view_time(&self, y: f64) -> ViewTime {
        let seconds = ((y - TOP) / Ladder::PIXELS_PER_SECOND).max(0.0);
        ViewTime((seconds * 1_000_000.0) as u64)
    }
}
