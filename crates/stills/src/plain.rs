//! A drawing as SVG that needs no style sheet: the classes of its elements become attributes, in the colours of a
//! theme. Programs for slides know little or nothing of CSS in an SVG.

use std::sync::LazyLock;

use playground_drawing::{Drawing, Element, STYLE, Theme};
use simplecss::{AttributeOperator, PseudoClass, StyleSheet};

use crate::palette::Palette;

/// Properties that SVG knows as attributes.
const ATTRIBUTES: &[&str] = &[
    "fill",
    "fill-opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "opacity",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "visibility",
];

/// Properties that say something to the page only.
#[cfg(test)]
const OF_THE_PAGE: &[&str] = &[
    "block-size",
    "color-scheme",
    "cursor",
    "display",
    "font-variant-numeric",
    "height",
    "outline",
    "outline-offset",
    "overflow",
    "pointer-events",
    "touch-action",
    "transition",
    "white-space",
    "width",
];

/// Attributes that say something to the page only.
const DROPPED: &[&str] = &[
    "class",
    "id",
    "role",
    "tabindex",
    "aria-label",
    "aria-hidden",
    "aria-pressed",
    "aria-selected",
    "data-entry",
];

/// Writes drawings of one theme.
pub struct Plain {
    light: StyleSheet<'static>,
    dark: StyleSheet<'static>,
    theme: Theme,
}

/// The style sheet in the colours of each theme: its parser does not know a function inside a function.
static SHEETS: LazyLock<[String; 2]> = LazyLock::new(|| {
    let palette = Palette::new();
    // Nor does it know the names of custom properties.
    [Theme::Light, Theme::Dark].map(|theme| palette.plain(STYLE, theme).replace(" --", " own-"))
});

impl Plain {
    /// Colours of a theme.
    pub fn new(theme: Theme) -> Self {
        let [light, dark] = &*SHEETS;
        Self { light: StyleSheet::parse(light), dark: StyleSheet::parse(dark), theme }
    }

    /// The drawing as an SVG file of a size in pixels; it is as large as fits, in the middle.
    pub fn svg(&self, drawing: &Drawing, (width, height): (u32, u32)) -> String {
        let root = Element::new("svg").class("drawing").add_all(drawing.elements.iter().cloned());
        let children = self.element(&Node { element: &root, parent: None, place: 0 }, self.theme, &[]);
        let paper = Element::rect(0.0, 0.0, drawing.width, drawing.height).class("paper");
        let paper = Element::new("svg").class("drawing").add(paper);
        let paper = self.element(&Node { element: &paper, parent: None, place: 0 }, self.theme, &[]);
        let mut title = Element::new("title");
        title.content = Some(drawing.label.clone());
        let mut svg = Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("width", width.to_string())
            .with("height", height.to_string())
            .with("viewBox", format!("0 0 {} {}", drawing.width, drawing.height))
            .with("role", "img");
        svg.attributes.extend(children.attributes);
        svg.add(title).add_all(paper.children).add_all(children.children).to_string()
    }

    /// The element with its style as attributes, and those inside. `custom` are the properties that it inherits.
    fn element(&self, node: &Node<'_>, theme: Theme, custom: &[(&'static str, &'static str)]) -> Element {
        let matching = |theme| {
            let sheet = if theme == Theme::Dark { &self.dark } else { &self.light };
            sheet.rules.iter().filter(|rule| rule.selector.matches(node)).flat_map(|rule| &rule.declarations)
        };
        let scheme = matching(theme).rfind(|declaration| declaration.name == "color-scheme");
        let theme = match scheme.map(|declaration| declaration.value) {
            Some("dark") => Theme::Dark,
            Some("light") => Theme::Light,
            _ => theme,
        };
        let own = matching(theme).filter(|declaration| declaration.name.starts_with("own-"));
        let own = own.map(|declaration| (declaration.name, declaration.value));
        let custom: Vec<(&'static str, &'static str)> = custom.iter().copied().chain(own).collect();
        let worked_out = |value: &'static str| {
            let name = value.strip_prefix("own(").and_then(|rest| rest.strip_suffix(')'));
            let is_it = |known: &str| known.strip_prefix("own-") == name;
            let Some(_) = name else { return value };
            custom.iter().rev().find(|(known, _)| is_it(known)).map_or("currentColor", |(_, value)| value)
        };
        let mut style: Vec<(&'static str, &'static str)> = Vec::new();
        for declaration in matching(theme).filter(|declaration| ATTRIBUTES.contains(&declaration.name)) {
            style.retain(|(name, _)| *name != declaration.name);
            style.push((declaration.name, worked_out(declaration.value)));
        }
        let mut plain = Element::new(node.element.tag);
        let is_kept = |name: &str| !DROPPED.contains(&name) && !style.iter().any(|(known, _)| *known == name);
        plain.attributes =
            node.element.attributes.iter().filter(|(name, _)| is_kept(name)).cloned().collect();
        for (name, value) in style {
            // Inside an attribute quotes would be written as entities.
            plain.attributes.push((name, value.replace('"', "'")));
        }
        plain.content = node.element.content.clone();
        if plain.content.as_deref().is_some_and(|text| text.contains("  ") || text.starts_with(' ')) {
            plain = plain.with("xml:space", "preserve");
        }
        plain.children = (0..node.element.children.len())
            .map(|place| {
                let child = Node { element: &node.element.children[place], parent: Some(node), place };
                self.element(&child, theme, &custom)
            })
            .collect();
        plain
    }
}

/// An element and where it stands, for selectors.
#[derive(Clone, Copy)]
struct Node<'t> {
    element: &'t Element,
    parent: Option<&'t Node<'t>>,
    place: usize,
}

impl simplecss::Element for Node<'_> {
    fn parent_element(&self) -> Option<Self> {
        self.parent.copied()
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let parent = self.parent?;
        let place = self.place.checked_sub(1)?;
        Some(Self { element: &parent.element.children[place], parent: Some(parent), place })
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.element.tag == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.element.get(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.place == 0
    }
}

#[cfg(test)]
mod tests {
    use playground_drawing::Canvas;
    use playground_lessons::Language;
    use playground_words::Text;

    use super::*;

    fn svg(elements: Vec<Element>, theme: Theme) -> String {
        let text = Text::new(Language::English);
        let canvas = Canvas { width: 100.0, height: 50.0, type_size: 15.0, text };
        let mut drawing = Drawing::new(&canvas, "a < b".to_owned());
        drawing.elements = elements;
        Plain::new(theme).svg(&drawing, (200, 100))
    }

    #[test]
    fn classes_become_attributes() {
        let client = Element::text(1.0, 2.0, 13.0, "a  b").class("client strong");
        let svg = svg(vec![Element::group("row").add(client)], Theme::Light);
        let expected = "<g><text x=\"1\" y=\"2\" font-size=\"13\" font-weight=\"700\" fill=\"#00639c\" \
                        xml:space=\"preserve\">a  b</text></g>";
        assert!(svg.contains(expected), "{svg}");
        assert!(svg.contains(
            "<title>a &lt; b</title><rect x=\"0\" y=\"0\" width=\"100\" height=\"50\" fill=\"#fbfaf7\">"
        ));
        assert!(svg.starts_with(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\" viewBox=\"0 0 100 50\""
        ));
    }

    #[test]
    fn neighbours_and_first_children_are_known() {
        let bad = |tag| Element::new(tag).class("is-bad");
        let crack = Element::path("M0 0").class("crack");
        let after = svg(vec![bad("g"), crack.clone()], Theme::Light);
        assert!(after.contains("stroke=\"#c4411a\""), "{after}");
        assert!(!svg(vec![crack], Theme::Light).contains("#c4411a"));
    }

    #[test]
    fn a_group_gives_its_hue_to_what_is_in_it() {
        let card = Element::rect(0.0, 0.0, 9.0, 9.0).class("ladder-head");
        let svg = svg(vec![Element::group("role-server").add(Element::new("g").add(card))], Theme::Light);
        assert!(svg.contains("stroke=\"#00785a\""), "{svg}");
    }

    #[test]
    fn a_terminal_is_dark_in_both_themes() {
        let screen = || Element::group("tty").add(Element::rect(0.0, 0.0, 9.0, 9.0).class("screen"));
        for theme in [Theme::Light, Theme::Dark] {
            assert!(svg(vec![screen()], theme).contains("fill=\"#161d25\""));
        }
    }

    /// A property that is in neither list would be missing in a still without a word.
    #[test]
    fn every_property_of_the_style_is_known() {
        for rule in &StyleSheet::parse(&SHEETS[0]).rules {
            for declaration in &rule.declarations {
                let name = declaration.name;
                assert!(
                    ATTRIBUTES.contains(&name) || OF_THE_PAGE.contains(&name) || name.starts_with("own-"),
                    "{}: {name}",
                    rule.selector
                );
            }
        }
    }

    /// A selector that the parser does not know is left out; only those of the page may be.
    #[test]
    fn every_selector_of_the_style_is_understood() {
        let of_the_page = [":focus", ":hover", ":not("];
        let mut text = STYLE.to_owned();
        while let Some((start, end)) = text.find("/*").zip(text.find("*/")) {
            text.replace_range(start..end + 2, "");
        }
        let selectors =
            text.split('}').filter_map(|rule| rule.split_once('{')).flat_map(|(list, _)| list.split(','));
        for selector in
            selectors.map(str::trim).filter(|it| !of_the_page.iter().any(|page| it.contains(page)))
        {
            assert!(simplecss::Selector::parse(selector).is_some(), "{selector}");
        }
    }
}
