//! Formatting of simulated time.

use playground_core::time::{Duration, Instant};
use playground_lessons::{Language, Value};

/// A moment on the clock: `9.400 s`.
pub fn moment(at: Instant) -> String {
    format!("{} s", axis(at))
}

/// A moment without its unit: `9.400`, `120.0`.
pub fn axis(at: Instant) -> String {
    let micros = at.as_micros();
    if micros >= 100_000_000 {
        format!("{}.{}", micros / 1_000_000, micros % 1_000_000 / 100_000)
    } else {
        format!("{}.{:03}", micros / 1_000_000, micros % 1_000_000 / 1_000)
    }
}

/// A running timer, with a fixed number of decimals so that nothing jitters: `6.2 s`.
pub fn running(span: Duration) -> String {
    let tenths = span.as_micros() / 100_000;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

/// A span to three significant digits, as the lessons write it: `40 ms`, `1.25 s`.
pub fn span(span: Duration) -> String {
    Value::Span(span).show(Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_expected() {
        assert_eq!(moment(Instant::from_millis(9_400)), "9.400 s");
        assert_eq!(moment(Instant::from_millis(120_340)), "120.3 s");
        assert_eq!(running(Duration::from_millis(6_290)), "6.2 s");
        assert_eq!(span(Duration::from_millis(40)), "40 ms");
        assert_eq!(span(Duration::from_micros(1_250_000)), "1.25 s");
        assert_eq!(span(Duration::from_micros(320)), "320 µs");
        assert_eq!(span(Duration::from_micros(50_110)), "50.1 ms");
        assert_eq!(span(Duration::from_micros(51_040)), "51 ms");
        assert_eq!(span(Duration::from_millis(120_000)), "120 s");
    }
}
