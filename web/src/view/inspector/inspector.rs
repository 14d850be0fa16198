//! The inspector: layers, octets and causes of the selection.

use playground_core::trace::Trace;
use playground_playback::{Dissection, Selection};
use yew::prelude::*;

use super::entry_view::entry_view;
use super::hint::hint;
use super::segment_view::SegmentView;
use super::socket_view::SocketView;
use crate::language::use_text;
use crate::rc_eq::RcEq;

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    /// The trace.
    pub trace: RcEq<Trace>,
    /// The dissection of the trace: streams, messages, labels.
    pub dissection: RcEq<Dissection>,
    /// How many entries of the trace have been applied.
    pub index: u32,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
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
