//! A knob with a number.

use playground_lessons::Unit;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::language::{Text, use_text};

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
    /// What is counted.
    pub unit: Unit,
    /// The value.
    pub value: String,
    /// Turns it.
    pub on_turn: Callback<String>,
}

/// A number with its unit.
fn with_unit(text: Text, value: &str, unit: Unit) -> String {
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
