//! The width of an element, observed.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The content width of the element behind `node`, in CSS pixels; none before the browser has laid it out.
#[hook]
pub(in crate::view) fn use_width(node: &NodeRef) -> Option<f64> {
    let width = use_state_eq(|| None);
    {
        let width = width.clone();
        use_effect_with(node.clone(), move |node| {
            let element = node.cast::<Element>();
            let observer = element.and_then(|element| {
                width.set(Some(f64::from(element.client_width())));
                let seen = {
                    let element = element.clone();
                    Closure::<dyn FnMut()>::new(move || width.set(Some(f64::from(element.client_width()))))
                };
                let observer = ResizeObserver::new(seen.as_ref().unchecked_ref()).ok()?;
                observer.observe(&element);
                Some((observer, seen))
            });
            move || {
                if let Some((observer, seen)) = observer {
                    observer.disconnect();
                    drop(seen);
                }
            }
        });
    }
    *width
}
