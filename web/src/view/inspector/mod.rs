//! The inspector: the selected segment, socket or entry, and why it is as it is.

mod field_names;
mod fields;
mod hex;
mod segment;
mod socket;
mod why_chain;

use playground_core::trace::Trace;
use playground_playback::{CallView, Dissection, Selection, describe};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::who::who;
use crate::view::common::{phrase, time_text};
use segment::SegmentView;
use socket::SocketView;
use why_chain::WhyChain;

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

/// The entry as a sentence, a socket call as a program would print it, and the causes.
pub(super) fn entry_view(
    text: Text,
    trace: &RcEq<Trace>,
    dissection: &RcEq<Dissection>,
    entry_index: u32,
    happened: bool,
    on_select: &Callback<Selection>,
) -> Html {
    let Some(entry) = trace.entries.get(entry_index as usize) else { return Html::default() };
    let who = who(text, trace, entry.node);
    html! {
        <article class="inspected">
            <header class={who.class}>
                <h2 class="is-sentence">{ phrase(text, &describe(trace, dissection, entry_index)) }</h2>
                <p class="inspected-way">
                    <span class={classes!("inspected-node", who.class)}>{ who.name }</span>
                    <span class="inspected-times">{ time_text::moment(entry.at) }</span>
                </p>
                if !happened {
                    <p class="tags"><span class="tag">{ text.plain("inspector-future") }</span></p>
                }
            </header>
            if let Some(call) = CallView::of(trace, entry_index) {
                <pre class="inspected-call"><code>
                    { format!("> {}\n", call.call) }
                    <span class={classes!(call.error.map(|_| "is-error"))}>
                        { call.error.map_or_else(|| call.result.clone(), |error| format!("{} {}", call.result, error.message())) }
                    </span>
                </code></pre>
            }
            <WhyChain trace={trace.clone()} dissection={dissection.clone()} entry={entry_index} on_select={on_select.clone()} />
        </article>
    }
}

/// The hint.
pub(super) fn hint(text: Text) -> Html {
    html! {
        <div class="inspector-hint">
            <svg viewBox="0 0 64 48" aria-hidden="true">
                <rect class="hint-lane" x="1" y="14" width="62" height="20" rx="10" />
                <rect class="hint-segment" x="14" y="18" width="26" height="12" rx="4" />
                <path class="hint-hand" d="M34 26 L34 43 L38.4 39 L41.6 46 L44.8 44.5 L41.8 37.8 L47.6 37.4 Z" />
            </svg>
            <p><b>{ text.plain("inspector-hint") }</b></p>
            <p>{ text.plain("inspector-hint-what") }</p>
        </div>
    }
}
