//! Files made in the page.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Hands octets to the person as a file.
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
