//! Messages to and from the page around this one.

use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent};

/// Sends a message, given as JSON, to the page around this one, if there is one.
pub fn tell_parent(json: &str) {
    let Some(window) = web_sys::window() else { return };
    let Ok(Some(parent)) = window.parent() else { return };
    if parent == window {
        return;
    }
    if let Ok(message) = JSON::parse(json) {
        // Nothing in the messages is a secret, and slides come from anywhere.
        let _ = parent.post_message(&message, "*");
    }
}

/// The JSON of a message that came from the page around this one.
pub fn message_of(event: &Event) -> Option<String> {
    let event: &MessageEvent = event.dyn_ref()?;
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    if !js_sys::Object::is(&JsValue::from(event.source()?), &parent) {
        return None;
    }
    let data = event.data();
    data.as_string().or_else(|| JSON::stringify(&data).ok()?.as_string())
}
