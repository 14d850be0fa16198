//! The what-if column: knobs, challenge and note.

use yew::prelude::*;

use super::challenge::Challenge;
use super::knobs::Knobs;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`WhatIf`].
#[derive(Properties, PartialEq)]
pub struct WhatIfProps {
    /// The run.
    pub model: RcEq<Model>,
    /// Whether the last step is current: the challenge is then part of the story.
    pub is_last: bool,
    /// Why the last edit could not be run.
    pub problem: Option<AttrValue>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The settings of the run.
#[component]
pub fn WhatIf(props: &WhatIfProps) -> Html {
    let text = use_text();
    let words = props.model.text(text.language());
    let challenge = words.challenge.clone().zip(props.model.goal()).filter(|_| !props.is_last);
    let on_note = props.on_command.reform(|_: MouseEvent| Command::Note);
    html! {
        <section class="what-if" aria-label={text.plain("what-if")}>
            if let Some(problem) = &props.problem {
                <p class="problem" role="alert">{ icon(Picture::Warning) }<span>{ problem.clone() }</span></p>
            }
            <Knobs model={props.model.clone()} words={words.clone()} on_action={props.on_action.clone()} />
            <div class="asides">
                if let Some((words, goal)) = challenge {
                    <details class="challenge-later">
                        <summary>{ icon(Picture::Goal) }{ words.title.clone() }</summary>
                        <Challenge {words} {goal} on_action={props.on_action.clone()} />
                    </details>
                }
                <button type="button" class="quiet" onclick={on_note}>
                    { icon(Picture::Note) }{ Command::Note.label(text) }
                </button>
            </div>
        </section>
    }
}
