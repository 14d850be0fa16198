//! The packet list in Wireshark's columns.

use core::ops::Range;

use playground_core::time::Instant;
use playground_playback::{Cursor, PacketRow, Packets, Selection};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};
use yew::NodeRef;
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::in_sight::bring_in_sight;
use crate::view::common::kind_sign::kind_sign;
use crate::view::common::{pick, time_text, who};

/// Rows that Page Up and Page Down pass.
const PAGE: usize = 20;
/// Rows that are drawn together.
const CHUNK: usize = 100;
/// Up to this number of rows the whole list is drawn; of a longer one only the rows near the cursor.
const MOST: usize = 1_200;

/// Properties of [`PacketsView`].
#[derive(Properties, PartialEq)]
pub struct PacketsViewProps {
    /// Every segment of the run.
    pub packets: RcEq<Packets>,
    /// How many entries of the trace have been applied.
    pub index: u32,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
    pub on_select: Callback<Selection>,
}

/// Every segment as a row of a table: also the text alternative of the stage.
#[component]
pub fn PacketsView(props: &PacketsViewProps) -> Html {
    let text = use_text();
    let list = use_node_ref();
    let whole = use_state(|| false);
    let rows = &props.packets.rows;
    let happened = props.packets.shown_at(Cursor::new(props.index, Instant::ZERO));
    let current = happened.checked_sub(1);
    let selected = props.selection.segment.and_then(|id| rows.iter().position(|row| row.id == id));
    let tab_stop = selected.or(current).unwrap_or(0);

    // The row to scroll to: the selection, or else the current one.
    let followed = |index: Option<usize>| index.and_then(|index| rows.get(index)).map(|row| row.number);
    use_effect_with((followed(current), list.clone()), |(number, list)| {
        if let Some(number) = number {
            show_row(list, *number);
        }
    });
    use_effect_with((followed(selected), list.clone()), |(number, list)| {
        if let Some(number) = number {
            show_row(list, *number);
        }
    });

    let onkeydown = {
        let (list, packets) = (list.clone(), props.packets.clone());
        Callback::from(move |event: KeyboardEvent| {
            let rows = &packets.rows;
            // Filtered rows keep their numbers.
            let place =
                focused_row(&event).and_then(|number| rows.iter().position(|row| row.number == number));
            let Some(place) = place else { return };
            let last = rows.len().saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowDown" => (place + 1).min(last),
                "ArrowUp" => place.saturating_sub(1),
                "PageDown" => (place + PAGE).min(last),
                "PageUp" => place.saturating_sub(PAGE),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(row) = rows.get(next) {
                focus_row(&list, row.number);
            }
        })
    };

    let drawn = if *whole { 0..rows.len() } else { near(rows.len(), current.or(selected).unwrap_or(0)) };
    let show_whole = {
        let whole = whole.clone();
        Callback::from(move |_: MouseEvent| whole.set(true))
    };
    let left_out = |count: usize| {
        if count == 0 {
            return Html::default();
        }
        html! {
            <tr role="row" class="packet-more">
                <td role="cell" colspan="7">
                    <button type="button" class="button small" onclick={show_whole.clone()}>
                        { text.get("packets-more", &[("count", &count.to_string())]) }
                    </button>
                </td>
            </tr>
        }
    };
    let chunks = drawn.clone().step_by(CHUNK).map(|start| {
        let range = start..(start + CHUNK).min(drawn.end);
        let within = |index: Option<usize>| index.filter(|index| range.contains(index));
        html! {
            <Chunk key={start} packets={props.packets.clone()} range={range.clone()}
                happened={happened.clamp(range.start, range.end) - range.start} current={within(current)}
                selected={within(selected)} tab_stop={within(Some(tab_stop))} on_select={props.on_select.clone()} />
        }
    });
    let head = |key: &str, class: &'static str| {
        html! { <th role="columnheader" scope="col" {class}>{ text.plain(key) }</th> }
    };
    if rows.is_empty() {
        return html! { <div class="packets"><p class="packets-empty">{ text.plain("packets-empty") }</p></div> };
    }
    html! {
        <div class="packets" ref={list} {onkeydown}>
            <table role="table">
                <caption class="visually-hidden">{ text.plain("packets-title") }</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        { head("packets-number", "packet-number") }
                        { head("packets-time", "packet-time") }
                        { head("packets-source", "packet-from") }
                        { head("packets-destination", "packet-to") }
                        { head("packets-protocol", "packet-protocol") }
                        { head("packets-length", "packet-length") }
                        { head("packets-info", "packet-info") }
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    { left_out(drawn.start) }
                    { for chunks }
                    { left_out(rows.len() - drawn.end) }
                </tbody>
            </table>
        </div>
    }
}

/// The number of the row whose button has the focus.
fn focused_row(event: &KeyboardEvent) -> Option<u32> {
    use wasm_bindgen::JsCast;

    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.id().strip_prefix("packet-")?.parse().ok()
}

/// The chunks around `index` of a long list, all of a short one.
fn near(len: usize, index: usize) -> Range<usize> {
    if len <= MOST {
        return 0..len;
    }
    let start = (index / CHUNK * CHUNK).saturating_sub(MOST / 2);
    start..(start + MOST).min(len)
}

#[derive(Properties, PartialEq)]
struct ChunkProps {
    /// Every row.
    packets: RcEq<Packets>,
    /// The rows of this chunk.
    range: Range<usize>,
    /// How many of these have happened.
    happened: usize,
    /// The one that happened last, if it is one of these.
    current: Option<usize>,
    /// The one that is selected, if it is one of these.
    selected: Option<usize>,
    /// The one that Tab stops at, if it is one of these.
    tab_stop: Option<usize>,
    /// Called with the new selection.
    on_select: Callback<Selection>,
}

/// Rows of the packet list.
#[component]
fn Chunk(props: &ChunkProps) -> Html {
    let text = use_text();
    let rows = props.packets.rows.get(props.range.clone()).unwrap_or_default();
    let lines = rows.iter().enumerate().map(|(place, row)| {
        let index = props.range.start + place;
        let tense = match () {
            () if props.current == Some(index) => Tense::Current,
            () if place < props.happened => Tense::Past,
            () => Tense::Future,
        };
        let (selected, tab_stop) = (props.selected == Some(index), props.tab_stop == Some(index));
        packet_line(text, &Line { row, tense, selected, tab_stop, on_select: &props.on_select })
    });
    html! { <>{ for lines }</> }
}

/// Whether a row has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    Past,
    Current,
    Future,
}

/// A row and how it is drawn.
struct Line<'a> {
    /// The row.
    row: &'a PacketRow,
    /// Whether it has happened.
    tense: Tense,
    /// Whether it is selected.
    selected: bool,
    /// Whether it is the row in the tab order; arrow keys reach the others.
    tab_stop: bool,
    /// Called with the new selection.
    on_select: &'a Callback<Selection>,
}

/// The id of a row's button.
fn button_id(number: u32) -> String {
    format!("packet-{number}")
}

/// Wireshark's columns. The number is the row's button; a click anywhere in the row does the same.
fn packet_line(text: Text, props: &Line<'_>) -> Html {
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
    html! {
        <tr role="row" key={row.number} class={classes!(tense, props.selected.then_some("is-selected"))} {onclick}
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

/// Height that the sticky head covers.
const HEAD: f64 = 36.0;

/// Scrolls the list so that a row is visible.
fn show_row(list: &NodeRef, number: u32) {
    let Some(list) = list.cast::<Element>() else { return };
    let row = list.query_selector(&format!("#{}", button_id(number))).ok().flatten();
    let Some(row) = row.and_then(|button| button.closest("tr").ok().flatten()) else { return };
    bring_in_sight(&list, &row, HEAD);
}

/// Moves the focus to a row's button.
fn focus_row(list: &NodeRef, number: u32) {
    let Some(list) = list.cast::<Element>() else { return };
    let button = list.query_selector(&format!("#{}", button_id(number))).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // The list is scrolled separately; a failure to focus is harmless.
        let _ = button.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_list_only_the_rows_near_the_cursor_are_drawn() {
        assert_eq!(near(10, 3), 0..10);
        assert_eq!(near(5_000, 0), 0..1_200);
        assert_eq!(near(5_000, 2_050), 1_400..2_600);
        assert_eq!(near(2_700, 2_699), 2_000..2_700);
    }
}
