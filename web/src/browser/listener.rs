//! A listener that ends when it is dropped.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// Listens to one kind of event on one target, as long as it lives.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens on the window.
    pub fn on_window(kind: &'static str, handle: impl FnMut(Event) + 'static) -> Option<Self> {
        Self::on(web_sys::window()?.into(), kind, handle)
    }

    /// Listens on a target; none when the browser refuses.
    pub fn on(target: EventTarget, kind: &'static str, handle: impl FnMut(Event) + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Event)>::new(handle);
        target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref()).ok()?;
        Some(Self { target, kind, closure })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ =
            self.target.remove_event_listener_with_callback(self.kind, self.closure.as_ref().unchecked_ref());
    }
}
