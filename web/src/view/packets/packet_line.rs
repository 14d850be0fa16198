//! One row of the packet list.

use playground_playback::{PacketRow, Selection};
use web_sys::MouseEvent;
use yew::prelude::*;

use crate::language::use_text;
use crate::view::common::kind_sign::kind_sign;
use crate::view::common::{pick, time_text, who};

/// Whether a row has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Current,
    Future,
}

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The row.
    pub(super) row: PacketRow,
    /// Whether it has happened.
    pub(super) tense: Tense,
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Whether it is the row in the tab order; arrow keys reach the others.
    pub(super) tab_stop: bool,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// The id of a row's button.
pub(super) fn button_id(number: u32) -> String {
    format!("packet-{number}")
}

/// Wireshark's columns. The number is the row's button; a click anywhere in the row does the same.
#[component]
pub(super) fn PacketLine(props: &Props) -> Html {
    let text = use_text();
    let row = &props.row;
    let selection = pick::segment(row.id, row.entry);
    let onclick = {
        let on_select = props.on_select.clone();
        Callback::from(move |_: MouseEvent| on_select.emit(selection))
    };
    let (from, to) = (who::who_is(text, &row.from), who::who_is(text, &row.to));
    let tense = match props.tense {
        Tense::Past => None,
        Tense::Current => Some("is-current"),
        Tense::Future => Some("is-future"),
    };
    html! {
        <tr role="row" class={classes!(tense, props.selected.then_some("is-selected"))} {onclick}
            data-entry={row.entry.to_string()}
            aria-current={(props.tense == Tense::Current).then_some("true")}>
            <td role="cell" class="packet-number">
                <button type="button" id={button_id(row.number)} tabindex={if props.tab_stop { "0" } else { "-1" }}
                    aria-pressed={props.selected.to_string()}
                    aria-label={text.get("packets-pick", &[("number", &row.number.to_string())])}>
                    { row.number }
                </button>
            </td>
            <td role="cell" class="packet-time">{ time_text::axis(row.at) }</td>
            <td role="cell" class={classes!("packet-from", from.class)}>
                <span class="packet-who">{ from.name }</span>
                <span class="packet-address">{ &row.source }</span>
            </td>
            <td role="cell" class={classes!("packet-to", to.class)}>
                <span class="packet-who">{ to.name }</span>
                <span class="packet-address">{ &row.destination }</span>
            </td>
            <td role="cell" class="packet-protocol">{ row.protocol }</td>
            <td role="cell" class="packet-length">{ row.length }</td>
            <td role="cell" class={classes!("packet-info", from.class)}>
                <span class="packet-sign">{ kind_sign(row.kind, row.lost) }</span>
                <span class="packet-words">
                    if row.lost {
                        <b class="packet-lost">{ text.plain("packets-lost") }</b>{ " " }
                    }
                    { &row.info }
                    if props.tense == Tense::Future {
                        <span class="visually-hidden">{ text.plain("packets-future") }</span>
                    }
                </span>
            </td>
        </tr>
    }
}
