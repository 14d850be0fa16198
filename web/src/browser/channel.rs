//! A channel between windows of this origin.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that every window hears which has one of the same name.
///
/// Browsers part them by the site of the page around: copies in decks of different sites do not hear each other.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Joins; none where the browser has no channels.
    pub fn join(name: &str, mut hear: impl FnMut(&str) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("socket-playground:{name}")).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            text.iter().for_each(|text| hear(text));
        });
        Some(Self { channel, _listener: listener })
    }

    /// Says a text to the others.
    pub fn say(&self, text: &str) {
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
