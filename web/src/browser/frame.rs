//! The frame that an embedded view stands in: messages with the page around, and the focus.

use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Window};

/// The window and the page that embeds it.
fn around() -> Option<(Window, Window)> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    (parent != window).then_some((window, parent))
}

/// Sends a message, as JSON, to the embedding page, if there is one.
pub fn tell_parent(json: &str) {
    if let (Some((_, parent)), Ok(message)) = (around(), JSON::parse(json)) {
        // Nothing in the messages is secret, and any origin may embed the page.
        let _ = parent.post_message(&message, "*");
    }
}

/// Sends a text to the embedding page, if there is one.
pub fn tell_parent_text(text: &str) {
    if let Some((_, parent)) = around() {
        let _ = parent.post_message(&text.into(), "*");
    }
}

/// A message from the embedding page as JSON; none for messages from elsewhere.
pub fn message_of(event: &Event) -> Option<String> {
    let event: &MessageEvent = event.dyn_ref()?;
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    if !js_sys::Object::is(&JsValue::from(event.source()?), &parent) {
        return None;
    }
    let data = event.data();
    data.as_string().or_else(|| JSON::stringify(&data).ok()?.as_string())
}

/// The frames of the embedding page, in their order: this one and those beside it.
fn frames() -> Vec<Window> {
    let Some((_, parent)) = around() else { return Vec::new() };
    let frame = |index: u32| Some(parent.get(&index.to_string())?.unchecked_into());
    (0..parent.length()).filter_map(frame).collect()
}

/// The place of this frame among those of the embedding page, from 0.
pub fn frame_place() -> usize {
    let own = web_sys::window();
    frames().iter().position(|frame| Some(frame) == own.as_ref()).unwrap_or(0)
}

/// Sends a text to the frame at a place of the embedding page.
pub fn tell_frame(place: usize, text: &str) {
    if let Some(frame) = frames().get(place) {
        let _ = frame.post_message(&text.into(), "*");
    }
}

/// Sends a text to every other frame of the embedding page.
pub fn tell_other_frames(text: &str) {
    let own = frame_place();
    (0..frames().len()).filter(|place| *place != own).for_each(|place| tell_frame(place, text));
}

/// A text from another frame of the embedding page, with that frame's place.
pub fn frame_message_of(event: &Event) -> Option<(usize, String)> {
    let event: &MessageEvent = event.dyn_ref()?;
    let source = JsValue::from(event.source()?);
    let place = frames().iter().position(|frame| js_sys::Object::is(&source, frame))?;
    Some((place, event.data().as_string()?))
}

/// Takes the focus within the window, so that keys come here.
pub fn take_focus() {
    if let Some(window) = web_sys::window() {
        let _ = window.focus();
    }
}

/// Gives the focus, if it is here, to the embedding page.
pub fn give_focus_back() {
    if let Some((window, parent)) = around()
        && window.document().is_some_and(|document| document.has_focus().unwrap_or(false))
    {
        let _ = parent.focus();
    }
}

/// Where in the windows of reveal.js a frame stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the deck.
    Deck,
    /// In the present slide of the speaker's view.
    Speaker,
    /// In its preview of the next slide.
    Preview,
}

impl Place {
    /// The speaker's view is a window with two frames, each with the deck in it: the present slide and the next one.
    pub fn find() -> Self {
        let view = || {
            let (window, deck) = around()?;
            let top = window.top().ok()??;
            let is_speakers = deck != top && deck.parent().ok()?? == top && top.length() == 2;
            let first: Window = top.get("0")?.unchecked_into();
            is_speakers.then(|| if first == deck { Self::Speaker } else { Self::Preview })
        };
        view().unwrap_or(Self::Deck)
    }
}
