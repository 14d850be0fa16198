//! The window: its events, address, storage, and the page that embeds this one.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsValue;
use web_sys::Event;

/// Listens to one kind of event on the window until the listener is dropped.
pub fn on_window(kind: &'static str, handle: impl FnMut(&Event) + 'static) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&web_sys::window()?.into(), kind, options, handle))
}

/// The query of the page's address, with its `?` and the fragment behind it.
pub fn query() -> String {
    let address = address();
    address.find(['?', '#']).map_or_else(String::new, |at| address[at..].to_owned())
}

/// The page's address without query and fragment.
pub fn page_address() -> String {
    let address = address();
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Whether the page is the copy in one file, on a disk.
pub fn is_one_file() -> bool {
    address().starts_with("file:")
}

fn address() -> String {
    web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// Loads the page anew with another query.
pub fn load_query(query: &str) {
    if let Some(window) = web_sys::window() {
        // What stands in the fragment stays there.
        let _ = window.location().set_search(query.split('#').next().unwrap_or_default());
    }
}

/// Changes the query without an entry in the history.
pub fn replace_query(query: &str) {
    change(query, false);
}

/// Changes the query and adds an entry to the history.
pub fn push_query(query: &str) {
    change(query, true);
}

fn change(query: &str, push: bool) {
    let Some(window) = web_sys::window() else { return };
    let address = format!("{}?{query}", window.location().pathname().unwrap_or_default());
    let Ok(history) = window.history() else { return };
    // Refused in a sandboxed frame, which has an opaque origin; the page works without.
    let _ = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}

/// The prefix of the names in local storage.
const PREFIX: &str = "socket-playground:";

/// The value stored under a name.
///
/// Storage may be absent or refused (blocked site data, a sandboxed frame), in which `gloo-storage` would panic.
pub fn load(name: &str) -> Option<String> {
    let storage = web_sys::window()?.local_storage().ok()??;
    storage.get_item(&format!("{PREFIX}{name}")).ok()?
}

/// Stores a value under a name, if the browser allows it.
pub fn store(name: &str, value: &str) {
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok()?) {
        let _ = storage.set_item(&format!("{PREFIX}{name}"), value);
    }
}
