//! A connection's number in a circle.

use crate::element::Element;
use crate::parts::baseline;

/// Smaller digits cannot be read from the back row.
const SMALLEST: f64 = 13.0;

/// The width of a number's badge: a circle of radius `r`, longer for more digits.
pub fn badge_width(number: u32, r: f64) -> f64 {
    let digits = number.max(1).ilog10() + 1;
    2.0 * r + f64::from(digits - 1) * size(r) * 0.56
}

fn size(r: f64) -> f64 {
    (r * 1.35).max(SMALLEST)
}

/// A connection's number, by its left end and vertical centre.
pub fn badge(number: u32, x: f64, y: f64, r: f64) -> Element {
    let (size, w) = (size(r), badge_width(number, r));
    Element::group("number-badge")
        .add(Element::rect(x, y - r, w, 2.0 * r).number("rx", r))
        .add(Element::text(x + w / 2.0, baseline(y, size), size, number.to_string()).anchor("middle"))
}
