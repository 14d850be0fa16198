//! A row of the packet list.

use playground_playback::{BracketPart, PacketRow, Selection};
use web_sys::MouseEvent;
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::kind_sign::kind_sign;
use crate::view::common::{pick, time_text, who};

/// Whether a row has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Current,
    Future,
}

/// A row and how it is drawn.
pub(super) struct Line<'a> {
    /// The row.
    pub(super) row: &'a PacketRow,
    /// Its place in the list, from 0.
    pub(super) place: usize,
    /// Whether it has happened.
    pub(super) tense: Tense,
    /// What it has of the bracket of the selected conversation.
    pub(super) bracket: Option<BracketPart>,
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Whether it is the row in the tab order; arrow keys reach the others.
    pub(super) tab_stop: bool,
    /// Called with the new selection.
    pub(super) on_select: &'a Callback<Selection>,
}

/// The id of a row's button.
pub(super) fn button_id(number: u32) -> String {
    format!("packet-{number}")
}

/// Wireshark's columns. The number is the row's button; a click anywhere in the row does the same.
pub(super) fn packet_line(text: Text, props: &Line<'_>) -> Html {
    let row = props.row;
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
    let mark = match row.findings() {
        [] => None,
        findings if findings.iter().any(|finding| finding.is_trouble()) => Some("is-trouble"),
        _ => Some("is-remarkable"),
    };
    let bracket = props.bracket.map(|part| match part {
        BracketPart::First => classes!("in-bracket", "is-first"),
        BracketPart::Within => classes!("in-bracket"),
        BracketPart::Passed => classes!("in-bracket", "is-passed"),
        BracketPart::Last => classes!("in-bracket", "is-last"),
    });
    html! {
        <tr role="row" key={row.number} class={classes!(tense, props.selected.then_some("is-selected"), bracket)} {onclick}
            data-entry={row.entry.to_string()} aria-rowindex={(props.place + 2).to_string()}
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
            <td role="cell" class={classes!("packet-info", from.class, mark)}>
                <span class="packet-sign">{ kind_sign(row.kind, row.lost) }</span>
                <span class="packet-words">
                    if row.lost {
                        <b class="packet-lost">{ text.plain("packets-lost") }</b>{ " " }
                    }
                    { for row.findings().iter().map(|finding| html! { <b class="packet-finding">{ format!("[{finding}]") }{ " " }</b> }) }
                    { &row.info }
                    if props.tense == Tense::Future {
                        <span class="visually-hidden">{ text.plain("packets-future") }</span>
                    }
                </span>
            </td>
        </tr>
    }
}
