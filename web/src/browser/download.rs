//! Downloads, and files opened by the user.

use js_sys::{Array, Uint8Array};
use playground_core::trace::Trace;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, File, HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;

use super::is_json;

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

/// Larger files are not read: a recording may be so long.
const LARGEST: f64 = Trace::RECORDING_OCTETS as f64;

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// It is too large for what it should be.
    TooLarge,
    /// It is no text, or there is none.
    Unreadable,
}

/// A file of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// What was read of a file.
pub type Read = Result<TextFile, NotRead>;

/// Reads the file chosen in a field and clears the field, so that the same file can be chosen again.
pub fn opened(field: &HtmlInputElement, read: Callback<Read>) {
    read_file(field.files().and_then(|files| files.get(0)), read);
    field.set_value("");
}

/// Reads the scenario that was dropped on the page; other files are not for it.
pub fn dropped(event: &DragEvent, read: Callback<Read>) {
    let files = event.data_transfer().and_then(|data| data.files());
    if let Some(file) = files.and_then(|files| files.get(0)).filter(is_json) {
        read_file(Some(file), read);
    }
}

fn read_file(file: Option<File>, read: Callback<Read>) {
    spawn_local(async move {
        read.emit(match file {
            Some(file) if file.size() > LARGEST => Err(NotRead::TooLarge),
            Some(file) => {
                let text = JsFuture::from(file.text()).await.ok();
                let text = text.and_then(|text| text.as_string()).ok_or(NotRead::Unreadable);
                text.map(|text| TextFile { name: file.name(), text })
            }
            None => Err(NotRead::Unreadable),
        });
    });
}
