//! Values as they are written in a filter.

use core::net::Ipv4Addr;
use core::ops::RangeInclusive;

use super::FilterProblem;
use super::field::FieldType;

/// A value that is written in a filter. A network, and `80..90` in a set, are ranges of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Number(RangeInclusive<u64>),
    Text(String),
}

/// What is expected for values of a type.
pub(crate) fn expected(values_are: FieldType) -> FilterProblem {
    match values_are {
        FieldType::Presence | FieldType::Text => FilterProblem::ExpectsText,
        FieldType::Flag | FieldType::Number(_) => FilterProblem::ExpectsNumber,
        FieldType::Seconds => FilterProblem::ExpectsSeconds,
        FieldType::Address => FilterProblem::ExpectsAddress,
    }
}

/// A word as a value of a type.
pub(crate) fn read(word: &str, values_are: FieldType) -> Result<Literal, FilterProblem> {
    let single = |number: u64| Literal::Number(number..=number);
    let wrong = || expected(values_are);
    match values_are {
        FieldType::Presence | FieldType::Text => Ok(Literal::Text(word.to_owned())),
        FieldType::Flag => match word.to_ascii_lowercase().as_str() {
            "true" => Ok(single(1)),
            "false" => Ok(single(0)),
            word => number(word).map(|number| single(number.min(1))).ok_or_else(wrong),
        },
        FieldType::Number(most) => {
            let (from, to) = word.split_once("..").unwrap_or((word, word));
            let (from, to) = number(from).zip(number(to)).ok_or_else(wrong)?;
            match from.max(to) <= most {
                true => Ok(Literal::Number(from..=to)),
                false => Err(FilterProblem::ExpectsAtMost(most)),
            }
        }
        FieldType::Seconds => nanoseconds(word).map(single).ok_or_else(wrong),
        FieldType::Address => network(word).map(Literal::Number).ok_or_else(wrong),
    }
}

/// `80`, `0x50`, or `0120` with eight digits, as in C.
fn number(word: &str) -> Option<u64> {
    let (digits, radix) = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None if word.len() > 1 && word.starts_with('0') => (&word[1..], 8),
        None => (word, 10),
    };
    // A sign is not part of a number.
    if digits.starts_with('+') { None } else { u64::from_str_radix(digits, radix).ok() }
}

/// `0.25`.
fn nanoseconds(word: &str) -> Option<u64> {
    let (seconds, decimals) = word.split_once('.').unwrap_or((word, "0"));
    if decimals.is_empty()
        || decimals.len() > 9
        || !word.bytes().all(|octet| octet.is_ascii_digit() || octet == b'.')
    {
        return None;
    }
    let fraction: u64 = format!("{decimals:0<9}").parse().ok()?;
    seconds.parse::<u64>().ok()?.checked_mul(1_000_000_000)?.checked_add(fraction)
}

/// `10.0.0.1`, or all addresses of `10.0.0.0/8`.
fn network(word: &str) -> Option<RangeInclusive<u64>> {
    let (address, bits) = word.split_once('/').unwrap_or((word, "32"));
    let address = u32::from(address.parse::<Ipv4Addr>().ok()?);
    let bits = bits.parse::<u32>().ok().filter(|bits| *bits <= 32)?;
    let hosts = u32::MAX.checked_shr(bits).unwrap_or(0);
    Some(u64::from(address & !hosts)..=u64::from(address | hosts))
}

/// The text of a quotation at the beginning, and how many octets it takes. A backslash takes the next letter as it is.
pub(crate) fn quoted(text: &str) -> Option<(String, usize)> {
    let mut read = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => return Some((read, place + 1)),
            '\\' => read.push(letters.next()?.1),
            _ => read.push(letter),
        }
    }
    None
}
