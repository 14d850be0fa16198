//! The programs of the hosts, and below them the calls that they could make now.

use playground_core::scenario::Action as UserAction;
use playground_drawing::Hero;
use playground_playback::{Choice, Cursor, Program, Selection};
use yew::prelude::*;

use super::HeroView;
use super::common::who::who;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`ProgramView`].
#[derive(Properties, PartialEq)]
pub struct ProgramViewProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The picture of its programs.
    pub hero: RcEq<Hero>,
    /// The moment.
    pub now: Cursor,
    /// For slides: the picture alone.
    pub compact: bool,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The picture, with a button for each call that makes sense now.
#[component]
pub fn ProgramView(props: &ProgramViewProps) -> Html {
    let text = use_text();
    // Between two entries a program's state does not change, so the exact time does not matter.
    let now = props.now.at;
    let programs =
        use_memo((props.model.trace.clone(), props.now.index), move |(trace, index)| -> Vec<Program> {
            let world = trace.world_after(*index);
            let nodes = Program::nodes(&trace.scenario);
            nodes.into_iter().filter_map(|node| Program::at(trace, &world, now, node)).collect()
        });
    let free = programs.iter().filter(|program| !program.choices.is_empty());
    let choices = free.map(|program| choices(text, &props.model, program, &props.on_action));
    html! {
        <div class="programs">
            <HeroView hero={props.hero.clone()} now={props.now} slide={props.compact} on_select={props.on_select.clone()} />
            if !props.compact { { for choices } }
        </div>
    }
}

fn choices(text: Text, model: &Model, program: &Program, on_action: &Callback<Action>) -> Html {
    let node = model.trace.scenario.nodes.get(program.node.index());
    let node = node.map(|node| node.name.clone()).unwrap_or_default();
    let who = who(text, &model.trace, program.node);
    let button = |choice: &Choice| {
        let action = UserAction::Call { node: node.clone(), call: choice.line.clone() };
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
        <section class={classes!("program-choices", who.class)} aria-label={text.get("program-of", &[("node", &who.name)])}>
            <h4><i aria-hidden="true" />{ who.name.clone() }{ ": " }{ text.plain("program-choices") }</h4>
            <ul role="list">{ for program.choices.iter().map(button) }</ul>
        </section>
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
