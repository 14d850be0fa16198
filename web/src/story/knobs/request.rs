//! A knob with text: a message head that a person edits.

use playground_core::event::Event as Happening;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::icon::{Icon, Picture};
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

/// The first message that was refused: the problem's name and the line.
fn refused(model: &Model) -> Option<(String, u32)> {
    model.trace.entries.iter().find_map(|entry| match &entry.event {
        Happening::MessageRejected { problem, line, .. } => Some((problem.to_string(), *line)),
        _ => None,
    })
}

/// The text, with the line that a server refused marked.
#[component]
pub fn Request(props: &RequestProps) -> Html {
    let text = use_text();
    let oninput = props.on_turn.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let default = props.default;
    let on_reset = props.on_turn.reform(move |_: MouseEvent| default.to_owned());
    let field = format!("knob-{}", props.id);
    let error = format!("knob-error-{}", props.id);
    let rows = if props.multiline { props.value.lines().count().clamp(3, 12) } else { 1 };
    let refused = refused(&props.model);
    let refused_line = refused.as_ref().map(|(_, line)| *line);
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
                if let Some((problem, line)) = refused {
                    { text.get("request-refused", &[("line", &line.to_string()), ("problem", &problem_text(text, &problem))]) }
                }
            </p>
            if changed {
                <button type="button" class="quiet" onclick={on_reset}>
                    <Icon picture={Picture::Reset} />{ text.plain("knobs-reset") }
                </button>
            }
        </details>
    }
}

/// The sentence for a refusal; its stable name where no language has one.
fn problem_text(text: crate::language::Text, problem: &str) -> String {
    let key = format!("head-problem-{problem}");
    if text.has(&key) { text.plain(&key) } else { problem.to_owned() }
}
