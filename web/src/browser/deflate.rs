//! Deflating and inflating (RFC 1951) by the browser's own streams, which cost the page no code of its own.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader};

/// Why octets cannot be inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInflated {
    /// They are not a deflated text, or the browser cannot inflate.
    Unreadable,
    /// The text is longer than it may be.
    TooLong,
}

/// Deflates a text; none where the browser cannot.
pub async fn deflate(text: &str) -> Option<Vec<u8>> {
    through(text.as_bytes(), "CompressionStream", usize::MAX).await.ok()
}

/// Inflates a text of at most so many octets: what would be longer is given up as soon as it is.
///
/// # Errors
///
/// It cannot be read, or is longer.
pub async fn inflate(octets: &[u8], most: usize) -> Result<String, NotInflated> {
    let inflated = through(octets, "DecompressionStream", most).await?;
    String::from_utf8(inflated).map_err(|_| NotInflated::Unreadable)
}

impl From<JsValue> for NotInflated {
    fn from(_: JsValue) -> Self {
        Self::Unreadable
    }
}

/// Octets through a stream of this name; web-sys does not offer it yet.
async fn through(octets: &[u8], stream: &str, most: usize) -> Result<Vec<u8>, NotInflated> {
    let class = Reflect::get(&js_sys::global(), &stream.into())?;
    let class: &Function = class.dyn_ref().ok_or(NotInflated::Unreadable)?;
    let stream = Reflect::construct(class, &Array::of1(&"deflate-raw".into()))?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(octets)))?;
    let reader = blob.stream().pipe_through(stream.unchecked_ref()).get_reader();
    let reader: ReadableStreamDefaultReader = reader.unchecked_into();
    let mut all = Vec::new();
    loop {
        let part = JsFuture::from(reader.read()).await?;
        if Reflect::get(&part, &"done".into())?.is_truthy() {
            return Ok(all);
        }
        let part: Uint8Array = Reflect::get(&part, &"value".into())?.unchecked_into();
        all.extend(part.to_vec());
        if all.len() > most {
            let _ = reader.cancel();
            return Err(NotInflated::TooLong);
        }
    }
}
