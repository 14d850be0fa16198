//! The selected socket.

use playground_core::trace::Trace;
use playground_playback::{Dissection, Selection, SocketKey};
use yew::prelude::*;

use super::facts::facts;
use super::socket_facts::socket_facts;
use super::why_chain::WhyChain;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::who::who;
use crate::view::common::words;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The trace.
    pub(super) trace: RcEq<Trace>,
    /// The dissection of the trace: streams, messages, labels.
    pub(super) dissection: RcEq<Dissection>,
    /// The socket.
    pub(super) socket: SocketKey,
    /// How many entries of the trace have been applied.
    pub(super) index: u32,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// Its state, its numbers, and why it is in this state.
#[component]
pub(super) fn SocketView(props: &Props) -> Html {
    let text = use_text();
    let key = props.socket;
    let socket = use_memo((props.trace.clone(), key, props.index), |(trace, key, index)| {
        let world = trace.world_after(*index);
        world.nodes.get(key.node.index()).and_then(|node| node.sockets.get(&key.socket)).cloned()
    });
    let who = who(text, &props.trace, key.node);
    let number =
        props.dissection.connection_of(key).map(|(connection, _)| words::circled(connection.id.number()));
    let title = match &number {
        Some(number) => text.get("inspector-socket", &[("node", &who.name), ("number", number)]),
        None => text.get("inspector-listener", &[("node", &who.name)]),
    };
    let last = props.dissection.state_changes(key, props.index).last().copied();
    html! {
        <article class="inspected">
            <header class={who.class}>
                <h2 class="is-sentence">{ title }</h2>
                if let Some(socket) = &*socket {
                    <p>
                        <span class={classes!("state-chip", words::state_class(socket.state, props.dissection.was_reset(key, props.index)))}>
                            { socket.state.name() }
                        </span>
                    </p>
                }
            </header>
            if let Some(socket) = &*socket {
                { facts(&socket_facts(text, socket)) }
            } else {
                <p class="inspected-said">{ text.plain("inspector-no-socket") }</p>
            }
            if let Some(entry) = last {
                <WhyChain trace={props.trace.clone()} dissection={props.dissection.clone()} {entry} on_select={props.on_select.clone()} />
            }
        </article>
    }
}
