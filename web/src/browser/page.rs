//! The page as a whole.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use super::matches_media;
use crate::address::Theme;
use crate::language::Language;

fn root() -> Option<(Document, Element)> {
    let document = web_sys::window()?.document()?;
    let root = document.document_element()?;
    Some((document, root))
}

/// Sets the title, `<html lang>` and the theme.
pub fn set_page(title: &str, language: Language, theme: Option<Theme>) {
    let Some((document, root)) = root() else { return };
    document.set_title(title);
    let _ = root.set_attribute("lang", language.tag());
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme.name()),
        None => root.remove_attribute("data-theme"),
    };
}

/// The theme that is seen now, chosen or the system's.
pub fn theme() -> Theme {
    let chosen = root().and_then(|(_, root)| root.get_attribute("data-theme"));
    let system = || if matches_media("(prefers-color-scheme: dark)") { Theme::Dark } else { Theme::Light };
    chosen.and_then(|name| Theme::from_name(&name)).unwrap_or_else(system)
}

/// The languages that the person's browser asks for, the most wanted first.
pub fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// The whole screen, or the window again.
pub fn toggle_full_screen() {
    let Some((document, root)) = root() else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else {
        let _ = root.request_fullscreen();
    }
}

/// Puts a text on the clipboard, where the browser lets it.
pub fn copy(text: &str) {
    let Some(window) = web_sys::window() else { return };
    let clipboard = window.navigator().clipboard();
    // Pages that came without encryption have no clipboard, whatever the type says.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return;
    }
    let refused = Closure::<dyn FnMut(JsValue)>::new(|_| {});
    let _ = clipboard.write_text(text).catch(&refused);
    refused.forget();
}
