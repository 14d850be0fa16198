//! Where the shapes and texts of a drawing stand, by the table of text widths.

use playground_drawing::text_width::{Face, text_width};
use playground_drawing::{Drawing, Element};

/// A shape or a text, with its place in the drawing.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The text, or the tag of a shape.
    pub what: String,
    pub is_text: bool,
    /// Whether it is wire text, in the monospace face.
    pub is_wire: bool,
    /// Size of type; 0 for a shape.
    pub size: f64,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Placed {
    /// Whether it overlaps another by more than half a pixel each way.
    pub fn overlaps(&self, other: &Self) -> bool {
        let wide = self.right.min(other.right) - self.left.max(other.left);
        let high = self.bottom.min(other.bottom) - self.top.max(other.top);
        wide > 0.5 && high > 0.5
    }
}

/// Every text, rectangle, circle and line of a drawing. Groups may be moved by `translate(x y)` and then scaled; a text
/// may read upwards, `rotate(-90)` about its origin.
pub fn placed(drawing: &Drawing) -> Vec<Placed> {
    let mut found = Vec::new();
    for element in &drawing.elements {
        place(element, (0.0, 0.0, 1.0), false, &mut found);
    }
    found
}

fn place(
    element: &Element,
    (mut dx, mut dy, mut scale): (f64, f64, f64),
    mono: bool,
    found: &mut Vec<Placed>,
) {
    let has_class = |name| element.get("class").is_some_and(|class| class.split(' ').any(|one| one == name));
    let mono = mono || has_class("mono");
    let transform = element.get("transform").unwrap_or_default();
    let numbers = |name: &str| -> Option<Vec<f64>> {
        let inside = transform.split_once(name)?.1.split(')').next()?;
        Some(inside.split([' ', ',']).map(|number| number.parse().expect("a number")).collect())
    };
    if let Some(by) = numbers("translate(") {
        dx += scale * by[0];
        dy += scale * by[1];
    }
    if let Some(by) = numbers("scale(") {
        scale *= by[0];
    }
    let number = |name| element.get(name).and_then(|value| value.parse::<f64>().ok()).unwrap_or(0.0);
    let mut add = |what: &str, size: f64, left: f64, top: f64, right: f64, bottom: f64| {
        let is_text = element.tag == "text";
        found.push(Placed {
            what: what.to_owned(),
            is_text,
            is_wire: mono,
            size: size * scale,
            left: left * scale + dx,
            top: top * scale + dy,
            right: right * scale + dx,
            bottom: bottom * scale + dy,
        });
    };
    let (x, y) = (number("x"), number("y"));
    match element.tag {
        "text" => {
            let content = element.content.as_deref().unwrap_or_default();
            let size = number("font-size");
            let width = text_width(content, size, if mono { Face::Mono } else { Face::Sans });
            let is_upright = element.get("transform").is_some_and(|text| text.contains("rotate(-90)"));
            let left = match element.get("text-anchor") {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            let (top, right, bottom) = (y - size * 0.78, left + width, y + size * 0.2);
            if is_upright {
                add(content, size, top, -right, bottom, -left);
            } else {
                add(content, size, left, top, right, bottom);
            }
        }
        "rect" => add("rect", 0.0, x, y, x + number("width"), y + number("height")),
        "circle" => {
            let (x, y, r) = (number("cx"), number("cy"), number("r"));
            add("circle", 0.0, x - r, y - r, x + r, y + r);
        }
        "line" => {
            let (from, to) = ((number("x1"), number("y1")), (number("x2"), number("y2")));
            add("line", 0.0, from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1));
        }
        _ => {}
    }
    for child in &element.children {
        place(child, (dx, dy, scale), mono, found);
    }
}
