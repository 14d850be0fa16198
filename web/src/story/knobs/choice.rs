//! A knob with a few values, side by side.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A row of buttons may be so wide, in narrow letters; wider choices become a menu.
const WIDEST: usize = 30;

/// Properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// The knob.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// A sentence of help.
    pub help: String,
    /// Values with their labels.
    pub choices: Vec<(&'static str, String)>,
    /// The value.
    pub value: String,
    /// Turns it.
    pub on_turn: Callback<String>,
}

/// One of a few values.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let width: usize = props
        .choices
        .iter()
        .map(|(_, label)| 2 + label.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>())
        .sum();
    let help_id = format!("knob-help-{}", props.id);
    if width > WIDEST {
        let onchange =
            props.on_turn.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
        let option = |(value, label): &(&'static str, String)| {
            html! { <option value={*value} selected={**value == *props.value}>{ label.clone() }</option> }
        };
        return html! {
            <label class="knob" title={props.help.clone()}>
                <span class="knob-label">{ props.label.clone() }</span>
                <select class="menu" {onchange} aria-describedby={help_id.clone()}>{ for props.choices.iter().map(option) }</select>
                <span class="hidden" id={help_id}>{ props.help.clone() }</span>
            </label>
        };
    }
    let choice = |(value, label): &(&'static str, String)| {
        let value = *value;
        let onchange = props.on_turn.reform(move |_: Event| value.to_owned());
        html! {
            <label class="choice">
                <input type="radio" name={format!("knob-{}", props.id)} {value} checked={*value == *props.value} {onchange} />
                <span>{ label.clone() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="knob" title={props.help.clone()} aria-describedby={help_id.clone()}>
            <legend class="knob-label">{ props.label.clone() }</legend>
            <div class="segmented">{ for props.choices.iter().map(choice) }</div>
            <span class="hidden" id={help_id}>{ props.help.clone() }</span>
        </fieldset>
    }
}
