//! The selected socket.

use playground_core::event::Waiting;
use playground_core::trace::{SocketWorld, Trace};
use playground_playback::{Dissection, Selection, SocketKey, timer_key};
use yew::prelude::*;

use super::why_chain::WhyChain;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::who::who;
use crate::view::common::{time_text, words};

#[derive(Properties, PartialEq)]
pub(super) struct SocketViewProps {
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
pub(super) fn SocketView(props: &SocketViewProps) -> Html {
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

/// The socket's facts.
fn socket_facts(text: Text, socket: &SocketWorld) -> Vec<Fact> {
    let name = |key: &str| text.plain(key);
    let octets = |count: u64| words::octets(count);
    let mut facts = Vec::new();
    if let Some(tuple) = socket.tuple {
        facts.push(Fact::wire(name("sockets-local"), tuple.local.to_string()));
        facts.push(Fact::wire(name("sockets-remote"), tuple.remote.to_string()));
    }
    if let Some(port) = socket.listening_port {
        facts.push(Fact::wire(name("sockets-local"), format!("*:{port}")));
        return facts;
    }
    facts.push(Fact::words(name("socket-state-since"), time_text::moment(socket.state_since)));
    if let Some((waiting, since)) = socket.waiting.filter(|(waiting, _)| *waiting != Waiting::Nothing) {
        let value = text.get(
            "socket-waits-since",
            &[("waiting", &text.plain(words::waiting_key(waiting))), ("since", &time_text::moment(since))],
        );
        facts.push(Fact::words(name("socket-waits"), value));
    }
    if let Some((belief, _)) = socket.belief {
        facts.push(Fact::words(name("socket-belief"), text.plain(words::belief_key(belief))));
    }
    let unread = socket.received.saturating_sub(socket.read);
    facts.push(Fact::wire(
        name("socket-receive-buffer"),
        format!("{} / {}", octets(unread), octets(socket.receive_capacity as u64)),
    ));
    let unsent = socket.written.saturating_sub(socket.acknowledged);
    facts.push(Fact::wire(
        name("socket-send-buffer"),
        format!("{} / {}", octets(unsent), octets(socket.send_capacity as u64)),
    ));
    if socket.cwnd > 0 {
        facts.push(Fact::wire(name("graphs-window"), octets(u64::from(socket.cwnd))));
    }
    if let Some(threshold) = socket.ssthresh {
        facts.push(Fact::wire(name("graphs-threshold"), octets(u64::from(threshold))));
    }
    facts.push(Fact::wire(name("graphs-flight"), octets(socket.sent.saturating_sub(socket.acknowledged))));
    facts.push(Fact::wire(name("graphs-peer"), octets(u64::from(socket.peer_window))));
    for (timer, (_, expires_at)) in &socket.timers {
        let value = text.get("socket-timer-until", &[("at", &time_text::moment(*expires_at))]);
        facts.push(Fact::words(text.plain(timer_key(*timer)), value));
    }
    if let Some(error) = socket.error {
        facts.push(Fact::wire(name("socket-error"), error.name().to_owned()));
    }
    facts
}

/// One fact: name and value.
#[derive(Clone, PartialEq)]
struct Fact {
    pub(super) name: String,
    pub(super) value: String,
    /// Whether the value is octets or program text.
    pub(super) mono: bool,
}

impl Fact {
    /// A fact whose value is prose.
    const fn words(name: String, value: String) -> Self {
        Self { name, value, mono: false }
    }

    /// A fact whose value is octets or code.
    const fn wire(name: String, value: String) -> Self {
        Self { name, value, mono: true }
    }
}

/// Names left, values right.
fn facts(facts: &[Fact]) -> Html {
    let rows = facts.iter().map(|fact| {
        html! {
            <div>
                <dt>{ &fact.name }</dt>
                <dd class={classes!(fact.mono.then_some("wire"))}>{ &fact.value }</dd>
            </div>
        }
    });
    html! { <dl class="facts">{ for rows }</dl> }
}
