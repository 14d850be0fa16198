//! The words of a language, fetched as one file.

use std::collections::BTreeMap;

use playground_lessons::{Language, install, is_installed};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, Response};

/// Why there are no words.
pub enum NoWords {
    /// The server no longer has the file: the site was updated under the open page.
    Gone,
    /// The file cannot be fetched or read.
    Unreadable,
}

impl From<JsValue> for NoWords {
    fn from(_: JsValue) -> Self {
        Self::Unreadable
    }
}

/// Fetches and installs the words of a language, unless they are there.
///
/// # Errors
///
/// The file cannot be fetched or read.
pub async fn fetch_words(language: Language) -> Result<(), NoWords> {
    if is_installed(language) {
        return Ok(());
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    // The script that starts the program carries the names of its files.
    let attribute = format!("data-words-{language}");
    let starter = document.query_selector(&format!("script[{attribute}]"))?.ok_or(JsValue::NULL)?;
    let name = starter.get_attribute(&attribute).ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(&name)).await?.dyn_into()?;
    if !response.ok() {
        return Err(NoWords::Gone);
    }
    let json = JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)?;
    let files: BTreeMap<String, String> = serde_json::from_str(&json).map_err(|_| NoWords::Unreadable)?;
    install(language, files);
    Ok(())
}

/// Has the page say that it could not be fetched as a whole (`early.js`).
pub fn show_failure() {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new("loadfailed")) {
        let _ = window.dispatch_event(&event);
    }
}
