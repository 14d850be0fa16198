//! The language of the page, for components.

use playground_words::{Language, Text};
use yew::prelude::*;

/// The page's text; a component that uses it is rendered again when the language changes.
#[hook]
pub fn use_text() -> Text {
    use_context::<Text>().unwrap_or(Text::new(Language::English))
}
