//! One socket as a row.

use playground_core::tcp::State;
use playground_core::time::Instant;
use playground_playback::{Selection, SocketRow};
use web_sys::MouseEvent;
use yew::prelude::*;

use super::ring::ring;
use crate::language::{Text, use_text};
use crate::view::common::{pick, words};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The socket.
    pub(super) row: SocketRow,
    /// Whether a RST ended it.
    pub(super) was_reset: bool,
    /// The simulated time; constant where no timer runs.
    pub(super) now: Instant,
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// Connection, 4-tuple, state, queues, clock. The state is the row's button; a click anywhere does the same.
#[component]
pub(super) fn SocketLine(props: &Props) -> Html {
    let text = use_text();
    let row = &props.row;
    let selection = pick::socket(row.key);
    let onclick = {
        let on_select = props.on_select.clone();
        Callback::from(move |_: MouseEvent| on_select.emit(selection))
    };
    let number = row.connection.map(|connection| words::circled(connection.number()));
    let local = match (row.local, row.listening_port) {
        (Some(local), _) => local.to_string(),
        (None, Some(port)) => format!("*:{port}"),
        (None, None) => "–".to_owned(),
    };
    let remote = match (row.remote, row.listening_port) {
        (Some(remote), _) => remote.to_string(),
        (None, Some(_)) => "*:*".to_owned(),
        (None, None) => "–".to_owned(),
    };
    let state = if row.state == State::Closed && row.listening_port.is_none() && row.local.is_none() {
        text.plain("sockets-unused")
    } else {
        row.state.name().to_owned()
    };
    html! {
        <tr role="row" class={classes!("socket-line", props.selected.then_some("is-selected"))} {onclick}>
            <td role="cell" class="socket-connection">{ number.unwrap_or_default() }</td>
            <td role="cell" class="socket-state">
                <button type="button" class={classes!("state-chip", words::state_class(row.state, props.was_reset))}
                    aria-pressed={props.selected.to_string()}>
                    { state }
                </button>
                if let Some(timer) = row.time_wait {
                    { ring(text, &timer, props.now) }
                }
            </td>
            <td role="cell" class="socket-local" data-label={text.plain("sockets-local")}>{ local }</td>
            <td role="cell" class="socket-remote" data-label={text.plain("sockets-remote")}>{ remote }</td>
            { queue(text, "sockets-receive-queue", row.receive_queue) }
            { queue(text, "sockets-send-queue", row.send_queue) }
        </tr>
    }
}

/// The octets in a queue; a question mark where they are not known.
fn queue(text: Text, key: &str, octets: Option<u64>) -> Html {
    let is_filled = octets.is_some_and(|octets| octets > 0);
    let unknown = octets.is_none().then(|| text.plain("stage-buffer-unknown"));
    html! {
        <td role="cell" class={classes!("socket-queue", is_filled.then_some("is-filled"))} title={unknown}
            data-label={text.plain(key)}>{ octets.map_or_else(|| "?".to_owned(), |octets| octets.to_string()) }</td>
    }
}
