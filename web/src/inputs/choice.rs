//! One of a few values: buttons side by side, or a menu where they would be too wide.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Maximum width of a row of buttons, in half-width characters; wider choices become a menu.
const WIDEST: usize = 30;

/// Properties of [`Choice`].
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// Its id in the page.
    pub id: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// A sentence of help.
    pub help: AttrValue,
    /// Values with their labels.
    pub choices: Vec<(AttrValue, AttrValue)>,
    /// The value.
    pub value: AttrValue,
    /// Chooses another one.
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
    let help_id = format!("{}-help", props.id);
    if width > WIDEST {
        let onchange =
            props.on_turn.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
        let option = |(value, label): &(AttrValue, AttrValue)| {
            html! { <option value={value.clone()} selected={*value == props.value}>{ label.clone() }</option> }
        };
        return html! {
            <label class="knob" title={props.help.clone()}>
                <span class="knob-label">{ props.label.clone() }</span>
                <select class="menu" id={props.id.clone()} {onchange} aria-describedby={help_id.clone()}>{ for props.choices.iter().map(option) }</select>
                <span class="hidden" id={help_id}>{ props.help.clone() }</span>
            </label>
        };
    }
    let choice = |(value, label): &(AttrValue, AttrValue)| {
        let value = value.clone();
        let onchange = {
            let value = value.clone();
            props.on_turn.reform(move |_: Event| value.to_string())
        };
        let checked = value == props.value;
        html! {
            <label class="choice">
                <input type="radio" name={props.id.clone()} {value} {checked} {onchange} />
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
