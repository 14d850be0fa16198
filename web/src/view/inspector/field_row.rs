//! One field.

use core::ops::Range;
use yew::prelude::*;

use web_sys::{FocusEvent, MouseEvent};

use super::fields::Row;
use crate::language::use_text;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The field.
    pub(super) row: Row,
    /// Whether its octets stay highlighted.
    pub(super) pinned: bool,
    /// Called with the octets under the pointer.
    pub(super) on_look: Callback<Option<Range<usize>>>,
    /// Called with the octets to keep highlighted, or none.
    pub(super) on_pin: Callback<Range<usize>>,
}

/// Name and value; hovering highlights its octets, a press keeps them highlighted. Below, the explanation.
#[component]
pub(super) fn FieldRow(props: &Props) -> Html {
    let text = use_text();
    let row = &props.row;
    let range = row.range.clone();
    let looked = props.on_look.reform(move |_: MouseEvent| Some(range.clone()));
    let range = row.range.clone();
    let focused = props.on_look.reform(move |_: FocusEvent| Some(range.clone()));
    let range = row.range.clone();
    let onclick = props.on_pin.reform(move |_: MouseEvent| range.clone());
    html! {
        <li>
            <button type="button" class="field" aria-pressed={props.pinned.to_string()} onmouseenter={looked}
                onmouseleave={props.on_look.reform(|_: MouseEvent| None)} onfocus={focused}
                onblur={props.on_look.reform(|_: FocusEvent| None)} {onclick}>
                <span class="field-name">{ if row.name.is_empty() { "–" } else { &row.name } }</span>
                <span class="field-value">
                    { &row.value }
                    if let Some(raw) = &row.raw {
                        <span class="field-raw">{ raw }</span>
                    }
                </span>
                <span class="field-note">{ text.plain(&row.explanation) }</span>
            </button>
        </li>
    }
}
