//! Numbers taken from a run, and how they are written in each language.

use playground_core::time::{Duration, Instant};

use crate::language::Language;

/// A measurement of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A point in simulated time.
    Time(Instant),
    /// A span of simulated time.
    Span(Duration),
    /// A number of octets.
    Octets(u64),
    /// A plain number.
    Count(u64),
    /// A share, in thousandths.
    PerMille(u32),
    /// Yes or no.
    Flag(bool),
    /// The same in every language: an error's name, a start line.
    Verbatim(String),
}

impl Value {
    /// The share of `part` in `whole`; 0 when `whole` is zero.
    pub fn share(part: Duration, whole: Duration) -> Self {
        let per_mille = u128::from(part.as_micros()) * 1_000;
        let share = per_mille.checked_div(u128::from(whole.as_micros())).unwrap_or(0);
        Self::PerMille(u32::try_from(share).unwrap_or(u32::MAX))
    }

    /// The shares of `parts` in their sum, in whole per cent that add up to 100: what rounding leaves goes to those
    /// that lost most by it.
    pub fn shares<const N: usize>(parts: [Duration; N]) -> [Self; N] {
        let sum: u128 = parts.iter().map(|part| u128::from(part.as_micros())).sum();
        let exact = |part: Duration| u128::from(part.as_micros()) * 100;
        let mut shares = parts.map(|part| exact(part).checked_div(sum).unwrap_or(0));
        let mut left = if sum == 0 { 0 } else { 100 - shares.iter().sum::<u128>() };
        let mut places: Vec<usize> = (0..N).collect();
        places.sort_by_key(|place| core::cmp::Reverse(exact(parts[*place]).checked_rem(sum)));
        for place in places {
            let more = left.min(1);
            shares[place] += more;
            left -= more;
        }
        shares.map(|share| Self::PerMille(u32::try_from(share * 10).unwrap_or(u32::MAX)))
    }

    /// The value as written in a sentence: `4.5 s`, `4.5초`, `14,600 bytes`, `51%`.
    pub fn show(&self, language: Language) -> String {
        match self {
            Self::Time(at) => show_micros(at.as_micros(), language),
            Self::Span(span) => show_micros(span.as_micros(), language),
            Self::Octets(octets) => format!("{}{}", grouped(*octets), language.pick("바이트", " bytes")),
            Self::Count(count) => grouped(*count),
            Self::PerMille(share) if *share < 100 && share % 10 != 0 => {
                format!("{}.{}%", share / 10, share % 10)
            }
            Self::PerMille(share) => format!("{}%", (share + 5) / 10),
            Self::Flag(yes) => {
                if *yes { language.pick("예", "yes") } else { language.pick("아니요", "no") }.to_owned()
            }
            Self::Verbatim(text) => text.clone(),
        }
    }
}

/// Three significant digits. Below one second rounded down, so that parts still add up to their sum: each is a little
/// longer than the whole milliseconds of its round trips.
fn show_micros(micros: u64, language: Language) -> String {
    let (number, unit) = match micros {
        0 => ("0".to_owned(), language.pick("ms", " ms")),
        1..1_000 => (micros.to_string(), language.pick("µs", " µs")),
        1_000..1_000_000 => {
            let decimals = decimals_of(micros / 1_000);
            let step = 10_u64.pow(3 - decimals);
            (trimmed((micros / step * step) as f64 / 1e3, decimals), language.pick("ms", " ms"))
        }
        _ => (trimmed(micros as f64 / 1e6, decimals_of(micros / 1_000_000)), language.pick("초", " s")),
    };
    format!("{number}{unit}")
}

/// Decimals that make three digits of a number with this whole part.
const fn decimals_of(whole: u64) -> u32 {
    match whole {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    }
}

/// Without zeros at the end of its decimals.
fn trimmed(number: f64, decimals: u32) -> String {
    let digits = format!("{number:.*}", decimals as usize);
    if decimals == 0 { digits } else { digits.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// A number with a comma before every third digit from the right.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The numbers of a run that its text names, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Vec<(&'static str, Value)>);

impl Facts {
    /// Adds a number; a second one with the same key is ignored.
    pub fn set(&mut self, key: &'static str, value: Value) {
        if self.get(key).is_none() {
            self.0.push((key, value));
        }
    }

    /// Adds a number where the run has it.
    pub fn set_some(&mut self, key: &'static str, value: Option<Value>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// The number with this key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// All numbers, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_people_write_them() {
        for (value, korean, english) in [
            (Value::Span(Duration::from_micros(0)), "0ms", "0 ms"),
            (Value::Span(Duration::from_micros(350)), "350µs", "350 µs"),
            (Value::Span(Duration::from_micros(50_110)), "50.1ms", "50.1 ms"),
            (Value::Span(Duration::from_micros(51_040)), "51ms", "51 ms"),
            (Value::Span(Duration::from_micros(1_515_700)), "1.52초", "1.52 s"),
            (Value::Span(Duration::from_micros(9_999_000)), "10초", "10 s"),
            (Value::Span(Duration::from_micros(14_499_800)), "14.5초", "14.5 s"),
            (Value::Span(Duration::from_micros(100_032)), "100ms", "100 ms"),
            (Value::Span(Duration::from_micros(999_600)), "999ms", "999 ms"),
            (Value::Time(Instant::from_millis(4_512)), "4.51초", "4.51 s"),
            (Value::Time(Instant::from_millis(4_500)), "4.5초", "4.5 s"),
            (Value::Span(Duration::from_secs(10)), "10초", "10 s"),
            (Value::Time(Instant::from_millis(14_549)), "14.5초", "14.5 s"),
            (Value::Time(Instant::from_millis(120_020)), "120초", "120 s"),
            (Value::Octets(14_600), "14,600바이트", "14,600 bytes"),
            (Value::Count(1_234_567), "1,234,567", "1,234,567"),
            (Value::PerMille(514), "51%", "51%"),
            (Value::PerMille(97), "9.7%", "9.7%"),
            (Value::PerMille(90), "9%", "9%"),
            (Value::Flag(true), "예", "yes"),
            (Value::Verbatim("ECONNRESET".into()), "ECONNRESET", "ECONNRESET"),
        ] {
            assert_eq!(value.show(Language::Korean), korean);
            assert_eq!(value.show(Language::English), english);
        }
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        let shares = |parts: [u64; 5]| Value::shares(parts.map(Duration::from_micros));
        let per_cent = |shares: [u32; 5]| shares.map(|share| Value::PerMille(share * 10));
        assert_eq!(shares([100, 100, 50, 51, 51]), per_cent([28, 28, 14, 15, 15]));
        assert_eq!(shares([1, 0, 0, 0, 0]), per_cent([100, 0, 0, 0, 0]));
        assert_eq!(shares([0; 5]), per_cent([0; 5]));
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(Value::share(Duration::from_secs(1), Duration::ZERO), Value::PerMille(0));
        assert_eq!(Value::share(Duration::from_secs(1), Duration::from_secs(2)), Value::PerMille(500));
    }
}
