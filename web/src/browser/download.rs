//! Downloads, and files opened by the user.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;

/// Offers octets as a file download.
pub fn download(name: &str, kind: &str, octets: &[u8]) {
    let _ = try_download(name, kind, octets);
}

fn try_download(name: &str, kind: &str, octets: &[u8]) -> Option<()> {
    let parts = Array::of1(&Uint8Array::from(octets));
    let properties = BlobPropertyBag::new();
    properties.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &properties).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address).ok()
}

/// Larger files are not opened, octets.
const LARGEST: f64 = 1_000_000.0;

/// Reads the file chosen in a field and clears the field, so that the same file can be chosen again. `read` gets none
/// for a file that cannot be read.
pub fn opened(field: &HtmlInputElement, read: Callback<Option<String>>) {
    let file = field.files().and_then(|files| files.get(0));
    spawn_local(async move {
        let text = match file {
            Some(file) if file.size() <= LARGEST => JsFuture::from(file.text()).await.ok(),
            _ => None,
        };
        read.emit(text.and_then(|text| text.as_string()));
    });
    field.set_value("");
}
