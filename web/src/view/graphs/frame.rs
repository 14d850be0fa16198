//! The measures of a chart, and where times and octets lie in it.

use playground_core::time::Instant;
use playground_playback::{Pace, SocketSeries};

/// A chart's measures, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Width of the whole.
    pub(super) width: f64,
    /// Where the plot begins.
    pub(super) left: f64,
    /// Where it ends.
    pub(super) right: f64,
    /// Its top.
    pub(super) top: f64,
    /// Its bottom.
    pub(super) bottom: f64,
    /// The octets at its top.
    pub(super) most: f64,
    /// View time at its right end, in microseconds.
    pub(super) end: f64,
}

/// Height of a chart.
pub(super) const HEIGHT: f64 = 196.0;

impl Frame {
    /// For a series in so much width; direct labels have a margin where there is room.
    pub(super) fn new(series: &SocketSeries, pace: &Pace, width: f64, label_width: f64) -> Self {
        let right = if label_width > 0.0 { width - label_width } else { width - 12.0 };
        Self {
            width,
            left: 52.0,
            right: right.max(80.0),
            top: 16.0,
            bottom: HEIGHT - 28.0,
            most: nice(series.peak.max(1) as f64 * 1.08),
            end: (pace.view_end().as_micros() as f64).max(1.0),
        }
    }

    /// The place of a moment.
    pub(super) fn x(&self, pace: &Pace, at: Instant) -> f64 {
        self.left
            + (self.right - self.left) * (pace.to_view(at).as_micros() as f64 / self.end).clamp(0.0, 1.0)
    }

    /// The height of a number of octets; more than the chart holds lies on its top.
    pub(super) fn y(&self, octets: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (octets / self.most).clamp(0.0, 1.0)
    }

    /// The marks of the octets' axis.
    pub(super) fn marks(&self) -> Vec<f64> {
        let step = self.most / 4.0;
        (0..=4).map(|index| f64::from(index) * step).collect()
    }
}

/// The least number of a few short ones times a power of ten that is not less: its quarters are short, too.
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
    fn axes_end_at_short_numbers() {
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
