//! The geometry of a chart: its plot area, and the coordinates of times and octets.

use playground_core::time::Instant;
use playground_playback::Pace;

/// The geometry of a chart, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Total width.
    pub(super) width: f64,
    /// Left edge of the plot area.
    pub(super) left: f64,
    /// Right edge of the plot area.
    pub(super) right: f64,
    /// Top edge of the plot area.
    pub(super) top: f64,
    /// Bottom edge of the plot area.
    pub(super) bottom: f64,
    /// The octets at the top edge.
    pub(super) most: f64,
    /// View time at the right edge, in microseconds.
    pub(super) end: f64,
}

/// Height of a chart.
pub(super) const HEIGHT: f64 = 196.0;

impl Frame {
    /// The geometry for numbers up to `peak` at a given width; `label_width` is the margin for curve labels.
    pub(super) fn new(peak: u64, pace: &Pace, width: f64, label_width: f64) -> Self {
        let right = if label_width > 0.0 { width - label_width } else { width - 12.0 };
        Self {
            width,
            left: 52.0,
            right: right.max(80.0),
            top: 16.0,
            bottom: HEIGHT - 28.0,
            most: nice(peak.max(1) as f64 * 1.08),
            end: (pace.view_end().as_micros() as f64).max(1.0),
        }
    }

    /// The x coordinate of a time.
    pub(super) fn x(&self, pace: &Pace, at: Instant) -> f64 {
        self.left
            + (self.right - self.left) * (pace.to_view(at).as_micros() as f64 / self.end).clamp(0.0, 1.0)
    }

    /// The y coordinate of a number of octets, clamped to the plot area.
    pub(super) fn y(&self, octets: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (octets / self.most).clamp(0.0, 1.0)
    }

    /// The ticks of the octet axis.
    pub(super) fn marks(&self) -> Vec<f64> {
        let step = self.most / 4.0;
        (0..=4).map(|index| f64::from(index) * step).collect()
    }
}

/// The smallest round number that is not less; its quarters are round, too.
fn nice(number: f64) -> f64 {
    let power = 10_f64.powf(number.log10().floor());
    [1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|nice| *nice >= number)
        .unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (number, expected) in [
            (14_600.0, 16_000.0),
            (217_000.0, 240_000.0),
            (1.0, 1.0),
            (70_000.0, 80_000.0),
            (90_000.0, 100_000.0),
        ] {
            assert!((nice(number) - expected).abs() < 1e-6, "{number}");
        }
    }
}
