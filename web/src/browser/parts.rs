//! The parts of the program that come after the first, by `public/parts.js`.

use std::cell::Cell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// More parts than there are.
const ALL: u32 = 8;

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether the whole program is here.
pub fn is_whole() -> bool {
    HERE.get()
}

/// Fetches what is missing of the program; says whether it is whole then.
pub fn fetch_parts(done: impl FnOnce(bool) + 'static) {
    if is_whole() {
        return done(true);
    }
    yew::platform::spawn_local(async move {
        let promise = call("fetch", &[]).and_then(|it| it.dyn_into::<Promise>().ok());
        let came = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok_and(|came| came.is_truthy()),
            None => false,
        };
        if came {
            part_needed(ALL);
            HERE.set(true);
        }
        done(came);
    });
}

/// Lets the program call a part and those before it. Code that stands in the place of a later part's calls this.
///
/// Panics: the part cannot be had, so there is nothing to go on with. What is asked of the page waits for
/// [`fetch_parts`] first.
#[wasm_bindgen]
pub fn part_needed(part: u32) {
    if call("load", &[part.into(), wasm_bindgen::exports()]).is_none() {
        wasm_bindgen::throw_str("a part of the program cannot be fetched");
    }
}

fn call(name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let parts = Reflect::get(&js_sys::global(), &"parts".into()).ok()?;
    let function: Function = Reflect::get(&parts, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&parts, &arguments.iter().collect()).ok()
}
