//! A chunk of the packet list, rendered again only when it changes.

use core::ops::Range;
use yew::prelude::*;

use playground_playback::{Packets, Selection};

use super::packet_line::{PacketLine, Tense};
use crate::rc_eq::RcEq;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Every row.
    pub(super) packets: RcEq<Packets>,
    /// The rows of this chunk.
    pub(super) range: Range<usize>,
    /// How many of these have happened.
    pub(super) happened: usize,
    /// The one that happened last, if it is one of these.
    pub(super) current: Option<usize>,
    /// The one that is selected, if it is one of these.
    pub(super) selected: Option<usize>,
    /// The one that Tab stops at, if it is one of these.
    pub(super) tab_stop: Option<usize>,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// Rows of the packet list.
#[component]
pub(super) fn Chunk(props: &Props) -> Html {
    let rows = props.packets.rows.get(props.range.clone()).unwrap_or_default();
    let lines = rows.iter().enumerate().map(|(place, row)| {
        let index = props.range.start + place;
        let tense = match () {
            () if props.current == Some(index) => Tense::Current,
            () if place < props.happened => Tense::Past,
            () => Tense::Future,
        };
        html! {
            <PacketLine key={row.number} row={row.clone()} {tense} selected={props.selected == Some(index)}
                tab_stop={props.tab_stop == Some(index)} on_select={props.on_select.clone()} />
        }
    });
    html! { <>{ for lines }</> }
}
