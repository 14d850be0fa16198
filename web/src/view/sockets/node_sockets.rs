//! The sockets of one node.

use playground_core::time::Instant;
use playground_playback::{Selection, SocketKey, SocketTable};
use web_sys::MouseEvent;
use yew::prelude::*;

use super::ports::ports;
use super::socket_line::SocketLine;
use crate::language::use_text;
use crate::rc_eq::RcEq;

/// Rows shown until the user asks for all.
const MOST: usize = 40;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The node's name.
    pub(super) name: AttrValue,
    /// Its class.
    pub(super) role: &'static str,
    /// Its sockets.
    pub(super) table: RcEq<SocketTable>,
    /// Those of them that a RST ended.
    pub(super) reset: Vec<SocketKey>,
    /// The simulated time; constant where no timer runs.
    pub(super) now: Instant,
    /// The selected socket, if it is one of these.
    pub(super) selected: Option<SocketKey>,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// A node's name, its ports, and a table of its sockets, newest last; of many only the newest.
#[component]
pub(super) fn NodeSockets(props: &Props) -> Html {
    let text = use_text();
    let whole = use_state(|| false);
    let rows = &props.table.rows;
    let hidden = if *whole { 0 } else { rows.len().saturating_sub(MOST) };
    let show = {
        let whole = whole.clone();
        Callback::from(move |_: MouseEvent| whole.set(true))
    };
    let head = |key: &str, class: &'static str| {
        html! { <th role="columnheader" scope="col" {class}>{ text.plain(key) }</th> }
    };
    // Listening sockets are always shown.
    let shown =
        rows.iter().enumerate().filter(|(place, row)| *place >= hidden || row.listening_port.is_some());
    let lines = shown.map(|(_, row)| {
        html! {
            <SocketLine key={row.key.socket.0} row={row.clone()} was_reset={props.reset.contains(&row.key)}
                now={if row.time_wait.is_some() { props.now } else { Instant::ZERO }}
                selected={props.selected == Some(row.key)} on_select={props.on_select.clone()} />
        }
    });
    html! {
        <section class={classes!("node-sockets", props.role)}>
            <header>
                <h3><i aria-hidden="true" />{ &props.name }</h3>
                { ports(text, &props.table) }
            </header>
            if rows.is_empty() {
                <p class="sockets-none">{ text.plain("sockets-none") }</p>
            } else {
                <table role="table">
                    <caption class="visually-hidden">{ text.get("sockets-of", &[("node", props.name.as_str())]) }</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col" class="socket-connection">
                                <span class="visually-hidden">{ text.plain("sockets-connection") }</span>
                            </th>
                            { head("sockets-state", "socket-state") }
                            { head("sockets-local", "socket-local") }
                            { head("sockets-remote", "socket-remote") }
                            { head("sockets-receive-queue", "socket-queue") }
                            { head("sockets-send-queue", "socket-queue") }
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        if hidden > 0 {
                            <tr role="row"><td role="cell" colspan="6" class="sockets-more">
                                <button type="button" class="button small" onclick={show}>
                                    { text.get("sockets-more", &[("count", &hidden.to_string())]) }
                                </button>
                            </td></tr>
                        }
                        { for lines }
                    </tbody>
                </table>
            }
        </section>
    }
}
