//! Fetches a file of the page's own.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Fetches a text; none when it cannot be had.
pub fn fetch(address: String, done: impl FnOnce(Option<String>) + 'static) {
    yew::platform::spawn_local(async move { done(text(&address).await.ok()) });
}

async fn text(address: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}
