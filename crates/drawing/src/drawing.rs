//! A whole drawing, and the file that it is as a still.

use crate::canvas::Canvas;
use crate::element::Element;
use crate::number::px;

/// The colours, the same as the page's.
pub const TOKENS: &str = include_str!("../style/tokens.css");
/// The classes of the elements.
pub const STYLE: &str = concat!(
    include_str!("../style/drawing.css"),
    include_str!("../style/stage.css"),
    include_str!("../style/ladder.css")
);

/// A drawing of a size.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width, CSS pixels.
    pub width: f64,
    /// Height, CSS pixels. It may be more than the canvas has: the rest is reached by scrolling.
    pub height: f64,
    /// What it shows, in a sentence, for those who do not see it.
    pub label: String,
    /// Its elements, from back to front.
    pub elements: Vec<Element>,
}

/// The colours of a still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Drawing {
    /// An empty drawing as large as the canvas.
    pub const fn new(canvas: &Canvas, label: String) -> Self {
        Self { width: canvas.width, height: canvas.height, label, elements: Vec::new() }
    }

    /// Adds an element in front of those it has.
    pub fn add(&mut self, element: Element) {
        self.elements.push(element);
    }

    /// Every element, from the outside in.
    pub fn all(&self) -> Vec<&Element> {
        self.elements.iter().flat_map(Element::all).collect()
    }

    /// A file of its own, with its colours.
    pub fn to_svg(&self, theme: Theme) -> String {
        self.to_svg_with(theme, |_| format!("{TOKENS}{STYLE}"))
    }

    /// A file of its own; `sheet` gives the style sheet for its elements. The page has one, and does not carry it twice.
    pub fn to_svg_with(&self, theme: Theme, sheet: impl FnOnce(&str) -> String) -> String {
        let scheme = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let root = Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .class("drawing")
            .with("data-theme", scheme)
            .number("width", self.width)
            .number("height", self.height)
            .with("viewBox", format!("0 0 {} {}", px(self.width), px(self.height)))
            .with("role", "img")
            .with("aria-label", self.label.clone());
        let paper = Element::rect(0.0, 0.0, self.width, self.height).class("paper");
        let picture = Element::new("g").add(paper).add_all(self.elements.iter().cloned());
        let mut style = Element::new("style");
        style.content = Some(sheet(&picture.to_string()));
        root.add(style).add_all(picture.children).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::STYLE;

    #[test]
    fn every_rule_of_the_style_is_closed() {
        let mut depth = 0;
        for line in STYLE.lines() {
            depth += line.matches('{').count();
            assert!(depth <= 1, "a rule inside a rule: {line}");
            depth -= line.matches('}').count();
        }
        assert_eq!(depth, 0);
    }
}
