//! Animation frames, while something moves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

/// Limit on the time between two frames: a hidden page gets no frames and must not jump afterwards.
const LONGEST_MS: f64 = 100.0;

/// Calls back on every animation frame with the microseconds since the last one, until it is dropped.
pub struct Animation {
    frame: Rc<Frame>,
}

type OnFrame = Closure<dyn FnMut(f64)>;

#[derive(Default)]
struct Frame {
    request: Cell<Option<i32>>,
    closure: RefCell<Option<OnFrame>>,
}

impl Animation {
    /// Begins.
    pub fn start(mut tick: impl FnMut(u64) + 'static) -> Self {
        let frame = Rc::new(Frame::default());
        let mut before: Option<f64> = None;
        let next = Rc::downgrade(&frame);
        *frame.closure.borrow_mut() = Some(Closure::new(move |now: f64| {
            // Request the next frame first: the callback may drop the animation, which cancels the request.
            let Some(frame) = next.upgrade() else { return };
            frame.request();
            let passed = (now - before.unwrap_or(now)).clamp(0.0, LONGEST_MS);
            before = Some(now);
            // Between 0 and 100,000: nothing is lost.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            tick((passed * 1_000.0) as u64);
        }));
        frame.request();
        Self { frame }
    }
}

impl Frame {
    fn request(&self) {
        if let (Some(window), Some(closure)) = (web_sys::window(), self.closure.borrow().as_ref()) {
            self.request.set(window.request_animation_frame(closure.as_ref().unchecked_ref()).ok());
        }
    }
}

impl Drop for Animation {
    fn drop(&mut self) {
        if let (Some(window), Some(request)) = (web_sys::window(), self.frame.request.take()) {
            let _ = window.cancel_animation_frame(request);
        }
    }
}
