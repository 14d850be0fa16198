//! SVG elements as plain data.

use std::fmt::{self, Write as _};

use playground_core::event::{HopId, NodeId};
use playground_playback::Selection;

use crate::number::px;

/// The part of the network that an element stands for, where one builds on the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A host.
    Node(NodeId),
    /// A link.
    Link(HopId),
    /// What may come between the two ends of a link.
    Between(HopId),
}

/// An SVG element. Colours are classes of `style/drawing.css`.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The tag: `rect`.
    pub tag: &'static str,
    /// The attributes, in the order of writing.
    pub attributes: Vec<(&'static str, String)>,
    /// The text of a `text` element.
    pub content: Option<String>,
    /// The elements inside.
    pub children: Vec<Element>,
    /// What a click on it selects.
    pub selects: Option<Selection>,
    /// What it is of the network, where one builds on the drawing.
    pub place: Option<Place>,
    /// What it stands for among its brothers: the page keeps its node while that moves. Either all of them have one, or none.
    pub key: Option<String>,
}

impl Element {
    /// An element without attributes.
    pub const fn new(tag: &'static str) -> Self {
        Self {
            tag,
            attributes: Vec::new(),
            content: None,
            children: Vec::new(),
            selects: None,
            place: None,
            key: None,
        }
    }

    /// A group of a class.
    pub fn group(class: &str) -> Self {
        Self::new("g").with("class", class)
    }

    /// A rectangle.
    pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self::new("rect")
            .number("x", x)
            .number("y", y)
            .number("width", width.max(0.0))
            .number("height", height.max(0.0))
    }

    /// A straight line.
    pub fn line(from: (f64, f64), to: (f64, f64)) -> Self {
        Self::new("line").number("x1", from.0).number("y1", from.1).number("x2", to.0).number("y2", to.1)
    }

    /// A circle.
    pub fn circle(x: f64, y: f64, radius: f64) -> Self {
        Self::new("circle").number("cx", x).number("cy", y).number("r", radius)
    }

    /// A path by its `d` attribute.
    pub fn path(d: impl Into<String>) -> Self {
        Self::new("path").with("d", d)
    }

    /// A line of text whose baseline begins at a point.
    pub fn text(x: f64, y: f64, size: f64, content: impl Into<String>) -> Self {
        let mut element = Self::new("text").number("x", x).number("y", y).number("font-size", size);
        element.content = Some(content.into());
        element
    }

    /// The element with an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The element with an attribute that is a length.
    #[must_use]
    pub fn number(self, name: &'static str, value: f64) -> Self {
        self.with(name, px(value))
    }

    /// The element with a class.
    #[must_use]
    pub fn class(self, class: impl Into<String>) -> Self {
        self.with("class", class)
    }

    /// A text that ends at its point, or has it in the middle: `end`, `middle`.
    #[must_use]
    pub fn anchor(self, anchor: &str) -> Self {
        self.with("text-anchor", anchor)
    }

    /// A mark of an entry of the trace, by its index.
    #[must_use]
    pub fn entry(self, index: u32) -> Self {
        self.with("data-entry", index.to_string())
    }

    /// The element with a name among its brothers.
    #[must_use]
    pub fn key(mut self, key: impl ToString) -> Self {
        self.key = Some(key.to_string());
        self
    }

    /// The element with words that a pointer over it shows.
    #[must_use]
    pub fn title(self, words: String) -> Self {
        let mut title = Self::new("title");
        title.content = Some(words);
        self.add(title)
    }

    /// The element with another inside.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "as in a drawing: it adds a child and is no sum")]
    pub fn add(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// The element with others inside.
    #[must_use]
    pub fn add_all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// The element as something that selects, with its name for those who do not see it.
    #[must_use]
    pub fn selects(mut self, selection: Selection, name: impl Into<String>) -> Self {
        self.selects = Some(selection);
        self.with("role", "button").with("tabindex", "0").with("aria-label", name)
    }

    /// The element as a part of the network.
    #[must_use]
    pub const fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// It and everything inside, from the outside in.
    pub fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        found.extend(self.children.iter().flat_map(Self::all));
        found
    }
}

/// As SVG.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A still is not built on.
        if self.place.is_some() && self.selects.is_none() {
            return Ok(());
        }
        write!(f, "<{}", self.tag)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"")?;
            escaped(f, value)?;
            f.write_char('"')?;
        }
        f.write_char('>')?;
        if let Some(content) = &self.content {
            escaped(f, content)?;
        }
        for child in &self.children {
            write!(f, "{child}")?;
        }
        write!(f, "</{}>", self.tag)
    }
}

fn escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for character in text.chars() {
        match character {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '"' => f.write_str("&quot;")?,
            other => f.write_char(other)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn elements_are_written_as_svg_with_their_text_escaped() {
        let group =
            Element::group("row").entry(3).add(Element::text(1.0, 2.04, 13.0, "a < \"b\" & c").anchor("end"));
        assert_eq!(
            group.to_string(),
            "<g class=\"row\" data-entry=\"3\"><text x=\"1\" y=\"2\" font-size=\"13\" \
             text-anchor=\"end\">a &lt; &quot;b&quot; &amp; c</text></g>"
        );
        assert_eq!(group.all().len(), 2);
    }
}
