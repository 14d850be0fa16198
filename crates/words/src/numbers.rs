//! Short notations of numbers.

/// A number in a circle: `①`; beyond twenty the bare number.
pub fn circled(number: u32) -> String {
    match number {
        1..=20 => char::from_u32(0x2460 + number - 1).map(String::from).unwrap_or_default(),
        _ => format!("#{number}"),
    }
}

/// A human-readable number of octets: `512 B`, `14.6 kB`.
pub fn octets(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => decimal(count, 1_000, "kB"),
        _ => decimal(count, 1_000_000, "MB"),
    }
}

fn decimal(count: u64, unit: u64, name: &str) -> String {
    let tenths = (count * 10 + unit / 2) / unit;
    if tenths.is_multiple_of(10) || tenths >= 1_000 {
        format!("{} {name}", tenths / 10)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_expected() {
        assert_eq!(circled(1), "①");
        assert_eq!(circled(20), "⑳");
        assert_eq!(circled(21), "#21");
        assert_eq!(octets(999), "999 B");
        assert_eq!(octets(14_600), "14.6 kB");
        assert_eq!(octets(5_679), "5.7 kB");
        assert_eq!(octets(100_000), "100 kB");
    }
}
