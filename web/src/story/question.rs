//! A question about what happens next.

use playground_lessons::{OptionText, QuestionText};
use yew::prelude::*;

use super::line;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
pub struct QuestionProps {
    /// The question.
    pub question: QuestionText,
    /// The options chosen so far, in that order.
    pub given: Vec<u8>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The question and its answers; a wrong answer explains the misconception and leaves the others open.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let text = use_text();
    let is_given = |index: usize| props.given.iter().any(|given| usize::from(*given) == index);
    let solved =
        props.question.options.iter().enumerate().any(|(index, option)| option.correct && is_given(index));
    let option = |(index, option): (usize, &OptionText)| {
        let given = is_given(index);
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
                    if given { <span class="hidden">{ verdict.clone() }</span> }
                </button>
                if given {
                    <p class="explanation"><strong>{ verdict }</strong>{ " " }{ line(&option.explanation) }</p>
                }
            </li>
        }
    };
    html! {
        <section class={classes!("question", solved.then_some("solved"))} aria-label={text.plain("question")}>
            <h3>{ line(&props.question.prompt) }</h3>
            <ol role="list">{ for props.question.options.iter().enumerate().map(option) }</ol>
            <p class="hidden" aria-live="polite">
                if let Some(last) = props.given.last().and_then(|last| props.question.options.get(usize::from(*last))) {
                    { text.plain(if last.correct { "question-right" } else { "question-wrong" }) }
                    { " " }
                    { line(&last.explanation) }
                }
            </p>
        </section>
    }
}
