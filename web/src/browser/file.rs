//! Files that are read piece by piece, chosen or dropped on the page.

use gloo_events::EventListener;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlInputElement};
use yew::Callback;

use super::on_window;

/// The file chosen in a field, which is cleared, so that the same file can be chosen again.
pub fn chosen(field: &HtmlInputElement) -> Option<File> {
    let file = field.files().and_then(|files| files.get(0));
    field.set_value("");
    file
}

/// Whether a file calls itself JSON, as saved scenarios do.
pub fn is_json(file: &File) -> bool {
    file.name().to_ascii_lowercase().ends_with(".json")
}

/// The octets of a file from `from` to `until`; none when it cannot be read any more.
pub async fn octets(file: &File, from: f64, until: f64) -> Option<Vec<u8>> {
    let piece = file.slice_with_f64_and_f64(from, until).ok()?;
    let buffer = JsFuture::from(piece.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Lets the browser draw and handle events.
pub async fn breathe() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without timers it goes on when nobody waits any more.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Milliseconds on the browser's clock.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Takes files other than JSON that are dropped anywhere on the page until the listeners are dropped.
pub fn on_drop(take: Callback<File>) -> [Option<EventListener>; 2] {
    // Without this the browser would open the file in place of the page.
    let over = on_window("dragover", |event: &Event| {
        if has_files(event) {
            event.prevent_default();
        }
    });
    let drop = on_window("drop", move |event: &Event| {
        if !has_files(event) {
            return;
        }
        event.prevent_default();
        let files = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        let file = files.and_then(|transfer| transfer.files()).and_then(|files| files.get(0));
        if let Some(file) = file.filter(|file| !is_json(file)) {
            take.emit(file);
        }
    });
    [over, drop]
}

fn has_files(event: &Event) -> bool {
    let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    transfer.is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}
