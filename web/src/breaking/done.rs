//! What was done to the run, and the way back from each.

use playground_core::scenario::{Action as UserAction, Direction, ImpairmentKind, Scenario};
use playground_core::time::Instant;
use playground_editor::Change;
use playground_words::time_text;
use yew::prelude::*;

use super::amount::percent;
use crate::controls::seconds;
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// Properties of [`Done`].
#[derive(Properties, PartialEq)]
pub struct DoneProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The edits that the session holds apart from the scenario.
    pub edits: Vec<Edit>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// A list of what was done, in the order of time: each leads to its moment, and can be removed.
#[component]
pub fn Done(props: &DoneProps) -> Html {
    let text = use_text();
    let scenario = &props.model.trace.scenario;
    let mut all = done(scenario, &props.edits);
    if all.is_empty() {
        return Html::default();
    }
    all.sort_by_key(|(edit, _)| time_of(edit));
    let item = |(edit, back): &(Edit, Action)| {
        let words = described(text, scenario, edit);
        let name = text.get("break-take-back", &[("what", &words)]);
        let back = back.clone();
        let remove = props.on_action.reform(move |_: MouseEvent| back.clone());
        html! {
            <li>
                if let Some(at) = time_of(edit) {
                    <button type="button" class="chip-name" title={text.plain("break-go")}
                        onclick={props.on_action.reform(move |_: MouseEvent| Action::Seek(at))}>{ words }</button>
                } else {
                    <span>{ words }</span>
                }
                <button type="button" onclick={remove} aria-label={name.clone()} title={name}>{ icon(Picture::Close) }</button>
            </li>
        }
    };
    let count = all.len().to_string();
    html! {
        <section class="done-list" aria-label={text.plain("break-done")}>
            <h3>{ text.get("break-done-count", &[("count", &count)]) }</h3>
            <ul class="chips" role="list">{ for all.iter().map(item) }</ul>
        </section>
    }
}

/// What was done to segments, sockets, hosts and links of a scenario, and how each is taken back.
fn done(scenario: &Scenario, edits: &[Edit]) -> Vec<(Edit, Action)> {
    // The session's edits stand behind what the scenario has by itself.
    let held = |edit: &Edit| edits.iter().rposition(|other| other == edit).map(Action::TakeBack);
    let remove = |at: String| Action::Change(Change::Remove { at });
    let mut done = Vec::new();
    for (place, intervention) in scenario.interventions.iter().enumerate() {
        let edit = Edit::Intervene(intervention.clone());
        let back = held(&edit).unwrap_or_else(|| remove(format!("/interventions/{place}")));
        done.push((edit, back));
    }
    for (place, link) in scenario.links.iter().enumerate() {
        for (nth, impairment) in link.impairments.iter().enumerate() {
            let is_of_one = matches!(
                impairment.kind,
                ImpairmentKind::Drop { .. }
                    | ImpairmentKind::Delay { .. }
                    | ImpairmentKind::Duplicate { .. }
                    | ImpairmentKind::Corrupt { .. }
            );
            if is_of_one {
                let edit = Edit::Impair { link: place, impairment: impairment.clone() };
                let back = held(&edit).unwrap_or_else(|| remove(format!("/links/{place}/impairments/{nth}")));
                done.push((edit, back));
            }
        }
    }
    done
}

/// When an edit is made; an impairment of a link has no time of its own.
pub const fn time_of(edit: &Edit) -> Option<Instant> {
    match edit {
        Edit::Impair { .. } => None,
        Edit::Intervene(intervention) => Some(intervention.after.at_us),
    }
}

/// An edit as text.
pub fn described(text: Text, scenario: &Scenario, edit: &Edit) -> String {
    match edit {
        Edit::Impair { link, impairment } => {
            let between = scenario.links.get(*link).map(|link| link.between.clone()).unwrap_or_default();
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
            let time = seconds(intervention.after.at_us);
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
            let delayed = |by_us| text.get("break-delay", &[("amount", &time_text::span(by_us))]);
            let packet = |what: &str, packet: u32| {
                let number = (packet + 1).to_string();
                text.get("break-did-packet", &[("time", &time), ("nth", &number), ("what", what)])
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
                UserAction::MakeLossy { between, per_mille } => text.get(
                    "break-did-lossy",
                    &[
                        ("time", &time),
                        ("from", &text.node(&between.0)),
                        ("to", &text.node(&between.1)),
                        ("amount", &percent(*per_mille)),
                    ],
                ),
                UserAction::DropNext { node } => at_node("break-lose", node),
                UserAction::DelayNext { node, by_us } => socket_call(&delayed(*by_us), node),
                UserAction::Lose { packet: id } => packet(&text.plain("break-lose"), *id),
                UserAction::Delay { packet: id, by_us } => packet(&delayed(*by_us), *id),
                UserAction::Duplicate { packet: id } => packet(&text.plain("break-duplicate"), *id),
                UserAction::Corrupt { packet: id } => packet(&text.plain("break-corrupt"), *id),
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
