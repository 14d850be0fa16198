//! Coordinates as attribute text.

/// A coordinate with at most one decimal, so that a small movement changes few attributes.
pub fn px(value: f64) -> String {
    // Adding zero turns -0 into 0.
    ((value * 10.0).round() / 10.0 + 0.0).to_string()
}

/// `translate(x y)`.
pub fn translate(x: f64, y: f64) -> String {
    format!("translate({} {})", px(x), px(y))
}

#[cfg(test)]
mod tests {
    use super::px;

    #[test]
    fn coordinates_have_at_most_one_decimal() {
        for (value, expected) in
            [(1.0, "1"), (-0.01, "0"), (12.34, "12.3"), (-12.36, "-12.4"), (-2.25, "-2.3")]
        {
            assert_eq!(px(value), expected);
        }
    }
}
