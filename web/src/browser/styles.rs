//! The page's style sheet, for pictures that leave the page.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleRule, CssStyleSheet};

/// The rules of the page that apply to the elements of an SVG picture, with the colours.
pub fn styles_for(picture: &str) -> String {
    let page = web_sys::window().and_then(|window| window.document());
    let Some(sheets) = page.map(|page| page.style_sheets()) else { return String::new() };
    let sheets =
        (0..sheets.length()).filter_map(|index| sheets.item(index)?.dyn_into::<CssStyleSheet>().ok());
    let rules = sheets.filter_map(|sheet| sheet.css_rules().ok());
    let rules = rules.flat_map(|rules| (0..rules.length()).filter_map(move |index| rules.item(index)));
    let rules = rules.filter_map(|rule| rule.dyn_into::<CssStyleRule>().ok());
    rules.filter(|rule| applies(&rule.selector_text(), picture)).map(|rule| rule.css_text()).collect()
}

/// Whether a rule is of the colours, of drawings, or of a class that is in the picture.
fn applies(selector: &str, picture: &str) -> bool {
    let mut classes = selector.split('.').skip(1).map(|part| {
        let end = part.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
        &part[..end.unwrap_or(part.len())]
    });
    selector.contains(":root") || classes.any(|class| class == "drawing" || picture.contains(class))
}

#[cfg(test)]
mod tests {
    use super::applies;

    #[test]
    fn a_picture_takes_the_rules_of_its_classes_and_the_colours() {
        let picture = r#"<g class="socket is-selected"><rect class="card-outline"/></g>"#;
        for (selector, takes) in [
            (":root", true),
            (":root[data-theme=\"dark\"]", true),
            (".drawing text", true),
            (".card-outline", true),
            (".socket:hover > .socket-well", true),
            (".story-foot", false),
            ("button", false),
        ] {
            assert_eq!(applies(selector, picture), takes, "{selector}");
        }
    }
}
