//! The packet list in Wireshark's columns.

use core::ops::Range;

use playground_core::time::Instant;
use playground_playback::{Bracket, Cursor, Packets, RowStretch, ScrolledRows, Selection};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::NodeRef;
use yew::prelude::*;

use super::packets_line::{Line, Tense, button_id, packet_line};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::in_sight::bring_in_sight;
use crate::view::common::number::px;
use crate::view::common::width::use_width;

/// Rows that Page Up and Page Down pass.
const PAGE: usize = 20;
/// The height of a row until the browser has measured one.
const FIRST_HEIGHT: f64 = 44.0;

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
    let rows = &props.packets.rows;
    let happened = props.packets.shown_at(Cursor::new(props.index, Instant::ZERO));
    let current = happened.checked_sub(1);
    let selected = props.selection.segment.and_then(|id| rows.iter().position(|row| row.id == id));
    let tab_stop = selected.or(current).unwrap_or(0);

    // Rows in sight of a long list, and the height of one.
    let is_long = ScrolledRows::is_long(rows.len());
    let seen = use_state_eq(|| (0..0, FIRST_HEIGHT));
    let width = use_width(&list);
    let look = {
        let (list, seen, count) = (list.clone(), seen.clone(), rows.len());
        move || {
            let Some(list) = list.cast::<Element>() else { return };
            let row = list.query_selector("tbody tr[data-entry]").ok().flatten();
            let height = row.map_or(FIRST_HEIGHT, |row| row.get_bounding_client_rect().height());
            let (top, room) = (f64::from(list.scroll_top()), f64::from(list.client_height()));
            seen.set((ScrolledRows { count, height, top, room }.drawn(), height));
        }
    };
    let onscroll = {
        let look = look.clone();
        Callback::from(move |_: Event| {
            if is_long {
                look();
            }
        })
    };
    use_effect_with((width.map(f64::to_bits), props.packets.clone()), move |_| look());

    // The row that an arrow key went to. It is drawn wherever it is.
    let reached = use_state_eq(|| None::<u32>);
    let place_of = |number: u32| rows.binary_search_by_key(&number, |row| row.number).ok();
    use_effect_with((*reached, list.clone()), |(number, list)| {
        if let Some(number) = number {
            focus_row(list, *number);
        }
    });

    // The row to scroll to: the selection, or else the current one; again once the height of rows is known.
    let height = is_long.then(|| seen.1.to_bits());
    let followed = |index: Option<usize>| index.and_then(|index| rows.get(index)).map(|row| row.number);
    use_effect_with((followed(current), height, list.clone()), |(number, _, list)| {
        if let Some(number) = number {
            show_row(list, *number);
        }
    });
    use_effect_with((followed(selected), height, list.clone()), |(number, _, list)| {
        if let Some(number) = number {
            show_row(list, *number);
        }
    });

    let onkeydown = {
        let (list, packets, reached) = (list.clone(), props.packets.clone(), reached.clone());
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
                reached.set(Some(row.number));
            }
        })
    };

    let drawn = if is_long { seen.0.clone() } else { 0..rows.len() };
    let kept: Vec<usize> =
        [Some(tab_stop), current, reached.and_then(place_of)].into_iter().flatten().collect();
    let bracket = selected.and_then(|place| Bracket::around(&props.packets, place));
    let stretches = RowStretch::all(rows.len(), &drawn, &kept).into_iter().map(|stretch| match stretch {
        RowStretch::LeftOut(count) => html! {
            <tr class="packet-gap" aria-hidden="true" ~style={format!("block-size:{}px", px(count as f64 * seen.1))} />
        },
        RowStretch::Drawn(range) => {
            let within = |index: Option<usize>| index.filter(|index| range.contains(index));
            html! {
                <Chunk key={format!("{}-{}", range.start, range.end)} packets={props.packets.clone()} range={range.clone()}
                    happened={happened.clamp(range.start, range.end) - range.start} current={within(current)}
                    selected={within(selected)} tab_stop={within(Some(tab_stop))} {bracket} on_select={props.on_select.clone()} />
            }
        }
    });
    let head = |key: &str, class: &'static str| {
        html! { <th role="columnheader" scope="col" {class}>{ text.plain(key) }</th> }
    };
    if rows.is_empty() {
        return html! { <div class="packets"><p class="packets-empty">{ text.plain("packets-empty") }</p></div> };
    }
    html! {
        <div class={classes!("packets", is_long.then_some("is-long"))} ref={list} {onkeydown} {onscroll}>
            <table role="table" aria-rowcount={(rows.len() + 1).to_string()}>
                <caption class="visually-hidden">{ text.plain("packets-title") }</caption>
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">
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
                    { for stretches }
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
    /// Beside the conversation of the selected one.
    bracket: Option<Bracket>,
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
        let bracket = props.bracket.and_then(|bracket| bracket.part(index, row));
        let on_select = &props.on_select;
        packet_line(text, &Line { row, place: index, tense, bracket, selected, tab_stop, on_select })
    });
    html! { <>{ for lines }</> }
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
        // A failure to focus is harmless.
        let _ = button.focus();
        if let Some(row) = button.closest("tr").ok().flatten() {
            bring_in_sight(&list, &row, HEAD);
        }
    }
}
