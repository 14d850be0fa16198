//! Controls for the lesson's knobs. Every change runs the lesson again at once.

use playground_lessons::{Inline, Knob, KnobKind, KnobText, LessonText, Unit};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::icon::{Picture, icon};
use crate::inputs::Choice;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`Knobs`].
#[derive(Properties, PartialEq)]
pub struct KnobsProps {
    /// The run, with the values that it was made with.
    pub model: RcEq<Model>,
    /// The lesson's texts.
    pub words: RcEq<LessonText>,
    /// Dispatches an action.
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
        let id = format!("knob-{}", knob.id);
        let help = words.map(help_of).unwrap_or_default();
        let value = values.get(knob.id).to_owned();
        match knob.kind {
            KnobKind::Choice { values, .. } => {
                let label_of =
                    |value: &str| words.map_or_else(|| value.to_owned(), |words| label_of(words, value));
                let choices: Vec<(AttrValue, AttrValue)> =
                    values.iter().map(|value| (AttrValue::from(*value), label_of(value).into())).collect();
                html! { <Choice key={knob.id} {id} {label} {help} {choices} {value} {on_turn} /> }
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
    let on_compare = props.on_action.reform(|_: MouseEvent| Action::KeepDefaults);
    html! {
        <div class="knobs" role="group" aria-label={text.plain("knobs")}>
            <header>
                <h3>{ text.plain("knobs-title") }</h3>
                if changed {
                    <button type="button" class="quiet compare-defaults" onclick={on_compare}>{ text.plain("compare-defaults") }</button>
                    <button type="button" class="quiet" onclick={on_reset}>
                        { icon(Picture::Reset) }{ text.plain("knobs-reset") }
                    </button>
                }
            </header>
            { for run.lesson.knobs.iter().filter(|knob| !props.model.hides_knob(knob.id)).map(knob) }
        </div>
    }
}

pub(super) fn label_of(words: &KnobText, value: &str) -> String {
    words
        .values
        .iter()
        .find(|(known, _)| known == value)
        .map_or_else(|| value.to_owned(), |(_, label)| label.clone())
}

/// The help as plain text, for the tooltip and the description.
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

/// Properties of [`Range`].
#[derive(Properties, PartialEq)]
pub struct RangeProps {
    /// The knob.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// A sentence of help.
    pub help: String,
    /// Least.
    pub min: u32,
    /// Most.
    pub max: u32,
    /// The slider's step.
    pub step: u32,
    /// The unit.
    pub unit: Unit,
    /// The value.
    pub value: String,
    /// Turns it.
    pub on_turn: Callback<String>,
}

/// A number with its unit.
pub(super) fn with_unit(text: Text, value: &str, unit: Unit) -> String {
    match unit {
        Unit::Milliseconds => format!("{value} ms"),
        Unit::Seconds => format!("{value} s"),
        Unit::Octets => text.get("unit-octets", &[("count", value)]),
        Unit::Count => value.to_owned(),
        #[allow(unreachable_patterns)]
        _ => value.to_owned(),
    }
}

/// A slider; while it is dragged the lesson runs again at every stop.
#[component]
pub fn Range(props: &RangeProps) -> Html {
    let text = use_text();
    let shown = with_unit(text, &props.value, props.unit);
    let oninput =
        props.on_turn.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let number = f64::from(props.value.parse().unwrap_or(props.min));
    let (min, max) = (f64::from(props.min), f64::from(props.max));
    let share = if max > min { (number - min) / (max - min) * 100.0 } else { 0.0 };
    let help_id = format!("knob-help-{}", props.id);
    html! {
        <label class="knob" title={props.help.clone()}>
            <span class="knob-label">{ props.label.clone() }{ " " }<output>{ shown.clone() }</output></span>
            <input type="range" class="slider" min={props.min.to_string()} max={props.max.to_string()}
                step={props.step.to_string()} value={props.value.clone()} {oninput} aria-valuetext={shown}
                aria-label={props.label.clone()} aria-describedby={help_id.clone()} ~style={format!("--share:{share:.2}%")} />
            <span class="hidden" id={help_id}>{ props.help.clone() }</span>
        </label>
    }
}

/// Properties of [`Request`].
#[derive(Properties, PartialEq)]
pub struct RequestProps {
    /// The knob.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// A sentence of help.
    pub help: String,
    /// Its default.
    pub default: &'static str,
    /// Whether it may have more than one line.
    pub multiline: bool,
    /// The text.
    pub value: String,
    /// Turns it.
    pub on_turn: Callback<String>,
    /// The run, which may have rejected the text.
    pub model: RcEq<Model>,
}

/// The text, with the line that a server rejected marked.
#[component]
pub fn Request(props: &RequestProps) -> Html {
    let text = use_text();
    let oninput = props
        .on_turn
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let default = props.default;
    let on_reset = props.on_turn.reform(move |_: MouseEvent| default.to_owned());
    let field = format!("knob-{}", props.id);
    let error = format!("knob-error-{}", props.id);
    let rows = if props.multiline { props.value.lines().count().clamp(3, 12) } else { 1 };
    let refused = props.model.refusal(props.id);
    let refused_line = refused.map(|refusal| refusal.line);
    let line = |number: u32| {
        let class = if refused_line == Some(number) { "bad" } else { "" };
        html! { <span {class}>{ number }</span> }
    };
    let changed = props.value != props.default;
    html! {
        <details class="request" open={changed || refused.is_some()}>
            <summary class="knob">
                <span class="knob-label">{ props.label.clone() }</span>
                <span class="request-first wire">{ props.value.lines().next().unwrap_or_default().to_owned() }</span>
            </summary>
            <label class="knob-help" for={field.clone()}>{ props.help.clone() }</label>
            <div class="editor">
                <div class="lines" aria-hidden="true">{ for (1..=u32::try_from(rows).unwrap_or(1)).map(line) }</div>
                <textarea id={field} rows={rows.to_string()} spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
                    value={props.value.clone()} {oninput} aria-invalid={refused.is_some().to_string()}
                    aria-describedby={error.clone()} />
            </div>
            <p class="problem" id={error} role="status">
                if let Some(refusal) = refused { { refusal.sentence(text) } }
            </p>
            if changed {
                <button type="button" class="quiet" onclick={on_reset}>
                    { icon(Picture::Reset) }{ text.plain("knobs-reset") }
                </button>
            }
        </details>
    }
}
