//! The document: title, language, theme, media queries, focus, full screen and clipboard.

use gloo_events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver,
};
use yew::prelude::*;

use crate::address::Theme;
use crate::command::Focus;
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
        Some(theme) => root.set_attribute("data-theme", theme.into()),
        None => root.remove_attribute("data-theme"),
    };
}

/// The current theme: the chosen one or else the system's.
pub fn theme() -> Theme {
    let chosen = root().and_then(|(_, root)| root.get_attribute("data-theme"));
    let system = || if matches_media("(prefers-color-scheme: dark)") { Theme::Dark } else { Theme::Light };
    chosen.and_then(|name| name.parse().ok()).unwrap_or_else(system)
}

/// The languages that the browser asks for, the preferred one first.
pub fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Enters or leaves full screen.
pub fn toggle_full_screen() {
    let Some((document, root)) = root() else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else {
        let _ = root.request_fullscreen();
    }
}

/// Puts a text on the clipboard, if the browser allows it.
pub fn copy(text: &str) {
    let Some(window) = web_sys::window() else { return };
    let clipboard = window.navigator().clipboard();
    // Insecure contexts have no clipboard, whatever the type says.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return;
    }
    let refused = Closure::<dyn FnMut(JsValue)>::new(|_| {});
    let _ = clipboard.write_text(text).catch(&refused);
    refused.forget();
}

/// Whether a media query matches.
pub fn matches_media(query: &str) -> bool {
    web_sys::window().and_then(|window| window.match_media(query).ok()?).is_some_and(|list| list.matches())
}

/// Whether a media query matches; the component is drawn again when that changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state_eq(|| matches_media(query));
    {
        let holds = holds.clone();
        use_effect_with(query, move |query| {
            let query = *query;
            let list = web_sys::window().and_then(|window| window.match_media(query).ok()?);
            let listener = list.map(|list| {
                let holds = holds.clone();
                EventListener::new(&list, "change", move |_| holds.set(matches_media(query)))
            });
            // It may have changed before there was a listener.
            holds.set(matches_media(query));
            move || drop(listener)
        });
    }
    *holds
}

/// ARIA roles of widgets that handle the arrow keys themselves.
const ARROW_ROLES: [&str; 6] = ["radio", "radiogroup", "slider", "tab", "listbox", "grid"];

/// The kind of widget that an event's target is, which decides who handles a key.
pub fn focus_of(event: &Event) -> Focus {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return Focus::Page;
    };
    let name = element.tag_name().to_ascii_lowercase();
    let role = element.get_attribute("role").unwrap_or_default();
    match name.as_str() {
        "textarea" | "select" => Focus::Text,
        "input" => match element.get_attribute("type").as_deref() {
            Some("range" | "radio") => Focus::Range,
            Some("checkbox" | "button") => Focus::Button,
            _ => Focus::Text,
        },
        _ if ARROW_ROLES.contains(&role.as_str()) => Focus::Range,
        "button" | "a" | "summary" => Focus::Button,
        _ if role == "button" => Focus::Button,
        _ if element.has_attribute("contenteditable") => Focus::Text,
        _ => Focus::Page,
    }
}

/// Gives the focus to the element with this id.
pub fn focus(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Calls back when the size of an element or something within it changes, until what is returned is dropped.
pub fn on_change(element: &Element, changed: impl FnMut() + 'static) -> Option<Changes> {
    let closure = Closure::<dyn FnMut()>::new(changed);
    let sizes = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    let nodes = MutationObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    sizes.observe(element);
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_character_data(true);
    options.set_subtree(true);
    nodes.observe_with_options(element, &options).ok()?;
    Some(Changes { sizes, nodes, _closure: closure })
}

/// An observed element.
pub struct Changes {
    sizes: ResizeObserver,
    nodes: MutationObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Drop for Changes {
    fn drop(&mut self) {
        self.sizes.disconnect();
        self.nodes.disconnect();
    }
}
