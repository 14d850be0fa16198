//! A knob with text: a message head that a person edits.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::refusal::Refusal;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::session::Model;
use crate::shared::Shared;

/// Properties of [`Request`].
#[derive(Properties, PartialEq)]
pub struct RequestProps {
    /// The knob.
    pub id: &'static str,
    /// Its label.
    pub label: String,
    /// A sentence of help.
    pub help: String,
    /// What it is at first.
    pub default: &'static str,
    /// Whether it may have more than one line.
    pub multiline: bool,
    /// The text.
    pub value: String,
    /// Turns it.
    pub on_turn: Callback<String>,
    /// The run: it may have refused the text.
    pub model: Shared<Model>,
}

/// The text, with the line that a server refused marked.
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
    let refused = Refusal::of(&props.model.trace, &props.model.dissection, &props.value);
    let refused_line = refused.as_ref().map(|refusal| refusal.line);
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
                if let Some(refusal) = &refused { { refusal.sentence(text) } }
            </p>
            if changed {
                <button type="button" class="quiet" onclick={on_reset}>
                    { icon(Picture::Reset) }{ text.plain("knobs-reset") }
                </button>
            }
        </details>
    }
}
