//! A question about what happens next.

use playground_lessons::{OptionText, QuestionText};
use yew::prelude::*;

use super::line;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::session::Action;

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
pub struct QuestionProps {
    /// The question.
    pub question: QuestionText,
    /// The options chosen so far, in that order.
    pub given: Vec<u8>,
    /// Whether the answer was shown without being given.
    pub revealed: bool,
    /// Whether the answer may be shown.
    pub may_show: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The question and its answers. A wrong answer explains the misconception and leaves the others open; the newest
/// explanation takes the place of the one before.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let text = use_text();
    let is_given = |index: usize| props.given.iter().any(|given| usize::from(*given) == index);
    let options = &props.question.options;
    let solved =
        props.revealed || options.iter().enumerate().any(|(index, option)| option.correct && is_given(index));
    let option = |(index, option): (usize, &OptionText)| {
        let given = is_given(index) || (props.revealed && option.correct);
        let state = match (given, option.correct) {
            (true, true) => "right",
            (true, false) => "wrong",
            (false, _) => "",
        };
        let number = u8::try_from(index).unwrap_or(u8::MAX);
        let onclick = props.on_command.reform(move |_: MouseEvent| Command::Answer(number));
        let sign = match (given, option.correct) {
            (true, true) => html! { { icon(Picture::Right) } },
            (true, false) => html! { { icon(Picture::Close) } },
            (false, _) => html! { index + 1 },
        };
        let verdict = match state {
            "right" => text.plain("question-right"),
            "wrong" => text.plain("question-wrong"),
            _ => String::new(),
        };
        html! {
            <li class={classes!("option", state)}>
                // A solved question keeps its buttons, so that the focus has a place to stay.
                <button type="button" {onclick} aria-disabled={(solved || given).to_string()}>
                    <span class="number" aria-hidden="true">{ sign }</span>
                    <span>{ line(&option.text) }</span>
                    if given { <span class="hidden">{ verdict }</span> }
                </button>
            </li>
        }
    };
    let newest = match props.revealed {
        true => options.iter().find(|option| option.correct),
        false => props.given.last().and_then(|last| options.get(usize::from(*last))),
    };
    let verdict = |option: &OptionText| {
        let (class, key) = match (props.revealed, option.correct) {
            (true, _) => ("right", "question-shown"),
            (false, true) => ("right", "question-right"),
            (false, false) => ("wrong", "question-wrong"),
        };
        html! {
            <p class={classes!("explanation", class)} key={props.given.len()}>
                <strong>{ text.plain(key) }</strong>{ " " }{ line(&option.explanation) }
            </p>
        }
    };
    html! {
        <section class={classes!("question", solved.then_some("solved"))} id="question" tabindex="-1" aria-label={text.plain("question")}>
            <h3>{ line(&props.question.prompt) }</h3>
            <ol role="list">{ for props.question.options.iter().enumerate().map(option) }</ol>
            <div aria-live="polite">{ newest.map(verdict) }</div>
            if props.may_show {
                <button type="button" class="quiet" onclick={props.on_action.reform(|_: MouseEvent| Action::ShowAnswer)}>
                    { text.plain("question-show") }
                </button>
            }
        </section>
    }
}
