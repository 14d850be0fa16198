//! The lesson's story column.

use playground_lessons::{ChallengeText, Goal, Lesson, Step, Ways};
use yew::prelude::*;

use super::challenge::Challenge;
use super::prose::prose;
use super::question::Question;
use super::real_scale::RealScale;
use super::ways::compared;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`Story`].
#[derive(Properties, PartialEq)]
pub struct StoryProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The current step, from 0.
    pub step: usize,
    /// The options chosen at this step.
    pub given: Vec<u8>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
    /// What stands above the step.
    pub children: Html,
}

/// The lesson after this one.
fn next_lesson(lesson: &Lesson) -> Option<&'static Lesson> {
    let place = playground_lessons::all().iter().position(|other| other.id == lesson.id)?;
    playground_lessons::all().get(place + 1).copied()
}

fn real_scale(props: &StoryProps) -> Html {
    let run = &props.model.run;
    html! { <RealScale lesson={run.lesson} values={run.values.clone()} /> }
}

fn challenged(words: ChallengeText, goal: RcEq<Goal>, on_action: &Callback<Action>) -> Html {
    html! { <Challenge {words} {goal} on_action={on_action.clone()} /> }
}

/// Step, caption, text, question; at the last step the challenge.
#[component]
pub fn Story(props: &StoryProps) -> Html {
    let text = use_text();
    let words = props.model.text(text.language());
    let lesson = props.model.run.lesson;
    let count = props.story.len();
    let is_last = props.step + 1 == count;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((lesson.id, props.step), move |_| {
            if let Some(element) = node.cast::<web_sys::Element>() {
                element.set_scroll_top(0);
            }
        });
    }
    let Some(step) = props.story.get(props.step) else {
        return Html::default();
    };
    let challenge = words.challenge.clone().zip(props.model.goal());
    let eyebrow = text.get(
        "story-step",
        &[
            ("lesson", &lesson.number.to_string()),
            ("step", &(props.step + 1).to_string()),
            ("steps", &count.to_string()),
        ],
    );
    let on_next = props.on_command.reform(|_: MouseEvent| Command::NextStep);
    let solved = step.question.as_ref().is_none_or(|question| {
        question.options.iter().enumerate().any(|(index, option)| {
            option.correct && props.given.iter().any(|given| usize::from(*given) == index)
        })
    });
    // The next caption is hidden while it would give the answer away.
    let next = props.story.get(props.step + 1).map(|next| solved.then(|| next.title.clone()));
    html! {
        <section ref={node} class="story" id="story" tabindex="-1" aria-label={text.plain("story")}>
            { props.children.clone() }
            <div class="telling" key={props.step}>
                <p class="eyebrow">{ eyebrow }</p>
                <h2>{ step.title.clone() }</h2>
                if step.absent {
                    <p class="absent">{ icon(Picture::Warning) }{ text.plain("story-absent") }</p>
                }
                <div class={classes!("body", step.absent.then_some("is-absent"))}>{ prose(&step.body) }</div>
                if let Some(question) = &step.question {
                    <Question question={question.clone()} given={props.given.clone()} on_command={props.on_command.clone()} />
                }
                if let Some(next) = next {
                    <button type="button" class="onward" onclick={on_next} title={Command::NextStep.tip(text)}>
                        <span><small>{ text.plain("story-next") }</small>{ next.unwrap_or_else(|| text.plain("story-next-hidden")) }</span>
                        { icon(Picture::Next) }
                    </button>
                }
                if is_last {
                    if let Some(ways) = Ways::of(&props.model.run) {
                        { compared(text, &words, &ways) }
                    }
                    if lesson.real_scale.is_some() {
                        { real_scale(props) }
                    }
                    if let Some((words, goal)) = challenge {
                        { challenged(words, goal, &props.on_action) }
                    }
                    if let Some(next) = next_lesson(lesson) {
                        <button type="button" class="onward" onclick={props.on_action.reform(move |_: MouseEvent| Action::OpenLesson(next.id))}>
                            <span><small>{ text.plain("story-next-lesson") }</small>{ next.text(text.language()).title.clone() }</span>
                            { icon(Picture::Next) }
                        </button>
                    }
                }
            </div>
        </section>
    }
}
