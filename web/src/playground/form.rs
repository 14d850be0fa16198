//! The form of a part: groups of fields, those that people change first and the rest folded.

use playground_core::scenario::ScenarioError;
use playground_editor::{Field, Form, Part, Section};
use yew::prelude::*;

use super::field::{Fields, field, problem_sentence};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`PartForm`].
#[derive(Properties, PartialEq)]
pub struct PartFormProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The part.
    pub part: Part,
    /// Why the last change was refused.
    pub refused: Option<ScenarioError>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The form of a part of the scenario. Every change runs at once.
#[component]
pub fn PartForm(props: &PartFormProps) -> Html {
    let text = use_text();
    let form = use_memo((props.model.clone(), props.part.clone()), |(model, part)| {
        let scenario = &model.trace.scenario;
        let json = serde_json::to_value(scenario).unwrap_or_default();
        match part {
            Part::Scenario => Form::of_scenario(&json),
            Part::Link(index) => Form::of_link(&json, *index),
            Part::Node(name) => {
                let index = scenario.nodes.iter().position(|node| node.name == *name);
                Form::of_node(&json, index.unwrap_or_default())
            }
        }
    });
    let refused = props.refused.as_ref().and_then(|error| {
        let sentence = problem_sentence(text, &error.problem);
        Some((form.field_at(&error.field)?.at.clone(), AttrValue::from(sentence)))
    });
    let fields = Fields {
        text,
        model: props.model.clone(),
        refused,
        on_change: props.on_action.reform(Action::Change),
    };
    html! { <div class="part-form">{ for form.sections.iter().map(|section| group(&fields, section)) }</div> }
}

fn group(fields: &Fields, section: &Section) -> Html {
    let title = fields.text.plain(&format!("form-group-{}", section.group.key()));
    let id = format!("form-group-{}", section.group.key());
    html! {
        <section class="form-group" aria-labelledby={id.clone()} key={section.group.key()}>
            <h3 {id}>{ title }</h3>
            { folded(fields, &section.fields) }
        </section>
    }
}

/// Fields, those that are seldom changed folded unless one of them is changed.
pub(super) fn folded(fields: &Fields, all: &[Field]) -> Html {
    let (first, more): (Vec<&Field>, Vec<&Field>) = all.iter().partition(|field| field.is_first);
    let show = |list: &[&Field]| -> Html { list.iter().map(|shown| field(fields, shown)).collect() };
    let concerns = |field: &&Field| {
        fields.refused.as_ref().is_some_and(|(at, _)| at.starts_with(field.at.as_str())) || field.is_changed()
    };
    let open = more.iter().any(concerns);
    let count = more.len().to_string();
    html! {
        <>
            { show(&first) }
            if !more.is_empty() {
                <details class="form-more" {open}>
                    <summary>{ fields.text.get("form-more", &[("count", &count)]) }</summary>
                    { show(&more) }
                </details>
            }
        </>
    }
}
