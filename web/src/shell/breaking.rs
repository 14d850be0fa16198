//! Edits to a run: the ones that the selection allows, and the ones made so far.

use playground_core::event::Event;
use playground_core::scenario::{Action as UserAction, Direction, ImpairmentKind, Intervention, LinkSpec};
use playground_core::time::Duration;
use playground_playback::Selection;
use yew::prelude::*;

use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// The delay of a delayed segment.
const DELAY: Duration = Duration::from_millis(1_000);

/// Properties of [`Breaking`].
#[derive(Properties, PartialEq)]
pub struct BreakingProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The selection.
    pub selection: Selection,
    /// The edits made so far.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The buttons for the selection, and the edits made so far.
#[component]
pub fn Breaking(props: &BreakingProps) -> Html {
    let text = use_text();
    let button = |key: &str, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="button small" {onclick}>{ text.plain(key) }</button> }
    };
    let trace = &props.model.trace;
    let mut buttons = Vec::new();
    if let Some(id) = props.selection.segment {
        buttons.extend(Edit::lose(trace, id).map(|edit| button("break-lose", Action::Edit(edit))));
        buttons.extend(Edit::delay(trace, id, DELAY).map(|edit| button("break-delay", Action::Edit(edit))));
    } else if let Some(key) = props.selection.socket
        && let Some(node) = trace.scenario.nodes.get(key.node.index())
    {
        let (node, socket) = (node.name.clone(), key.socket.0);
        buttons
            .push(button("break-close", Action::Intervene(UserAction::Close { node: node.clone(), socket })));
        buttons.push(button(
            "break-shutdown",
            Action::Intervene(UserAction::Shutdown { node: node.clone(), socket }),
        ));
        buttons.push(button("break-abort", Action::Intervene(UserAction::Abort { node, socket })));
    }
    if let Some(link) = link_of(&props.model, props.selection) {
        let between = link.between.clone();
        let is_out =
            props.edits.iter().rev().find_map(|edit| match edit {
                Edit::Intervene(Intervention {
                    action: UserAction::PullCable { between: other }, ..
                }) if *other == between => Some(true),
                Edit::Intervene(Intervention {
                    action: UserAction::PutCableBack { between: other }, ..
                }) if *other == between => Some(false),
                _ => None,
            });
        buttons.push(if is_out == Some(true) {
            button("break-put-back", Action::Intervene(UserAction::PutCableBack { between }))
        } else {
            button("break-pull", Action::Intervene(UserAction::PullCable { between }))
        });
    }
    if buttons.is_empty() && props.edits.is_empty() && !props.replaced {
        return Html::default();
    }
    html! {
        <section class="breaking" aria-label={text.plain("break")}>
            if !buttons.is_empty() {
                <div class="buttons"><h3>{ text.plain("break") }</h3>{ buttons }</div>
            }
            <Chips edits={props.edits.clone()} replaced={props.replaced} model={props.model.clone()} on_action={props.on_action.clone()} />
        </section>
    }
}

/// The link that the selected segment crosses, or the selected socket's connection uses.
fn link_of(model: &Model, selection: Selection) -> Option<&LinkSpec> {
    let hop = model.trace.entries.iter().find_map(|entry| match &entry.event {
        Event::PacketSent { id, hop, .. } if Some(*id) == selection.segment => Some(*hop),
        Event::PacketSent { socket: Some(socket), hop, .. }
            if selection.segment.is_none()
                && selection.socket.is_some_and(|key| (key.node, key.socket) == (entry.node, *socket)) =>
        {
            Some(*hop)
        }
        _ => None,
    })?;
    model.trace.scenario.links.get(hop.index())
}

/// Properties of [`Chips`].
#[derive(Properties, PartialEq)]
pub struct ChipsProps {
    /// The edits.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// The run.
    pub model: RcEq<Model>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// One chip per edit.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    let text = use_text();
    if props.edits.is_empty() && !props.replaced {
        return Html::default();
    }
    let chip = |words: String, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        let name = text.get("break-take-back", &[("what", &words)]);
        html! {
            <li>
                <span>{ words }</span>
                <button type="button" {onclick} aria-label={name.clone()} title={name}>{ icon(Picture::Close) }</button>
            </li>
        }
    };
    let edits = props
        .edits
        .iter()
        .enumerate()
        .map(|(index, edit)| chip(described(text, &props.model, edit), Action::TakeBack(index)));
    html! {
        <ul class="chips" role="list" aria-label={text.plain("break-done")}>
            if props.replaced { { chip(text.plain("break-replaced"), Action::RestoreScenario) } }
            { for edits }
        </ul>
    }
}

/// An edit as text.
fn described(text: Text, model: &Model, edit: &Edit) -> String {
    match edit {
        Edit::Impair { link, impairment } => {
            let between =
                model.trace.scenario.links.get(*link).map(|link| link.between.clone()).unwrap_or_default();
            let (from, to) = match impairment.direction {
                Direction::Forward => between,
                Direction::Backward => (between.1, between.0),
            };
            let (key, nth) = match &impairment.kind {
                ImpairmentKind::Drop { nth, .. } => ("break-did-lose", *nth),
                ImpairmentKind::Delay { nth, .. } => ("break-did-delay", *nth),
                _ => ("break-did-other", 0),
            };
            text.get(key, &[("from", &text.node(&from)), ("to", &text.node(&to)), ("nth", &nth.to_string())])
        }
        Edit::Intervene(intervention) => {
            let time = crate::controls::seconds(intervention.after.at_us);
            let socket_call = |call: &str, node: &str| {
                text.get("break-did-call", &[("time", &time), ("node", &text.node(node)), ("call", call)])
            };
            let cable = |key: &str, between: &(String, String)| {
                text.get(
                    key,
                    &[("time", &time), ("from", &text.node(&between.0)), ("to", &text.node(&between.1))],
                )
            };
            match &intervention.action {
                UserAction::Close { node, .. } => socket_call("close()", node),
                UserAction::Shutdown { node, .. } => socket_call("shutdown()", node),
                UserAction::Abort { node, .. } => socket_call("abort()", node),
                UserAction::Call { node, call } => socket_call(call, node),
                UserAction::PullCable { between } => cable("break-did-pull", between),
                UserAction::PutCableBack { between } => cable("break-did-put-back", between),
                UserAction::DropNext { node } | UserAction::DelayNext { node, .. } => socket_call("…", node),
            }
        }
    }
}
