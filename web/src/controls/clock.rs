//! Formatting of simulated time.

use playground_core::time::{Duration, Instant};

/// A time to the millisecond: `9.400 s`.
pub fn seconds(at: Instant) -> String {
    let millis = at.as_micros() / 1_000;
    format!("{}.{:03} s", millis / 1_000, millis % 1_000)
}

/// A span to two or three figures: `143 ms`, `2.5 s`, `40 s`.
pub fn rough(span: Duration) -> String {
    let micros = span.as_micros();
    match micros {
        0..=999 => format!("{micros} µs"),
        1_000..=9_999 => format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100),
        10_000..=999_999 => format!("{} ms", micros / 1_000),
        1_000_000..=9_999_999 => format!("{}.{} s", micros / 1_000_000, micros % 1_000_000 / 100_000),
        _ => format!("{} s", micros / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_decimals() {
        assert_eq!(seconds(Instant::ZERO), "0.000 s");
        assert_eq!(seconds(Instant::from_micros(9_400_999)), "9.400 s");
    }

    #[test]
    fn spans_are_rough() {
        for (micros, shown) in [
            (80, "80 µs"),
            (1_550, "1.5 ms"),
            (143_200, "143 ms"),
            (2_580_000, "2.5 s"),
            (40_000_000, "40 s"),
        ] {
            assert_eq!(rough(Duration::from_micros(micros)), shown);
        }
    }
}
