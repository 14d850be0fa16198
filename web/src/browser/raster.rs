//! Pictures as pixels: the browser draws an SVG file on a canvas.

use js_sys::Uint8Array;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// An SVG file as PNG of this size; none where the browser cannot draw it.
pub async fn png(svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&format!("data:image/svg+xml,{}", utf8_percent_encode(svg, NON_ALPHANUMERIC)));
    JsFuture::from(image.decode()).await.ok()?;
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into())
        .ok()?;
    let drawn = js_sys::Promise::new(&mut |done, refuse| {
        let give = Closure::once_into_js(move |blob: JsValue| done.call1(&JsValue::NULL, &blob));
        if canvas.to_blob(give.unchecked_ref()).is_err() {
            let _ = refuse.call0(&JsValue::NULL);
        }
    });
    let blob: Blob = JsFuture::from(drawn).await.ok()?.dyn_into().ok()?;
    let octets = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&octets).to_vec())
}
