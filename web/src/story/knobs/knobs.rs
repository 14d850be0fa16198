//! All knobs of a lesson.

use playground_lessons::{Inline, Knob, KnobKind, KnobText, LessonText};
use yew::prelude::*;

use super::choice::Choice;
use super::range::Range;
use super::request::Request;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::session::{Action, Model};
use crate::shared::Shared;

/// Properties of [`Knobs`].
#[derive(Properties, PartialEq)]
pub struct KnobsProps {
    /// The run, with the values that it was made with.
    pub model: Shared<Model>,
    /// The lesson's words.
    pub words: Shared<LessonText>,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// The knobs, one below the other.
#[component]
pub fn Knobs(props: &KnobsProps) -> Html {
    let text = use_text();
    let run = &props.model.run;
    let values = &run.values;
    if run.lesson.knobs.is_empty() {
        return Html::default();
    }
    let changed = values.changed(run.lesson).next().is_some();
    let knob = |knob: &'static Knob| {
        let on_turn = props.on_action.reform(move |value: String| Action::TurnKnob { id: knob.id, value });
        let words = props.words.knob(knob.id);
        let label = words.map_or_else(|| knob.id.to_owned(), |words| words.label.clone());
        let help = words.map(help_of).unwrap_or_default();
        let value = values.get(knob.id).to_owned();
        match knob.kind {
            KnobKind::Choice { values, .. } => {
                let choices: Vec<(&'static str, String)> = values
                    .iter()
                    .map(|value| {
                        (*value, words.map_or_else(|| (*value).to_owned(), |words| label_of(words, value)))
                    })
                    .collect();
                html! { <Choice key={knob.id} id={knob.id} {label} {help} {choices} {value} {on_turn} /> }
            }
            KnobKind::Range { min, max, step, unit, .. } => {
                html! { <Range key={knob.id} id={knob.id} {label} {help} {min} {max} {step} {unit} {value} {on_turn} /> }
            }
            KnobKind::Text { default, multiline } => {
                html! {
                    <Request key={knob.id} id={knob.id} {label} {help} {default} {multiline} {value} {on_turn}
                        model={props.model.clone()} />
                }
            }
        }
    };
    let on_reset = props.on_action.reform(|_: MouseEvent| Action::ResetKnobs);
    html! {
        <div class="knobs" role="group" aria-label={text.plain("knobs")}>
            <header>
                <h3>{ text.plain("knobs-title") }</h3>
                if changed {
                    <button type="button" class="quiet" onclick={on_reset}>
                        { icon(Picture::Reset) }{ text.plain("knobs-reset") }
                    </button>
                }
            </header>
            { for run.lesson.knobs.iter().map(knob) }
        </div>
    }
}

fn label_of(words: &KnobText, value: &str) -> String {
    words
        .values
        .iter()
        .find(|(known, _)| known == value)
        .map_or_else(|| value.to_owned(), |(_, label)| label.clone())
}

/// The help as plain words, for a tooltip and a description.
fn help_of(words: &KnobText) -> String {
    fn add(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Strong(inlines) | Inline::Emphasis(inlines) | Inline::Link { text: inlines, .. } => {
                    add(inlines, out)
                }
                Inline::Break => out.push(' '),
            }
        }
    }
    let mut out = String::new();
    add(&words.help, &mut out);
    out
}
