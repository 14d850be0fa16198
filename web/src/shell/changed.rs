//! What the user changed about the run, above the story, which tells the unchanged one.

use playground_core::scenario::{Action as UserAction, Direction, ImpairmentKind};
use playground_core::time::Instant;
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
    let chip = |words: String, at: Option<Instant>, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        let name = text.get("break-take-back", &[("what", &words)]);
        html! {
            <li>
                if let Some(at) = at {
                    <button type="button" class="chip-name" title={text.plain("break-go")} onclick={props.on_action.reform(move |_: MouseEvent| Action::Seek(at))}>
                        { words }
                    </button>
                } else {
                    <span>{ words }</span>
                }
                <button type="button" {onclick} aria-label={name.clone()} title={name}>{ icon(Picture::Close) }</button>
            </li>
        }
    };
    let edits = props.edits.iter().enumerate().map(|(index, edit)| {
        chip(described(text, &props.model, edit), time_of(edit), Action::TakeBack(index))
    });
    let on_undo = props.on_action.reform(|_: MouseEvent| Action::RestoreScenario);
    html! {
        <section class="changed" aria-label={text.plain("break-done")}>
            <p>{ text.plain("changed-run") }</p>
            <ul class="chips" role="list">
                if props.replaced { { chip(text.plain("break-replaced"), None, Action::RestoreScenario) } }
                { for edits }
            </ul>
            <p class="changed-story">
                <span>{ text.plain("changed-story") }</span>
                <button type="button" class="quiet" onclick={on_undo}>{ icon(Picture::Reset) }{ text.plain("changed-undo") }</button>
            </p>
        </section>
    }
}

/// When an edit is made; an impairment of a link has no time of its own.
const fn time_of(edit: &Edit) -> Option<Instant> {
    match edit {
        Edit::Impair { .. } => None,
        Edit::Intervene(intervention) => Some(intervention.after.at_us),
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
                ImpairmentKind::Duplicate { nth, .. } => ("break-did-duplicate", *nth),
                ImpairmentKind::Corrupt { nth, .. } => ("break-did-corrupt", *nth),
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
            let at_node = |key: &str, node: &str| socket_call(&text.plain(key), node);
            let packet = |key: &str, packet: u32| {
                let number = (packet + 1).to_string();
                text.get("break-did-packet", &[("time", &time), ("nth", &number), ("what", &text.plain(key))])
            };
            match &intervention.action {
                UserAction::Close { node, .. } => socket_call("close()", node),
                UserAction::Shutdown { node, .. } => socket_call("shutdown()", node),
                UserAction::Abort { node, .. } => socket_call("abort()", node),
                UserAction::Call { node, call } => socket_call(call, node),
                UserAction::Interrupt { node } => at_node("console-interrupt", node),
                UserAction::PullCable { between } => cable("break-did-pull", between),
                UserAction::PutCableBack { between } => cable("break-did-put-back", between),
                UserAction::MakeLossy { between, per_mille: 0 } => cable("break-did-heal", between),
                UserAction::MakeLossy { between, .. } => cable("break-did-lossy", between),
                UserAction::DropNext { node } => at_node("break-lose", node),
                UserAction::DelayNext { node, .. } => at_node("break-delay", node),
                UserAction::Lose { packet: id } => packet("break-lose", *id),
                UserAction::Delay { packet: id, .. } => packet("break-delay", *id),
                UserAction::Duplicate { packet: id } => packet("break-duplicate", *id),
                UserAction::Corrupt { packet: id } => packet("break-corrupt", *id),
                UserAction::InjectReset { node, beyond: 0, .. } => at_node("break-reset", node),
                UserAction::InjectReset { node, .. } => at_node("break-reset-guessed", node),
                UserAction::Crash { node } => at_node("break-crash", node),
                UserAction::Restart { node } => at_node("break-restart", node),
                UserAction::StopReading { node } => at_node("break-stop-reading", node),
                UserAction::ReadAgain { node } => at_node("break-read-again", node),
            }
        }
    }
}
