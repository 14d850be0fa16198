//! The size of an element, observed.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The content width and height of the element behind `node`, in CSS pixels; none before the browser has laid
/// it out.
#[hook]
pub(in crate::view) fn use_size(node: &NodeRef) -> Option<(f64, f64)> {
    let size = use_state_eq(|| None);
    {
        let size = size.clone();
        use_effect_with(node.clone(), move |node| {
            let observer = node.cast::<Element>().and_then(|element| {
                let measure = {
                    let element = element.clone();
                    move || {
                        let (width, height) = (element.client_width(), element.client_height());
                        size.set(Some((f64::from(width), f64::from(height))));
                    }
                };
                measure();
                let seen = Closure::<dyn FnMut()>::new(measure);
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
    *size
}
