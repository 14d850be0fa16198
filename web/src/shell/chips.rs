//! What was done to the run, as chips that can be taken away.

use playground_core::scenario::{Action as Deed, Direction, ImpairmentKind};
use yew::prelude::*;

use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::session::{Action, Edit, Model};
use crate::shared::Shared;

/// Properties of [`Chips`].
#[derive(Properties, PartialEq)]
pub struct ChipsProps {
    /// What was done.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// The run.
    pub model: Shared<Model>,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// One chip for each thing.
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

/// One thing in words.
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
                Deed::Close { node, .. } => socket_call("close()", node),
                Deed::Shutdown { node, .. } => socket_call("shutdown()", node),
                Deed::Abort { node, .. } => socket_call("abort()", node),
                Deed::Call { node, call } => socket_call(call, node),
                Deed::PullCable { between } => cable("break-did-pull", between),
                Deed::PutCableBack { between } => cable("break-did-put-back", between),
                Deed::DropNext { node } | Deed::DelayNext { node, .. } => socket_call("…", node),
            }
        }
    }
}
