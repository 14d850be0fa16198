//! Coordinates as attribute text.

use yew::AttrValue;

/// A coordinate with at most one decimal, so that frames differ in few attributes.
pub(in crate::view) fn px(value: f64) -> AttrValue {
    AttrValue::from(short(value))
}

/// `translate(x y)`.
pub(in crate::view) fn translate(x: f64, y: f64) -> AttrValue {
    AttrValue::from(format!("translate({} {})", short(x), short(y)))
}

/// A number with at most one decimal and no trailing zero.
pub(in crate::view) fn short(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // Not "-0".
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(short(1.0), "1");
        assert_eq!(short(-0.01), "0");
        assert_eq!(short(12.34), "12.3");
    }
}
