//! The packet list in Wireshark's columns.

use core::ops::Range;
use yew::prelude::*;

use playground_core::time::Instant;
use playground_playback::{Cursor, Packets, Selection};
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::chunk::Chunk;
use super::follow::{focus_row, show_row};
use crate::language::use_text;
use crate::rc_eq::RcEq;

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
        let (list, last) = (list.clone(), rows.len() as u32);
        Callback::from(move |event: KeyboardEvent| {
            let Some(number) = focused_row(&event) else { return };
            let next = match event.key().as_str() {
                "ArrowDown" => (number + 1).min(last),
                "ArrowUp" => number.saturating_sub(1).max(1),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            focus_row(&list, next);
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
