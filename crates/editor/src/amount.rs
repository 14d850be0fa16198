//! Numbers with units: as a person writes them, and as a scenario has them. Exact: no fractions are lost on the way.

/// The unit in which a scenario has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of something; the field's word says of what.
    Count,
    /// Microseconds.
    Time,
    /// Microseconds one way, shown both ways.
    RoundTrip,
    /// Seconds.
    Seconds,
    /// Octets.
    Octets,
    /// Bits per second.
    BitsPerSecond,
    /// Thousandths.
    PerMille,
    /// Segments.
    Segments,
}

/// A way to write a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its sign, such as `ms`; empty for a plain number.
    pub sign: &'static str,
    /// How many of the scenario's units it is.
    factor: u64,
}

const fn scale(sign: &'static str, factor: u64) -> Scale {
    Scale { sign, factor }
}

/// Why a typed number is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no number.
    NoNumber,
    /// It is finer than the model counts.
    TooFine,
}

/// Characters of a number that is read at most.
const LONGEST: usize = 40;

impl Unit {
    /// Its scales, the finest first.
    pub const fn scales(self) -> &'static [Scale] {
        const PLAIN: &[Scale] = &[scale("", 1)];
        const TIME: &[Scale] = &[scale("µs", 1), scale("ms", 1_000), scale("s", 1_000_000)];
        const BOTH_WAYS: &[Scale] = &[scale("ms", 500), scale("s", 500_000)];
        const SECONDS: &[Scale] = &[scale("s", 1)];
        const OCTETS: &[Scale] = &[scale("B", 1), scale("kB", 1_000), scale("MB", 1_000_000)];
        const BITS: &[Scale] = &[
            scale("bit/s", 1),
            scale("kbit/s", 1_000),
            scale("Mbit/s", 1_000_000),
            scale("Gbit/s", 1_000_000_000),
        ];
        const PERCENT: &[Scale] = &[scale("%", 10)];
        match self {
            Self::Count | Self::Segments => PLAIN,
            Self::Time => TIME,
            Self::RoundTrip => BOTH_WAYS,
            Self::Seconds => SECONDS,
            Self::Octets => OCTETS,
            Self::BitsPerSecond => BITS,
            Self::PerMille => PERCENT,
        }
    }

    /// The scale in which a number is shown: the coarsest that it is at least one of, never microseconds; octets only in
    /// whole ones.
    pub fn scale_of(self, number: u64) -> Scale {
        let scales = self.scales();
        let scales = if self == Self::Time { &scales[1..] } else { scales };
        let fits = |scale: &&Scale| {
            number >= scale.factor && (self != Self::Octets || number.is_multiple_of(scale.factor))
        };
        // None of something is none of what people count it in.
        let of_none = if self == Self::BitsPerSecond && number == 0 { &scales[2] } else { &scales[0] };
        *scales.iter().rev().find(fits).unwrap_or(of_none)
    }
}

impl Scale {
    /// A number of the scenario's units in this scale: `1.5`.
    pub fn write(self, number: u64) -> String {
        let mut text = (number / self.factor).to_string();
        let mut rest = u128::from(number % self.factor);
        if rest > 0 {
            text.push('.');
        }
        while rest > 0 {
            rest *= 10;
            text.push(char::from(b'0' + (rest / u128::from(self.factor)) as u8));
            rest %= u128::from(self.factor);
        }
        text
    }
}

/// Reads a number that is typed in `scale`, or with a sign of its own: `1.5`, `2 s`, `1,460`.
///
/// # Errors
///
/// It is no number, or finer than the model counts.
pub fn read_amount(typed: &str, unit: Unit, scale: Scale) -> Result<u64, Unreadable> {
    let typed = typed.trim();
    if typed.len() > LONGEST {
        return Err(Unreadable::NoNumber);
    }
    let end =
        typed.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ' ')).unwrap_or(typed.len());
    let (number, sign) = typed.split_at(end);
    let is_meant = |known: &&Scale| {
        known.sign.eq_ignore_ascii_case(sign.trim()) || (known.sign == "µs" && sign.trim() == "us")
    };
    let scale = match sign.trim() {
        "" => scale,
        _ => *unit.scales().iter().find(is_meant).ok_or(Unreadable::NoNumber)?,
    };
    let number: String = number.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return Err(Unreadable::NoNumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let fine = u32::try_from(fraction.len()).ok().and_then(|digits| 10_u128.checked_pow(digits));
    let digits: Option<u128> = format!("0{whole}{fraction}").parse().ok();
    let (Some(fine), Some(digits)) = (fine, digits) else { return Err(Unreadable::NoNumber) };
    let all = digits.checked_mul(u128::from(scale.factor)).ok_or(Unreadable::NoNumber)?;
    if all % fine != 0 {
        return Err(Unreadable::TooFine);
    }
    // What is too large for the model is refused by the field's bounds.
    Ok(u64::try_from(all / fine).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_in_a_scale_that_people_use() {
        for (unit, number, shown) in [
            (Unit::Time, 0, "0 ms"),
            (Unit::Time, 500, "0.5 ms"),
            (Unit::Time, 999_999, "999.999 ms"),
            (Unit::Time, 15_000_000, "15 s"),
            (Unit::Time, 1_500_000, "1.5 s"),
            (Unit::RoundTrip, 50_000, "100 ms"),
            (Unit::RoundTrip, 1, "0.002 ms"),
            (Unit::RoundTrip, 750_000, "1.5 s"),
            (Unit::Octets, 65_535, "65535 B"),
            (Unit::Octets, 40_000, "40 kB"),
            (Unit::Octets, 0, "0 B"),
            (Unit::BitsPerSecond, 0, "0 Mbit/s"),
            (Unit::BitsPerSecond, 1_544_000, "1.544 Mbit/s"),
            (Unit::BitsPerSecond, 56_000, "56 kbit/s"),
            (Unit::PerMille, 15, "1.5 %"),
            (Unit::Seconds, 86_400, "86400 s"),
            (Unit::Count, u64::MAX, "18446744073709551615 "),
        ] {
            let scale = unit.scale_of(number);
            let text = scale.write(number);
            assert_eq!(format!("{text} {}", scale.sign), shown);
            assert_eq!(read_amount(&text, unit, scale), Ok(number), "{shown}");
            assert_eq!(read_amount(shown, unit, unit.scales()[0]), Ok(number), "{shown}");
        }
    }

    #[test]
    fn what_is_typed_is_read_or_refused() {
        let ms = Unit::Time.scale_of(0);
        for (typed, read) in [
            ("250", Ok(250_000)),
            (" 1,500 ", Ok(1_500_000)),
            (".5", Ok(500)),
            ("2s", Ok(2_000_000)),
            ("7 us", Ok(7)),
            ("1.0000", Ok(1_000)),
            ("0.0001", Err(Unreadable::TooFine)),
            ("", Err(Unreadable::NoNumber)),
            (".", Err(Unreadable::NoNumber)),
            ("1.2.3", Err(Unreadable::NoNumber)),
            ("-1", Err(Unreadable::NoNumber)),
            ("1e3", Err(Unreadable::NoNumber)),
            ("3 days", Err(Unreadable::NoNumber)),
            ("99999999999999999999999", Ok(u64::MAX)),
            ("9999999999999999999999999999999999999999", Err(Unreadable::NoNumber)),
            ("99999999999999999999999999999999999999999", Err(Unreadable::NoNumber)),
        ] {
            assert_eq!(read_amount(typed, Unit::Time, ms), read, "{typed}");
        }
    }
}
