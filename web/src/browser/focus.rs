//! What has the keyboard's focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use crate::command::Focus;

const ARROW_ROLES: [&str; 6] = ["radio", "radiogroup", "slider", "tab", "listbox", "grid"];

/// What kind of thing an event's target is, for deciding whose key it is.
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
