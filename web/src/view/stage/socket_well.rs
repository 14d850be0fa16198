//! A socket in its slot on a card: state, buffers.

use playground_core::tcp::State;
use playground_playback::{BufferView, ConnectionId, Selection, SocketView};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::{pick, words};

use super::buffer::filled;
use super::form::TypeSizes;
use super::layout::{Room, Well};
use super::number_badge::{badge_width, number_badge};
use super::rect::Rect;
use super::spoken::explained_until;
use super::tiles::TileRoom;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The slot.
    pub(super) well: Well,
    /// Font sizes.
    pub(super) sizes: TypeSizes,
    /// The socket in it; none while the slot is empty.
    pub(super) socket: Option<SocketView>,
    /// The class of the node at the other end.
    pub(super) peer: &'static str,
    /// Whether the connection's number precedes the state.
    pub(super) numbered: bool,
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Selects it.
    pub(super) on_select: Callback<Selection>,
}

/// A state is shortened before its type becomes smaller than this.
const SMALLEST: f64 = 13.0;

/// Positions within a slot.
struct Places {
    state: (f64, f64),
    state_size: f64,
    send: Option<(f64, f64, TileRoom)>,
    receive: Option<(f64, f64, TileRoom)>,
}

/// A socket's slot; a faded outline while no socket is in it.
#[component]
pub(super) fn SocketWell(props: &Props) -> Html {
    let text = use_text();
    let rect = props.well.rect;
    let Some(socket) = &props.socket else {
        return Html::default();
    };
    let places = places(props);
    let (onclick, onkeydown) = pick::handlers(pick::socket(socket.key), &props.on_select);
    let (x, y) = places.state;
    let number = socket.connection.filter(|_| props.numbered).map(ConnectionId::number);
    let r = props.sizes.small * 0.6;
    let indent = number.map_or(0.0, |number| badge_width(number, r) + 6.0);
    let room = rect.w - 20.0 - indent;
    let size_in = |state: &str| (room / text_width(state, 1.0, Face::Mono)).min(places.state_size);
    let (whole, short) = match (socket.was_reset, socket.state) {
        (true, _) => ("CLOSED (RST)", "RST"),
        // As `ss` and `netstat` shorten it.
        (_, State::SynReceived) => (socket.state.name(), "SYN-RECV"),
        (_, state) => (state.name(), state.name()),
    };
    let state = if size_in(whole) < SMALLEST { short } else { whole };
    let fit = size_in(state);
    html! {
        <g
            class="focusable socket"
            role="button"
            tabindex="0"
            aria-pressed={props.selected.to_string()}
            aria-label={label(text, socket)}
            {onclick}
            {onkeydown}
        >
            <title>{ timers(text, socket) }</title>
            // The label has the full text.
            <g aria-hidden="true">
            <rect
                class={classes!("socket-well", props.selected.then_some("is-selected"))}
                x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="10"
            />
            if let Some(number) = number {
                { number_badge(number, x, y - props.sizes.mono * 0.36, r) }
            }
            <text
                class={classes!("mono", "socket-state", words::state_class(socket.state, socket.was_reset))}
                x={px(x + indent)} y={px(y)} font-size={px(fit)}
            >
                { state }
            </text>
            { places.send.map(|place| buffer(text, "stage-send", place, &socket.send, classes!())) }
            { places.receive.map(|place| buffer(text, "stage-receive", place, &socket.receive, classes!(props.peer))) }
            </g>
        </g>
    }
}

/// Every timer of the socket, with what it is for.
fn timers(text: Text, socket: &SocketView) -> String {
    let timers = socket.timers.iter().map(|timer| explained_until(text, timer));
    let lines: Vec<String> = core::iter::once(socket.state.name().to_owned()).chain(timers).collect();
    lines.join("\n")
}

fn buffer(text: Text, key: &str, place: (f64, f64, TileRoom), view: &BufferView, author: Classes) -> Html {
    let (x, y, room) = place;
    html! {
        <>
            <text class="mono faded" x={px(x)} y={px(y)} font-size={px(room.size)}>{ text.plain(key) }</text>
            { filled(view, room, author) }
        </>
    }
}

fn label(text: Text, socket: &SocketView) -> String {
    let number = socket.connection.map(|connection| connection.number().to_string()).unwrap_or_default();
    text.get(
        "stage-socket",
        &[
            ("number", &number),
            ("state", socket.state.name()),
            ("sending", &words::octets(socket.send.used)),
            ("received", &words::octets(socket.receive.used)),
        ],
    )
}

fn places(props: &Props) -> Places {
    let Rect { x, y, w, h } = props.well.rect;
    let (mono, small) = (props.sizes.mono, props.sizes.small - 0.5);
    let left = x + 10.0;
    let word = text_width("send ", small, Face::Mono);
    let tiles_x = left + word;
    let tiles_w = w - 20.0 - word;
    let tall = mono + 8.0;
    let line = |top: f64, high: f64| {
        let room =
            TileRoom { rect: Rect::new(tiles_x, top, tiles_w, high), rows: 1, columns: None, size: small };
        Some((left, top + high / 2.0 + small * 0.35, room))
    };
    match props.well.room {
        Room::Broad => {
            let first = y + mono + if h < 130.0 { 12.0 } else { 16.0 };
            // The receive buffer's name is above its tiles, or before them on low screens.
            let (word_y, tiles) = if h < 130.0 {
                let top = first + tall + 5.0;
                let row = (y + h - top - 8.0 - 4.0) / 2.0;
                (top + row / 2.0 + small * 0.35, Rect::new(tiles_x, top, tiles_w, 2.0 * row + 4.0))
            } else {
                let word_y = first + tall + small + 5.0;
                (word_y, Rect::new(left, word_y + 6.0, w - 20.0, y + h - word_y - 16.0))
            };
            let room = TileRoom { rect: tiles, rows: 2, columns: Some(5), size: small };
            Places {
                state: (left, y + mono + if h < 130.0 { 6.0 } else { 8.0 }),
                state_size: mono + 1.0,
                send: line(first, tall),
                receive: Some((left, word_y, room)),
            }
        }
        Room::Full => {
            let first = y + mono + 17.0;
            Places {
                state: (left, y + mono + 9.0),
                state_size: mono + 0.5,
                send: line(first, tall),
                receive: line(first + tall + 5.0, tall),
            }
        }
        Room::Medium => {
            let first = y + mono + 12.0;
            let tall = ((h - mono - 12.0 - 10.0) / 2.0 - 2.0).min(tall).max(12.0);
            Places {
                state: (left, y + mono + 6.0),
                state_size: mono,
                send: line(first, tall),
                receive: line(first + tall + 4.0, tall),
            }
        }
        Room::Small => {
            let half = (w - 20.0 - 10.0) / 2.0;
            let tight = h < 46.0;
            let top = y + mono + if tight { 6.5 } else { 10.0 };
            let high = (y + h - top - if tight { 3.5 } else { 6.0 }).min(tall);
            let place = |x: f64| {
                let room = TileRoom {
                    rect: Rect::new(x + word, top, half - word, high),
                    rows: 1,
                    columns: None,
                    size: small,
                };
                Some((x, top + high / 2.0 + small * 0.35, room))
            };
            Places {
                state: (left, y + mono + if tight { 2.0 } else { 4.0 }),
                state_size: mono,
                send: place(left),
                receive: place(left + half + 10.0),
            }
        }
    }
}
