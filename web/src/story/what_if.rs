//! The knobs as one line, and over the story on request.

use playground_lessons::{KnobKind, KnobText, Lesson, LessonText};
use yew::prelude::*;

use super::knobs::{Knobs, label_of, with_unit};
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model, Page};

/// Properties of [`WhatIf`].
#[derive(Properties, PartialEq)]
pub(super) struct WhatIfProps {
    /// The run.
    pub(super) model: RcEq<Model>,
    /// Whether the step's question is open, which folds the knobs.
    pub(super) open_question: bool,
    /// Dispatches an action.
    pub(super) on_action: Callback<Action>,
    /// Runs a command.
    pub(super) on_command: Callback<Command>,
}

/// The line with the settings, which opens the knobs.
#[component]
pub(super) fn WhatIf(props: &WhatIfProps) -> Html {
    let text = use_text();
    let words = props.model.text(text.language());
    let lesson = props.model.run.lesson;
    let is_open = use_state_eq(|| false);
    {
        let is_open = is_open.clone();
        use_effect_with(props.open_question, move |open_question| {
            if *open_question {
                is_open.set(false);
            }
        });
    }
    let on_toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let on_note = props.on_command.reform(|_: MouseEvent| Command::Note);
    let on_challenge = props.on_action.reform(|_: MouseEvent| Action::ShowPage(Page::Challenge));
    let challenge = words.challenge.as_ref().filter(|_| props.model.goal().is_some());
    html! {
        <div class={classes!("what-if", is_open.then_some("is-open"))}>
            if *is_open {
                <div class="what-if-panel" id="what-if-panel">
                    <Knobs model={props.model.clone()} words={words.clone()} on_action={props.on_action.clone()} />
                    <div class="asides">
                        if let Some(challenge) = challenge {
                            <button type="button" class="quiet" onclick={on_challenge}>
                                { icon(Picture::Goal) }{ challenge.title.clone() }
                            </button>
                        }
                        <button type="button" class="quiet" onclick={on_note}>
                            { icon(Picture::Note) }{ Command::Note.label(text) }
                        </button>
                    </div>
                </div>
            }
            <button type="button" class="what-if-line" onclick={on_toggle} aria-expanded={is_open.to_string()}
                aria-controls="what-if-panel">
                <span class="what-if-name">{ text.plain("what-if") }</span>
                <span class="what-if-values">{ settings(text, lesson, &props.model, &words) }</span>
                <span class="what-if-change">{ text.plain(if *is_open { "what-if-close" } else { "what-if-change" }) }</span>
            </button>
        </div>
    }
}

/// The settings in a row: `Dumb proxy · idle 15 s`.
fn settings(text: Text, lesson: &Lesson, model: &Model, words: &LessonText) -> String {
    let shown = lesson.knobs.iter().filter(|knob| !model.hides_knob(knob.id)).filter_map(|knob| {
        let value = model.run.values.get(knob.id);
        let words: Option<&KnobText> = words.knob(knob.id);
        let name = words.map_or(knob.id, |words| &words.label);
        match knob.kind {
            KnobKind::Choice { .. } => {
                let value = words.map_or_else(|| value.to_owned(), |words| label_of(words, value));
                Some(format!("{name}: {value}"))
            }
            KnobKind::Range { unit, .. } => Some(format!("{name} {}", with_unit(text, value, unit))),
            KnobKind::Text { .. } => None,
        }
    });
    shown.collect::<Vec<_>>().join(" · ")
}
