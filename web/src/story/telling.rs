//! A step: its caption, its text, its question; at the last step what the variants compare.

use playground_lessons::Step;
use yew::prelude::*;

use super::first_visit::FirstVisit;
use super::prose::{line, prose};
use super::question::Question;
use super::real_scale::RealScale;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`Telling`].
#[derive(Properties, PartialEq)]
pub struct TellingProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The step's text.
    pub step: Step,
    /// Its place in the lesson, from 0.
    pub place: usize,
    /// The number of steps.
    pub count: usize,
    /// The options chosen.
    pub given: Vec<u8>,
    /// Whether the answer of its question was shown without being given.
    pub revealed: bool,
    /// Whether that answer may be shown.
    pub may_show: bool,
    /// Whether its question is open.
    pub open: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The step.
#[component]
pub fn Telling(props: &TellingProps) -> Html {
    let text = use_text();
    let words = props.model.text(text.language());
    let lesson = props.model.run.lesson;
    let step = &props.step;
    let (number, of) = ((props.place + 1).to_string(), props.count.to_string());
    let eyebrow =
        text.get("story-step", &[("lesson", &lesson.number.to_string()), ("step", &number), ("steps", &of)]);
    let is_last = props.place + 1 == props.count;
    html! {
        <div class="telling">
            if props.place == 0 { <FirstVisit /> }
            <p class="eyebrow">{ eyebrow }</p>
            if props.place == 0 { <p class="lead">{ line(&words.summary) }</p> }
            <h2>{ step.title.clone() }</h2>
            if step.absent {
                <p class="absent">{ icon(Picture::Warning) }{ text.plain("story-absent") }</p>
            }
            <div class={classes!("body", step.absent.then_some("is-absent"))}>{ prose(&step.body) }</div>
            if let Some(question) = &step.question {
                <Question question={question.clone()} given={props.given.clone()} revealed={props.revealed} may_show={props.may_show}
                    on_action={props.on_action.clone()} on_command={props.on_command.clone()} />
            }
            if is_last {
                if lesson.real_scale.is_some() {
                    <RealScale {lesson} values={props.model.run.values.clone()} />
                }
            }
        </div>
    }
}
