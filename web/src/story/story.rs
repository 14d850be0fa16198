//! The lesson's story column: the step, its question, the knobs in one line, and the way on.

use playground_lessons::{Lesson, Step};
use yew::prelude::*;

use super::challenge::challenge;
use super::closing::closing;
use super::fit::use_fit;
use super::knobs::Knobs;
use super::onward::onward;
use super::telling::Telling;
use super::what_if::WhatIf;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model, Page};

/// Properties of [`Story`].
#[derive(Properties, PartialEq)]
pub struct StoryProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The step that is told, from 0.
    pub step: usize,
    /// The options chosen at this step.
    pub given: Vec<u8>,
    /// Whether the answer of its question was shown without being given.
    pub revealed: bool,
    /// Whether that answer may be shown.
    pub may_show: bool,
    /// Whether its question is open: the next step is not shown before it is answered.
    pub open: bool,
    /// The page that is shown.
    pub page: Page,
    /// Why the last edit could not be run.
    pub problem: Option<AttrValue>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
    /// What stands above the step.
    pub children: Html,
}

/// The lesson after this one.
pub(super) fn next_lesson(lesson: &Lesson) -> Option<&'static Lesson> {
    let place = playground_lessons::all().iter().position(|other| other.id == lesson.id)?;
    playground_lessons::all().get(place + 1).copied()
}

/// The column. What does not fit at its size is set smaller, so that the question, its answers and the way on are in
/// sight together.
#[component]
pub fn Story(props: &StoryProps) -> Html {
    let text = use_text();
    let words = props.model.text(text.language());
    let lesson = props.model.run.lesson;
    let page = props.page;
    let wanted = words.challenge.clone().zip(props.model.goal());
    let scroll = use_node_ref();
    use_fit(&scroll, (lesson.id, props.step, page));
    let Some(step) = props.story.get(props.step) else {
        return Html::default();
    };
    let on_back = props.on_action.reform(|_: MouseEvent| Action::ShowPage(Page::Step));
    let told = match (page, wanted) {
        (Page::Challenge, Some((words_of_it, goal))) => html! {
            <div class="telling" key="challenge">
                { challenge(text, &words_of_it, &goal, &props.on_action) }
                <Knobs model={props.model.clone()} {words} on_action={props.on_action.clone()} />
            </div>
        },
        (Page::Closing, _) => closing(text, props),
        _ => html! {
            <Telling key={props.step} model={props.model.clone()} step={step.clone()} place={props.step} count={props.story.len()}
                given={props.given.clone()} revealed={props.revealed}
                may_show={props.may_show} open={props.open} on_action={props.on_action.clone()} on_command={props.on_command.clone()} />
        },
    };
    html! {
        <section class="story" id="story" tabindex="-1" aria-label={text.plain("story")}>
            { props.children.clone() }
            <div class="story-scroll" ref={scroll}>{ told }</div>
            <footer class="story-foot">
                if let Some(problem) = &props.problem {
                    <p class="problem" role="alert">{ icon(Picture::Warning) }<span>{ problem.clone() }</span></p>
                }
                if page == Page::Step {
                    <WhatIf key={lesson.id} model={props.model.clone()} open_question={props.open} on_action={props.on_action.clone()} on_command={props.on_command.clone()} />
                } else {
                    <button type="button" class="quiet" onclick={on_back}>
                        { icon(Picture::Previous) }{ text.plain("story-back") }
                    </button>
                }
                { onward(text, props) }
            </footer>
        </section>
    }
}
