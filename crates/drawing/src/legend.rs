//! A row of marks with their names.

use crate::canvas::Canvas;
use crate::element::Element;
use crate::text_width::{Face, text_width};

/// A mark and its name.
pub struct Key {
    /// The mark's class; `thin` draws a line instead of a box.
    pub class: String,
    /// The name.
    pub name: String,
}

const MARK: f64 = 14.0;
const GAP: f64 = 18.0;

fn width(key: &Key, size: f64) -> f64 {
    MARK + 6.0 + text_width(&key.name, size, Face::Sans)
}

/// The width of all of them in one row.
pub fn row_width(keys: &[Key], canvas: &Canvas) -> f64 {
    keys.iter().map(|key| width(key, canvas.small()) + GAP).sum::<f64>() - GAP
}

/// The marks in as many rows as they need from `left` to `right`; the first row's baseline is at `y`. Gives the elements
/// and how many rows there are.
pub fn draw(keys: &[Key], left: f64, right: f64, y: f64, canvas: &Canvas) -> (Element, usize) {
    let size = canvas.small();
    let (mut x, mut rows) = (left, 1);
    let mut legend = Element::group("legend");
    for key in keys {
        if x > left && x + width(key, size) > right + 0.5 {
            (x, rows) = (left, rows + 1);
        }
        let baseline = y + (rows - 1) as f64 * (size + 8.0);
        let middle = baseline - size * 0.36;
        let mark = if key.class.contains("thin") {
            Element::rect(x, middle - 1.0, MARK, 2.0)
        } else {
            Element::rect(x, middle - 6.0, MARK, 12.0).number("rx", 3.0)
        };
        legend = legend
            .add(mark.class(key.class.clone()))
            .add(Element::text(x + MARK + 6.0, baseline, size, key.name.clone()).class("quiet"));
        x += width(key, size) + GAP;
    }
    (legend, rows)
}
