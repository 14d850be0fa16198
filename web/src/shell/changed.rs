//! What the user changed about the run, above the story, which tells the unchanged one.

use playground_core::scenario::{Action as UserAction, Direction, ImpairmentKind};
use yew::prelude::*;

use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// Properties of [`Changed`].
#[derive(Properties, PartialEq)]
pub struct ChangedProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The edits made so far.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The changes, each with a button that takes it back, and one for all of them.
#[component]
pub fn Changed(props: &ChangedProps) -> Html {
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
    let on_undo = props.on_action.reform(|_: MouseEvent| Action::RestoreScenario);
    html! {
        <section class="changed" aria-label={text.plain("break-done")}>
            <p>{ text.plain("changed-run") }</p>
            <ul class="chips" role="list">
                if props.replaced { { chip(text.plain("break-replaced"), Action::RestoreScenario) } }
                { for edits }
            </ul>
            <p class="changed-story">
                <span>{ text.plain("changed-story") }</span>
                <button type="button" class="quiet" onclick={on_undo}>{ icon(Picture::Reset) }{ text.plain("changed-undo") }</button>
            </p>
        </section>
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
