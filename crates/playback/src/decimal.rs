//! Numbers as attribute text: short, and without the machinery that prints floats exactly.

use std::fmt;

/// A number that is written with so many decimals at most, and without trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal {
    value: f64,
    places: u32,
}

/// A number with at most `places` decimals.
pub const fn decimal(value: f64, places: u32) -> Decimal {
    Decimal { value, places }
}

/// The nearest number to `value` from `low` to `high`, or `low` when there is none: `f64::clamp` would bring the
/// machinery that prints floats, for its panic.
pub const fn clamp(value: f64, low: f64, high: f64) -> f64 {
    value.min(high).max(low)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = 10_i64.pow(self.places);
        // Drawings are far smaller than what is cut off here.
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let whole = (self.value * power as f64).round() as i64;
        if whole < 0 {
            f.write_str("-")?;
        }
        let whole = whole.unsigned_abs();
        let (mut rest, mut places) = (whole % power.unsigned_abs(), self.places as usize);
        write!(f, "{}", whole / power.unsigned_abs())?;
        if rest == 0 {
            return Ok(());
        }
        while rest % 10 == 0 {
            rest /= 10;
            places -= 1;
        }
        write!(f, ".{rest:0places$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, places, expected) in [
            (1.0, 1, "1"),
            (-0.01, 1, "0"),
            (12.34, 1, "12.3"),
            (-12.36, 1, "-12.4"),
            (0.998, 2, "1"),
            (33.0416, 3, "33.042"),
            (0.05, 2, "0.05"),
            (0.5, 3, "0.5"),
        ] {
            assert_eq!(decimal(value, places).to_string(), expected);
        }
    }
}
