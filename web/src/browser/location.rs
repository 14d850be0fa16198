//! The address bar.

use wasm_bindgen::JsValue;

/// The query of the page's address, with its `?`.
pub fn query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The page's address without query and fragment.
pub fn page_address() -> String {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return String::new();
    };
    format!("{}{}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default())
}

/// Changes the query in place.
pub fn replace_query(query: &str) {
    change(query, false);
}

/// Changes the query so that the back button leads to the one before.
pub fn push_query(query: &str) {
    change(query, true);
}

fn change(query: &str, push: bool) {
    let Some(window) = web_sys::window() else { return };
    let address = format!("{}?{query}", window.location().pathname().unwrap_or_default());
    let Ok(history) = window.history() else { return };
    // A frame without an origin of its own may not do this; the page works without.
    let _ = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}
