//! Coordinates as attribute text.

use std::fmt::Write;

use playground_playback::decimal;

/// A coordinate with at most one decimal, so that frames differ in few attributes.
pub(in crate::view) fn px(value: f64) -> String {
    decimal(value, 1).to_string()
}

/// `translate(x y)`.
pub(in crate::view) fn translate(x: f64, y: f64) -> String {
    written("translate(# #)", &[x, y])
}

/// A path, or another text with coordinates: each `#` is the next of them.
pub(in crate::view) fn written(pattern: &str, coordinates: &[f64]) -> String {
    let mut text = String::new();
    let mut coordinates = coordinates.iter();
    for character in pattern.chars() {
        match coordinates.as_slice().first() {
            Some(value) if character == '#' => {
                coordinates.next();
                // Writing to a String cannot fail.
                let _ = write!(text, "{}", px(*value));
            }
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn coordinates_stand_where_the_pattern_has_signs() {
        assert_eq!(written("M# # H#Z", &[1.0, -2.25, 3.04]), "M1 -2.3 H3Z");
    }
}
