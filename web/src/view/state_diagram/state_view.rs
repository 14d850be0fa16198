//! The state diagram of a socket.

use playground_core::event::Event;
use playground_core::tcp::{Notice, State, Trigger};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_playback::{Cursor, Dissection, Selection, SocketKey, StateDiagram};
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use super::diagram::Diagram;
use super::shown_socket::{candidates, connection_number, listener, selected};
use super::trigger_words::{source, trigger_words};
use super::ways_out::ways_out;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::in_sight::bring_in_sight;
use crate::view::common::who::who;
use crate::view::common::width::use_width;
use crate::view::common::{time_text, words};

/// Below this width the arrows have no labels.
const NARROW: f64 = 560.0;

/// Properties of [`StateView`].
#[derive(Properties, PartialEq)]
pub struct StateViewProps {
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

/// Buttons to choose the socket, its last transition, the diagram, and the possible next transitions.
#[component]
pub fn StateView(props: &StateViewProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let width = use_width(&node);
    let diagram = use_memo((), |()| StateDiagram::new());
    let diagram: RcEq<StateDiagram> = diagram.into();
    // The choice holds until the selection changes.
    let picked = use_state(|| (None::<SocketKey>, props.selection));
    let (trace, dissection) = (&props.trace, &props.dissection);

    let candidates = candidates(trace, dissection, props.index);
    let chosen = selected(dissection, props.selection, props.index);
    let own = picked.0.filter(|key| picked.1 == props.selection && candidates.contains(key));
    let shown =
        own.or(chosen).or(candidates.first().copied()).or_else(|| listener(trace, dissection, props.index));

    let position = shown
        .and_then(|key| diagram.position(trace, dissection, Cursor::new(props.index, Instant::ZERO), key));
    let last = position.as_ref().and_then(|position| position.last_edge).and_then(|(_, entry)| {
        let entry = trace.entries.get(entry as usize)?;
        match &entry.event {
            Event::Socket { notice: Notice::StateChanged { from, to, trigger }, .. } => {
                Some((entry, *from, *to, *trigger))
            }
            _ => None,
        }
    });
    use_effect_with(
        (node.clone(), position.as_ref().map(|position| position.visited.clone())),
        |(node, _)| {
            let sheet = node.cast::<Element>();
            let current =
                sheet.as_ref().and_then(|sheet| sheet.query_selector(".state-box.is-current").ok().flatten());
            if let Some((sheet, current)) = sheet.zip(current) {
                bring_in_sight(&sheet, &current, 0.0);
            }
        },
    );
    let name = |key: SocketKey| {
        let who = who(text, trace, key.node);
        let number = connection_number(dissection, key);
        let number = if number == 0 { String::new() } else { format!(" {}", words::circled(number)) };
        (format!("{}{number}", who.name), who.class)
    };

    let switch = candidates.iter().map(|key| {
        let key = *key;
        let (name, class) = name(key);
        let onclick = {
            let (picked, selection) = (picked.clone(), props.selection);
            Callback::from(move |_: MouseEvent| picked.set((Some(key), selection)))
        };
        html! {
            <button type="button" class={classes!("state-choice", class)} aria-pressed={(shown == Some(key)).to_string()} {onclick}
                key={u64::from(key.node.0) << 32 | u64::from(key.socket.0)}>
                <i aria-hidden="true" />{ name }
            </button>
        }
    });
    let state = position.as_ref().map_or(State::Closed, |position| position.state);
    let (owner, role) = shown.map_or((String::new(), "role-other"), name);
    let said = match &position {
        Some(_) => text.get("state-said", &[("socket", &owner), ("state", state.name())]),
        None => text.plain("state-none"),
    };
    let narrow = width.is_some_and(|width| width < NARROW);
    html! {
        // Without buttons in it, it is scrolled by itself.
        <div class="state-diagram" ref={node} tabindex={(candidates.len() <= 1).then_some("0")}>
            <div class="state-sheet">
                <div class="state-head-line">
                    if candidates.len() > 1 {
                        <div class="state-choices" role="group" aria-label={text.plain("state-choose")}>{ for switch }</div>
                    }
                    <p class={classes!("state-now", role)}>
                        <span class="state-said">{ &said }</span>
                        if let Some((entry, from, to, trigger)) = last {
                            { last_step(props, entry.index, &happened(text, from, to, trigger), &time_text::moment(entry.at)) }
                        }
                    </p>
                </div>
                <Diagram diagram={diagram.clone()} trigger={last.map(|(_, _, _, trigger)| trigger)} {position} {narrow} {said} {role} />
                <p class="state-note">
                    <svg viewBox="-11 -11 22 22" aria-hidden="true"><path d="M1.5 -8 H5 L2.6 -2 H6 L-3.5 8 L-1.2 1.5 H-5 Z" /></svg>
                    { text.plain("state-note") }
                </p>
                { ways_out(text, &diagram, state) }
            </div>
        </div>
    }
}

/// A transition as text: from, to, trigger, RFC section.
fn happened(text: Text, from: State, to: State, trigger: Trigger) -> String {
    let sends_fin = !matches!(from, State::Listen | State::SynSent);
    let section =
        playground_core::tcp::transition(from, trigger).map(|edge| source(edge.section)).unwrap_or_default();
    let words = trigger_words(text, trigger, sends_fin);
    format!("{} → {} · {words} · {section}", from.name(), to.name())
}

/// The last transition, as a button that selects it.
fn last_step(props: &StateViewProps, entry: u32, words: &str, at: &str) -> Html {
    let selection = Selection::of_entry(&props.trace, &props.dissection, entry);
    let onclick = props.on_select.reform(move |_: MouseEvent| selection);
    html! {
        <button type="button" class="state-last" {onclick}>
            <span class="state-time">{ at.to_owned() }</span>{ " " }{ words.to_owned() }
        </button>
    }
}
