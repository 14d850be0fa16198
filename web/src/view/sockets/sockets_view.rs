//! Each node's sockets as a table.

use playground_core::event::NodeId;
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_playback::{Dissection, Selection, SocketKey, SocketTable};
use yew::prelude::*;

use super::node_sockets::NodeSockets;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::who::who;

/// Properties of [`SocketsView`].
#[derive(Properties, PartialEq)]
pub struct SocketsViewProps {
    /// The trace.
    pub trace: RcEq<Trace>,
    /// The dissection of the trace: streams, messages, labels.
    pub dissection: RcEq<Dissection>,
    /// How many entries of the trace have been applied.
    pub index: u32,
    /// The simulated time.
    pub now: Instant,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
    pub on_select: Callback<Selection>,
}

/// A table per node, as `ss` would list its sockets, with the 2MSL clocks.
#[component]
pub fn SocketsView(props: &SocketsViewProps) -> Html {
    let text = use_text();
    let (trace, dissection) = (&props.trace, &props.dissection);
    let tables = use_memo(
        (trace.clone(), dissection.clone(), props.index),
        |(trace, dissection, index)| -> Vec<(RcEq<SocketTable>, Vec<SocketKey>)> {
            let world = trace.world_after(*index);
            let nodes = u16::try_from(world.nodes.len()).unwrap_or(u16::MAX);
            (0..nodes)
                .map(|node| {
                    let table = SocketTable::of_world(trace, dissection, &world, NodeId(node));
                    let keys = table.rows.iter().map(|row| row.key);
                    let reset = keys.filter(|key| dissection.was_reset(*key, *index)).collect();
                    (RcEq::new(table), reset)
                })
                .collect()
        },
    );
    let nodes = tables.iter().map(|(table, reset)| {
        let who = who(text, trace, table.node);
        let runs = table.rows.iter().any(|row| row.time_wait.is_some());
        html! {
            <NodeSockets key={table.node.0} name={who.name} role={who.class} table={table.clone()} reset={reset.clone()}
                now={if runs { props.now } else { Instant::ZERO }}
                selected={props.selection.socket.filter(|key| key.node == table.node)} on_select={props.on_select.clone()} />
        }
    });
    html! { <div class="sockets">{ for nodes }</div> }
}
