//! What is selected: its layers, its octets, and why it happened.

use playground_core::trace::Trace;
use playground_playback::{Dissection, Selection};
use yew::prelude::*;

use super::entry_view::entry_view;
use super::hint::hint;
use super::segment_view::SegmentView;
use super::socket_view::SocketView;
use crate::language::use_text;
use crate::shared::Shared;

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    /// What happened.
    pub trace: Shared<Trace>,
    /// Its connections and labels.
    pub dissection: Shared<Dissection>,
    /// Entries applied.
    pub index: u32,
    /// What is selected.
    pub selection: Selection,
    /// Told what was picked.
    pub on_select: Callback<Selection>,
}

/// The selected segment, entry or socket; a hint when nothing is selected.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let text = use_text();
    let (trace, dissection, on_select) =
        (props.trace.clone(), props.dissection.clone(), props.on_select.clone());
    let Selection { segment, socket, entry } = props.selection;
    let inner = match (segment, entry, socket) {
        (Some(id), entry, _) => {
            let happened = dissection.segment(id).is_some_and(|label| label.sent < props.index);
            html! { <SegmentView key={id.0} {trace} {dissection} {id} {entry} {happened} {on_select} /> }
        }
        (None, Some(entry), _) => {
            let happened = entry < props.index;
            entry_view(text, &trace, &dissection, entry, happened, &on_select)
        }
        (None, None, Some(key)) => {
            html! { <SocketView {trace} {dissection} socket={key} index={props.index} {on_select} /> }
        }
        (None, None, None) => hint(text),
    };
    html! { <div class="inspector">{ inner }</div> }
}
