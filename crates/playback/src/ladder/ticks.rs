//! Times written at the axis.

use playground_core::time::Instant;

use super::Tick;
use crate::pace::{Pace, ViewTime};

/// Room between two times, view microseconds.
const SPACING_US: u64 = 900_000;
/// No run gets more.
const MOST_TICKS: usize = 2_000;

/// Round times in the linear stretches, and the time at which each compressed stretch ends.
pub(super) fn ticks(pace: &Pace) -> Vec<Tick> {
    let step = round_step(pace);
    let mut ticks: Vec<Tick> = vec![Tick { y: ViewTime::ZERO, at: Instant::ZERO }];
    let mut push = |at: Instant, room: u64| {
        let y = pace.to_view(at);
        let is_clear = ticks.last().is_none_or(|last| y.since(last.y) >= room);
        if is_clear && ticks.len() < MOST_TICKS {
            ticks.push(Tick { y, at });
        }
    };
    for pair in pace.knots().windows(2) {
        if pair[0].compressed {
            push(pair[1].at, SPACING_US / 3);
            continue;
        }
        let (start, end) = (pair[0].at.as_micros(), pair[1].at.as_micros());
        let mut at = start.div_ceil(step).max(1) * step;
        while at <= end {
            push(Instant::from_micros(at), SPACING_US);
            at += step;
        }
    }
    ticks
}

/// The smallest of 1, 2, 5 times a power of ten microseconds that keeps the spacing at the usual scale.
fn round_step(pace: &Pace) -> u64 {
    let wanted =
        u128::from(SPACING_US) * u128::from(pace.hop().as_micros().max(1)) / u128::from(Pace::HOP_VIEW_US);
    let mut power: u64 = 1;
    loop {
        for factor in [1, 2, 5] {
            if u128::from(factor * power) >= wanted {
                return factor * power;
            }
        }
        match power.checked_mul(10).filter(|power| power.checked_mul(10).is_some()) {
            Some(next) => power = next,
            None => return power,
        }
    }
}
