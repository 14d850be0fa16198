//! The programs of the hosts: their lines, the blocking one, and the possible calls.

use playground_core::scenario::Action as UserAction;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_playback::{Choice, LineState, Program, ProgramLine};
use yew::prelude::*;

use super::common::who::who;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::Action;

/// Properties of [`ProgramView`].
#[derive(Properties, PartialEq)]
pub struct ProgramViewProps {
    /// The trace.
    pub trace: RcEq<Trace>,
    /// How many entries of the trace have been applied.
    pub index: u32,
    /// The simulated time.
    pub now: Instant,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The program of each host that has one, with a button for each call that makes sense now.
#[component]
pub fn ProgramView(props: &ProgramViewProps) -> Html {
    let text = use_text();
    // Between two entries a program's state does not change, so the exact time does not matter.
    let now = props.now;
    let programs = use_memo((props.trace.clone(), props.index), move |(trace, index)| -> Vec<Program> {
        let world = trace.world_after(*index);
        let nodes = Program::nodes(&trace.scenario);
        nodes.into_iter().filter_map(|node| Program::at(trace, &world, now, node)).collect()
    });
    let programs = programs.iter().map(|program| {
        let who = who(text, &props.trace, program.node);
        let node = props.trace.scenario.nodes.get(program.node.index()).map(|node| node.name.clone());
        let name = who.name.to_string();
        html! {
            <section class={classes!("program", who.class)} aria-label={text.get("program-of", &[("node", &name)])}>
                <h3><i aria-hidden="true" />{ name.clone() }</h3>
                <ol role="list">{ for program.lines.iter().map(|line| line_of(text, line)) }</ol>
                { choices(text, program, &node.unwrap_or_default(), &props.on_action) }
            </section>
        }
    });
    html! { <div class="programs">{ for programs }</div> }
}

fn line_of(text: Text, line: &ProgramLine) -> Html {
    let (class, state) = match line.state {
        LineState::Blocked => ("blocked", text.plain("program-waits")),
        LineState::ToCome => ("to-come", text.plain("program-to-come")),
        LineState::Returned => {
            let result = line.result.clone().unwrap_or_default();
            (
                if line.failed { "failed" } else { "returned" },
                text.get("program-result", &[("result", &result)]),
            )
        }
    };
    html! {
        <li {class} aria-current={(line.state == LineState::Blocked).then_some("step")}>
            <code>{ line.text.clone() }</code>
            <small>{ state }</small>
        </li>
    }
}

fn choices(text: Text, program: &Program, node: &str, on_action: &Callback<Action>) -> Html {
    if program.choices.is_empty() {
        let key = if program.blocked().is_some() { "program-busy" } else { "program-running" };
        return html! { <p class="program-none">{ text.plain(key) }</p> };
    }
    let button = |choice: &Choice| {
        let action = UserAction::Call { node: node.to_owned(), call: choice.line.clone() };
        let onclick = on_action.reform(move |_: MouseEvent| Action::Intervene(action.clone()));
        html! {
            <li>
                <button type="button" {onclick}>
                    <code>{ choice.line.clone() }</code>
                    <small>{ outcome(text, choice) }</small>
                </button>
            </li>
        }
    };
    html! {
        <div class="program-choices">
            <h4>{ text.plain("program-choices") }</h4>
            <ul role="list">{ for program.choices.iter().map(button) }</ul>
        </div>
    }
}

/// The immediate effect of a call.
fn outcome(text: Text, choice: &Choice) -> String {
    let result = match &choice.returns {
        None => text.plain("program-would-block"),
        Some(result) if choice.fails => text.get("program-would-fail", &[("result", result)]),
        Some(result) => text.get("program-would-return", &[("result", result)]),
    };
    match &choice.sends {
        Some(flags) => format!("{}, {result}", text.get("program-would-send", &[("flags", flags)])),
        None => result,
    }
}
