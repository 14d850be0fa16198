//! A field of a form: its control, its default, why its value was refused.

use playground_core::problem::Problem;
use playground_drawing::host_title;
use playground_editor::{
    Change, ChoiceWords, Control, Field, Refusal, Scale, Unit, Unreadable, answered_method,
};
use playground_words::node_name;
use serde_json::Value;
use yew::prelude::*;

use super::form::folded;
use super::list::list;
use super::message::MessageField;
use crate::icon::{Picture, icon};
use crate::inputs::{Choice, Typed};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::Model;

/// What all fields of a form have in common.
#[derive(Clone)]
pub(super) struct Fields {
    pub text: Text,
    /// The run.
    pub model: RcEq<Model>,
    /// The place of the field whose last value was refused, and why.
    pub refused: Option<(String, AttrValue)>,
    /// Changes the scenario.
    pub on_change: Callback<Change>,
}

impl Fields {
    /// Sets a place.
    pub fn set<E: 'static>(&self, at: &str, value: Value) -> Callback<E> {
        let at = at.to_owned();
        self.on_change.reform(move |_: E| Change::Set { at: at.clone(), value: value.clone() })
    }

    /// The word of a choice; a host has the name of its card.
    fn choice_word(&self, words: &ChoiceWords, key: &str) -> String {
        let hosts = &self.model.trace.scenario.nodes;
        let host = hosts.iter().find(|host| *words == ChoiceWords::Nodes && host.name == key);
        host.map_or_else(|| choice_word(self.text, words, key), |host| host_title(self.text, host))
    }

    fn refused_at(&self, field: &Field) -> Option<AttrValue> {
        self.refused.as_ref().filter(|(at, _)| *at == field.at).map(|(_, sentence)| sentence.clone())
    }
}

/// The word of a field.
pub(super) fn word(text: Text, field: &Field) -> String {
    text.plain(&word_key(text, field))
}

pub(super) fn help(text: Text, field: &Field) -> String {
    let help = text.plain(&format!("{}.help", word_key(text, field)));
    match &field.default {
        Some(default) => {
            let default = text.get("form-default", &[("value", &shown(text, field, default))]);
            format!("{help} {default}")
        }
        None => help,
    }
}

fn word_key(text: Text, field: &Field) -> String {
    let [own, shared] = field.word_keys();
    if text.has(&own) { own } else { shared }
}

/// The id of a field's control.
pub(super) fn id(field: &Field) -> String {
    format!("field{}", field.at.replace('/', "-"))
}

/// A value as the field shows it.
pub(super) fn shown(text: Text, field: &Field, value: &Value) -> String {
    match (&field.control, value) {
        (_, Value::Bool(on)) => text.plain(if *on { "form-on" } else { "form-off" }),
        (Control::Number { unit, .. }, Value::Number(number)) => {
            let number = number.as_u64().unwrap_or_default();
            let scale = unit.scale_of(number);
            format!("{} {}", scale.write(number), scale.sign).trim_end().to_owned()
        }
        (Control::Choice { words, .. }, value) => {
            let key = value.as_str().or_else(|| value.as_object()?.keys().next().map(String::as_str));
            choice_word(text, words, key.unwrap_or_default())
        }
        (Control::Span, Value::Array(ends)) => {
            ends.iter().map(ToString::to_string).collect::<Vec<_>>().join("–")
        }
        (_, Value::String(line)) => line.clone(),
        (_, Value::Null) => text.plain("form-none"),
        (_, other) => other.to_string(),
    }
}

fn choice_word(text: Text, words: &ChoiceWords, key: &str) -> String {
    match words.key(key) {
        Some(word) if text.has(&word) => text.plain(&word),
        None if *words == ChoiceWords::Nodes => node_name(text, key),
        _ => key.to_owned(),
    }
}

/// A field with everything that belongs to it.
pub(super) fn field(fields: &Fields, field: &Field) -> Html {
    let text = fields.text;
    let inner = match &field.control {
        Control::List { .. } => list(fields, field),
        Control::Part(inner) => html! {
            <>
                { presence(fields, field) }
                if field.value.is_some() { <div class="form-part">{ folded(fields, inner) }</div> }
            </>
        },
        Control::Switch => {
            let on = field.holds().and_then(Value::as_bool).unwrap_or_default();
            on_or_off(fields, field, on, [Value::Bool(true), Value::Bool(false)].map(Some))
        }
        Control::Choice { choices, chosen, words, fields: inner } => {
            let named = choices
                .iter()
                .map(|choice| (choice.key.clone().into(), fields.choice_word(words, &choice.key).into()));
            let value = chosen.and_then(|chosen| choices.get(chosen)).map(|choice| choice.key.clone());
            let on_turn = {
                let choices = choices.clone();
                let on_change = fields.on_change.clone();
                Callback::from(move |key: String| {
                    if let Some(choice) = choices.iter().find(|choice| choice.key == key) {
                        on_change.emit(Change::Set { at: choice.at.clone(), value: choice.value.clone() });
                    }
                })
            };
            html! {
                <>
                    <Choice id={id(field)} label={word(text, field)} help={help(text, field)}
                        choices={named.collect::<Vec<(AttrValue, AttrValue)>>()} value={value.unwrap_or_default()} {on_turn} />
                    if !inner.is_empty() { <div class="form-part">{ folded(fields, inner) }</div> }
                </>
            }
        }
        Control::Message => html! {
            <>
                { presence(fields, field) }
                if field.value.is_some() {
                    <MessageField field={field.clone()} answers={answered_method(&fields.model.trace.scenario, &field.at)} refused={fields.refused_at(field)} on_change={fields.on_change.clone()} />
                }
            </>
        },
        Control::Number { .. } | Control::Span | Control::Line => {
            let is_there = field.value.is_some() || field.start.is_none();
            html! {
                <>
                    if field.start.is_some() { { presence(fields, field) } }
                    if is_there {
                        <TypedField field={field.clone()} refused={fields.refused_at(field)} on_change={fields.on_change.clone()} />
                    }
                </>
            }
        }
    };
    let refused = fields.refused_at(field).filter(|_| !is_typed(field));
    html! {
        <div class={classes!("form-field", field.is_changed().then_some("is-changed"))} key={field.at.clone()} data-field={field.at.clone()}>
            { inner }
            if let Some(refused) = refused {
                <p class="problem" role="alert">{ icon(Picture::Warning) }<span>{ refused }</span></p>
            }
            { back(fields, field) }
        </div>
    }
}

fn is_typed(field: &Field) -> bool {
    matches!(field.control, Control::Number { .. } | Control::Span | Control::Line | Control::Message)
}

/// Back to the default, where the value is another one.
fn back(fields: &Fields, field: &Field) -> Html {
    let Some(default) = field.default.as_ref().filter(|_| field.is_changed()) else { return Html::default() };
    let (at, value) = (field.at.clone(), default.clone());
    let onclick = if field.is_of_profile {
        fields.on_change.reform(move |_: MouseEvent| Change::Remove { at: at.clone() })
    } else {
        fields.set(&at, value)
    };
    let label = match shown(fields.text, field, default) {
        value if value.is_empty() => fields.text.plain("form-back-to-empty"),
        value => fields.text.get("form-back", &[("value", &value)]),
    };
    html! { <button type="button" class="quiet form-back" {onclick}>{ icon(Picture::Reset) }{ label }</button> }
}

/// Whether what may be left out is there.
fn presence(fields: &Fields, field: &Field) -> Html {
    on_or_off(fields, field, field.value.is_some(), [field.start.clone(), None])
}

/// A switch that sets one of two values; none leaves the field out.
fn on_or_off(fields: &Fields, field: &Field, on: bool, values: [Option<Value>; 2]) -> Html {
    let text = fields.text;
    let choices = ["on", "off"].map(|key| (key.into(), text.plain(&format!("form-{key}")).into()));
    let (at, on_change) = (field.at.clone(), fields.on_change.clone());
    let on_turn = Callback::from(move |key: String| {
        let [on, off] = &values;
        let value = if key == "on" { on } else { off };
        let at = at.clone();
        on_change.emit(match value.clone() {
            Some(value) => Change::Set { at, value },
            None => Change::Remove { at },
        });
    });
    html! {
        <Choice id={id(field)} label={word(text, field)} help={help(text, field)} choices={choices.to_vec()}
            value={if on { "on" } else { "off" }} {on_turn} />
    }
}

/// Properties of [`TypedField`].
#[derive(Properties, PartialEq)]
struct TypedFieldProps {
    field: Field,
    /// Why the model refused what was typed last.
    refused: Option<AttrValue>,
    on_change: Callback<Change>,
}

/// A field whose value is typed. What cannot be read is told at once, and stays.
#[component]
fn TypedField(props: &TypedFieldProps) -> Html {
    let text = use_text();
    let field = &props.field;
    let unread = use_state(|| None::<AttrValue>);
    {
        let unread = unread.clone();
        use_effect_with(field.value.clone(), move |_| unread.set(None));
    }
    let (unit, scale) = match &field.control {
        Control::Number { unit, .. } => {
            let number = field.holds().and_then(Value::as_u64).unwrap_or_default();
            (*unit, unit.scale_of(number))
        }
        _ => (Unit::Count, Unit::Count.scale_of(0)),
    };
    let is_number = matches!(field.control, Control::Number { .. });
    let value = match (field.holds(), is_number) {
        (Some(Value::Number(number)), true) => scale.write(number.as_u64().unwrap_or_default()),
        (Some(value), _) => shown(text, field, value),
        (None, _) => String::new(),
    };
    let on_set = {
        let (field, on_change, unread) = (field.clone(), props.on_change.clone(), unread.clone());
        Callback::from(move |typed: String| match field.read(&typed, scale) {
            Ok(value) => {
                unread.set(None);
                if field.holds() != Some(&value) {
                    on_change.emit(Change::Set { at: field.at.clone(), value });
                }
            }
            Err(refusal) => unread.set(Some(refusal_sentence(text, &refusal, unit).into())),
        })
    };
    let problem = (*unread).clone().or_else(|| props.refused.clone());
    let problem_id = format!("{}-problem", id(field));
    let sign = if unit == Unit::Segments { text.plain("form-segments") } else { scale.sign.to_owned() };
    html! {
        <>
            <Typed id={id(field)} label={word(text, field)} help={help(text, field)} {value} unit={sign} {is_number}
                problem={problem.is_some().then(|| AttrValue::from(problem_id.clone()))} {on_set} />
            <p class="problem" id={problem_id} role="alert">
                if let Some(problem) = problem { { icon(Picture::Warning) }<span>{ problem }</span> }
            </p>
        </>
    }
}

fn refusal_sentence(text: Text, refusal: &Refusal, unit: Unit) -> String {
    let amount =
        |number: u64, scale: Scale| format!("{} {}", scale.write(number), scale.sign).trim_end().to_owned();
    match refusal {
        Refusal::Unreadable(Unreadable::NoNumber) => {
            let scale = unit.scales().last().copied().unwrap_or_else(|| unit.scale_of(1));
            let example = format!("1.5 {}", scale.sign);
            let example = if scale.sign.is_empty() { "15" } else { &example };
            text.get("form-no-number", &[("example", example)])
        }
        Refusal::Unreadable(Unreadable::TooFine) => text.plain("form-too-fine"),
        Refusal::OutOfBounds(least, u64::MAX, scale) => {
            text.get("form-at-least", &[("least", &amount(*least, *scale))])
        }
        Refusal::OutOfBounds(least, most, _) => {
            let shown = |number: u64| amount(number, unit.scale_of(number));
            text.get("form-between", &[("least", &shown(*least)), ("most", &shown(*most))])
        }
        Refusal::Problem(problem) => problem_sentence(text, problem),
    }
}

/// The sentence about a problem of the model.
pub(super) fn problem_sentence(text: Text, problem: &Problem) -> String {
    let arguments: Vec<(&str, &str)> =
        problem.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text.problem(problem.key, &arguments)
}
