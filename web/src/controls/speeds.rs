//! The speed, and what it truly is.

use playground_playback::Speed;
use yew::prelude::*;

use crate::language::use_text;

/// Properties of [`Speeds`].
#[derive(Properties, PartialEq)]
pub struct SpeedsProps {
    /// The speed.
    pub speed: Speed,
    /// What a second on the screen is in simulated time, here.
    pub second: AttrValue,
    /// Changes it.
    pub on_speed: Callback<Speed>,
}

/// Four speeds side by side.
#[component]
pub fn Speeds(props: &SpeedsProps) -> Html {
    let text = use_text();
    let speed = |speed: Speed| {
        let onchange = props.on_speed.reform(move |_: Event| speed);
        html! {
            <label class="choice">
                <input type="radio" name="speed" value={speed.text()} checked={speed == props.speed} {onchange} />
                <span>{ speed.text() }{ "×" }</span>
            </label>
        }
    };
    html! {
        <fieldset class="speeds" title={text.plain("speed-help")}>
            <legend class="hidden">{ text.plain("speed") }</legend>
            <div class="segmented">{ for Speed::ALL.into_iter().map(speed) }</div>
            <span class="ratio">{ text.get("speed-ratio", &[("span", &props.second)]) }</span>
        </fieldset>
    }
}
