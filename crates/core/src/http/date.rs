//! Dates in header fields, and the clock of a run's hosts.

use crate::time::Instant;

/// The time at which a run begins, in seconds since 1970: Friday, 27 September 2002, 09:00:00 GMT, the day of
/// the book's publication.
const RUN_BEGINS: u64 = 1_033_117_200;
const DAY: u64 = 86_400;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// The date `seconds` after 1970 began: `Fri, 27 Sep 2002 09:00:00 GMT`.
///
/// Shape: IMF-fixdate; years after 9999 are written as 9999.
///
/// Source: RFC 9110 section 5.6.7.
pub fn http_date(seconds: u64) -> String {
    let (days, rest) = (seconds / DAY, seconds % DAY);
    let (mut year, mut day) = (1970, days);
    while day >= days_of(year) && year < 9_999 {
        day -= days_of(year);
        year += 1;
    }
    let mut month = 0;
    while month < 11 && day >= days_of_month(year, month) {
        day -= days_of_month(year, month);
        month += 1;
    }
    format!(
        "{}, {:02} {} {year:04} {:02}:{:02}:{:02} GMT",
        DAYS[(days % 7) as usize],
        day + 1,
        MONTHS[month],
        rest / 3_600,
        rest / 60 % 60,
        rest % 60
    )
}

/// Parses a date to seconds since 1970; `None` for an invalid one.
///
/// Simplified: of the three formats only IMF-fixdate is parsed, the one in use today.
///
/// Source: RFC 9110 section 5.6.7.
pub fn parse_http_date(text: &str) -> Option<u64> {
    let (_, rest) = text.trim().strip_suffix(" GMT")?.split_once(", ")?;
    let parts: Vec<&str> = rest.split([' ', ':']).collect();
    let [day, month, year, hour, minute, second] = parts[..] else { return None };
    let number =
        |text: &str, least: u64, most: u64| text.parse().ok().filter(|value| (least..=most).contains(value));
    let month = MONTHS.iter().position(|name| *name == month)?;
    let (day, year) = (number(day, 1, 31)?, number(year, 1970, 9_999)?);
    let (hour, minute, second) = (number(hour, 0, 23)?, number(minute, 0, 59)?, number(second, 0, 60)?);
    let days: u64 = (1970..year).map(days_of).sum::<u64>()
        + (0..month).map(|month| days_of_month(year, month)).sum::<u64>()
        + day
        - 1;
    Some(days * DAY + hour * 3_600 + minute * 60 + second)
}

/// The clock at an instant of the run, in seconds since 1970.
pub const fn clock_second(at: Instant) -> u64 {
    RUN_BEGINS + at.as_micros() / 1_000_000
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_of(year: u64) -> u64 {
    365 + is_leap(year) as u64
}

const fn days_of_month(year: u64, month: usize) -> u64 {
    match month {
        1 => 28 + is_leap(year) as u64,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The RFC's own example, the run's first second, and a leap day, as `date -u` gives them.
    #[test]
    fn dates_round_trip() {
        for (second, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (RUN_BEGINS, "Fri, 27 Sep 2002 09:00:00 GMT"),
            (1_804_982_399, "Sat, 13 Mar 2027 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(second), text);
            assert_eq!(parse_http_date(text), Some(second), "{text}");
        }
        assert_eq!(clock_second(Instant::from_millis(1_999)), RUN_BEGINS + 1);
        assert!(http_date(u64::MAX).ends_with("GMT"));
    }

    #[test]
    fn malformed_dates_are_refused() {
        for text in [
            "",
            "0",
            "-1",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }
}
