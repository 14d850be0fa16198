//! The embedded view: the picture of the step, the lesson's name, a caption, two arrows; the question where the link
//! asks for it.

use playground_core::time::Instant;
use playground_lessons::{Step, View};
use playground_playback::{Frame, Selection};
use yew::prelude::*;

use super::state::view_of;
use crate::address::{Chrome, Embed, Problem, Remark};
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};
use crate::story::Question;
use crate::view::AnyView;

/// Properties of [`EmbedView`].
#[derive(Properties, PartialEq)]
pub struct EmbedViewProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The step that is told, from 0.
    pub step: usize,
    /// The view of the step, or the one that the link names.
    pub view: View,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// What is shown.
    pub embed: Embed,
    /// The controls around the drawing.
    pub chrome: Chrome,
    /// The unusable parameters of the link.
    pub remarks: RcEq<Vec<Remark>>,
    /// Whether questions are asked.
    pub asks: bool,
    /// The options chosen at this step.
    pub given: Vec<u8>,
    /// Whether the step's answer was shown without being given.
    pub revealed: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The picture and its caption.
#[component]
pub fn EmbedView(props: &EmbedViewProps) -> Html {
    let text = use_text();
    let on_select = use_callback(props.on_action.clone(), |selection: Selection, on_action| {
        on_action.emit(Action::Select(selection));
    });
    let on_seek =
        use_callback(props.on_action.clone(), |at: Instant, on_action| on_action.emit(Action::Seek(at)));
    let view = view_of(props.embed, props.view, &props.model);
    let arrow = |command: Command, picture: Picture, class: &'static str, off: bool| {
        let onclick = props.on_command.reform(move |_: MouseEvent| command);
        html! {
            <button type="button" class={classes!("arrow", class)} {onclick} aria-label={command.label(text)}
                aria-disabled={off.to_string()}>
                { icon(picture) }
            </button>
        }
    };
    let count = props.story.len();
    let step = props.story.get(props.step);
    let question = step.and_then(|step| step.question.clone()).filter(|_| props.asks);
    let words = props.model.text(text.language());
    let lesson = words.title.clone();
    // A room need not read that a link is old.
    let is_told = |remark: &&Remark| remark.problem != Problem::NoVersion;
    let mut problems = props.remarks.iter().filter(is_told).peekable();
    html! {
        <main class="embed" aria-label={lesson.clone()}>
            if problems.peek().is_some() {
                <ul class="embed-problems" role="status">
                    { for problems.map(|remark| html! { <li>{ remark.sentence(text, &words) }</li> }) }
                </ul>
            }
            <div class={classes!("embed-picture", format!("is-{}", view.name()))}>
                <AnyView {view} model={props.model.clone()} now={props.frame.cursor}
                    selection={props.selection} compact=true {on_select} {on_seek} on_action={props.on_action.clone()} />
            </div>
            if props.chrome == Chrome::Caption {
                <div class={classes!("embed-bar", question.is_some().then_some("asks"))}>
                    <p class="badge" aria-label={text.get("live-step", &[("step", &(props.step + 1).to_string()), ("steps", &count.to_string())])}>
                        { props.step + 1 }{ " / " }{ count }
                    </p>
                    <div class="embed-words">
                        <p class="embed-lesson">{ lesson }</p>
                        <h1 class="caption">{ step.map(|step| step.title.clone()) }</h1>
                    </div>
                    <div class="arrows">
                        { arrow(Command::PreviousStep, Picture::Previous, "back", props.step == 0) }
                        { arrow(Command::NextStep, Picture::Next, "on", props.step + 1 == count) }
                    </div>
                    if let Some(question) = question {
                        <Question {question} given={props.given.clone()} revealed={props.revealed} may_show=false
                            on_action={props.on_action.clone()} on_command={props.on_command.clone()} />
                    }
                </div>
            }
        </main>
    }
}
