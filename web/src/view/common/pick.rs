//! Selecting a thing in a drawing by click, Enter or Space.

use playground_core::event::PacketId;
use playground_playback::{Selection, SocketKey};
use web_sys::{KeyboardEvent, MouseEvent};
use yew::Callback;

/// A segment, with the entry that sent it.
pub(in crate::view) const fn segment(id: PacketId, entry: u32) -> Selection {
    Selection { segment: Some(id), socket: None, entry: Some(entry) }
}

/// A socket.
pub(in crate::view) const fn socket(key: SocketKey) -> Selection {
    Selection { segment: None, socket: Some(key), entry: None }
}

/// The click and key handlers of something that selects `selection`.
pub(in crate::view) fn handlers(
    selection: Selection,
    on_select: &Callback<Selection>,
) -> (Callback<MouseEvent>, Callback<KeyboardEvent>) {
    let clicked = {
        let on_select = on_select.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            on_select.emit(selection);
        })
    };
    let on_select = on_select.clone();
    let pressed = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            on_select.emit(selection);
        }
    });
    (clicked, pressed)
}
