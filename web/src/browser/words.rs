//! The words of a language, fetched as one file.

use std::collections::BTreeMap;

use playground_lessons::{Language, install, is_installed};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Fetches and installs the words of a language, unless they are there.
///
/// # Errors
///
/// The file cannot be fetched or read.
pub async fn fetch_words(language: Language) -> Result<(), JsValue> {
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
        return Err(response.status_text().into());
    }
    let json = JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)?;
    let files: BTreeMap<String, String> =
        serde_json::from_str(&json).map_err(|error| JsValue::from(error.to_string()))?;
    install(language, files);
    Ok(())
}

/// Shows the sentence of `index.html` that the page could not be fetched as a whole.
pub fn show_failure() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(sentence) = document.and_then(|document| document.get_element_by_id("failed")) {
        let _ = sentence.remove_attribute("hidden");
    }
}
