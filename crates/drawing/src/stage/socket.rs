//! A socket in its slot on a card: state, buffers.

use playground_core::tcp::State;
use playground_playback::{BufferView, ConnectionId, Selection, SocketView, TileStatus, TimerView};
use playground_words::{Text, octets, time_text};

use crate::canvas::Canvas;
use crate::element::Element;
use crate::node_words::state_class;
use crate::number::px;
use crate::parts::{baseline, crack};
use crate::text_width::{Face, text_width};

use super::badge::{badge, badge_width};
use super::form::{Buffers, Form};
use super::rect::Rect;
use super::tiles::{PlacedTile, TileRoom, set};

/// Inside a slot.
pub const PAD: f64 = 8.0;

/// A socket, with its peer's colour, the entry of its state, and its number where that is not on the pipe.
pub struct Socket<'a> {
    pub view: &'a SocketView,
    pub peer: &'static str,
    pub entry: Option<u32>,
    pub numbered: bool,
}

impl Socket<'_> {
    fn number(&self) -> Option<u32> {
        self.view.connection.filter(|_| self.numbered).map(ConnectionId::number)
    }

    /// The word of its state in a room, and its size: shortened before it is too small.
    fn state(&self, form: &Form, room: f64) -> (&'static str, f64) {
        let (whole, short) = match (self.view.was_reset, self.view.state) {
            (true, _) => ("CLOSED (RST)", "RST"),
            // As `ss` and `netstat` shorten it.
            (_, State::SynReceived) => (self.view.state.name(), "SYN-RECV"),
            (_, State::Established) => (self.view.state.name(), "ESTAB"),
            (_, state) => (state.name(), state.name()),
        };
        let size = |state: &str| (room / text_width(state, 1.0, Face::Mono)).min(form.mono);
        let state = if size(whole) < Canvas::SMALLEST { short } else { whole };
        (state, size(state).max(Canvas::SMALLEST))
    }

    /// Where its state ends in a slot.
    pub fn state_end(&self, form: &Form, rect: Rect) -> f64 {
        let indent = self.indent(form);
        let (state, size) = self.state(form, rect.w - 2.0 * PAD - indent);
        rect.x + PAD + indent + text_width(state, size, Face::Mono)
    }

    fn indent(&self, form: &Form) -> f64 {
        self.number().map_or(0.0, |number| badge_width(number, form.small * 0.6) + 6.0)
    }

    /// The slot with the socket in it.
    pub fn draw(&self, form: &Form, rect: Rect) -> Element {
        let (text, socket) = (form.text, self.view);
        let (x, y) = (rect.x + PAD, state_line(form, rect));
        let indent = self.indent(form);
        let (state, size) = self.state(form, rect.w - 2.0 * PAD - indent);
        let selection = Selection { segment: None, socket: Some(socket.key), entry: None };
        let mut group = Element::group("socket")
            .key(socket.key.socket.0)
            .selects(selection, label(text, socket))
            .title(timers(text, socket))
            .add(Element::rect(rect.x, rect.y, rect.w, rect.h).number("rx", 10.0).class("socket-well"));
        if let Some(entry) = self.entry {
            group = group.entry(entry);
        }
        if let Some(number) = self.number() {
            group = group.add(badge(number, x, y, form.small * 0.6));
        }
        let class = format!("mono socket-state {}", state_class(socket.state, socket.was_reset));
        group = group.add(Element::text(x + indent, baseline(y, size), size, state).class(class));
        let (size, high) = (form.small, form.tile());
        let word = text_width("send ", size, Face::Mono);
        let top = rect.y + form.mono + 12.0;
        let room = |x: f64, y: f64, w: f64, rows: usize| TileRoom {
            rect: Rect::new(x + word, y, w - word, high * rows as f64 + 4.0 * (rows as f64 - 1.0)),
            rows,
            columns: (rows > 1).then_some(5),
            size,
        };
        let whole = rect.w - 2.0 * PAD;
        let (send, receive) = match form.detail.buffers {
            Buffers::None => return group,
            Buffers::Line => {
                let half = (whole - 10.0) / 2.0;
                (room(x, top, half, 1), room(x + half + 10.0, top, half, 1))
            }
            Buffers::Lines => (room(x, top, whole, 1), room(x, top + high + 4.0, whole, 1)),
            Buffers::Grid => (room(x, top, whole, 1), room(x, top + high + 4.0, whole, 2)),
        };
        let sending = shown(text, "stage-send", (&socket.send, socket.acks_known), send, "");
        let received =
            shown(text, "stage-receive", (&socket.receive, socket.reads_known), receive, self.peer);
        group.add_all(sending).add_all(received)
    }
}

/// The middle of the line of a socket's state.
pub fn state_line(form: &Form, rect: Rect) -> f64 {
    rect.y + 6.0 + form.mono * 0.5
}

/// Every timer of the socket, with what it is for.
fn timers(text: Text, socket: &SocketView) -> String {
    let timers = socket
        .timers
        .iter()
        .map(|timer| format!("{} ({})", explained(text, timer), time_text::moment(timer.expires_at)));
    let lines: Vec<String> = core::iter::once(socket.state.name().to_owned()).chain(timers).collect();
    lines.join("\n")
}

/// A timer's name and what it is for: `RTO: If no ACK comes by then, ...`.
pub fn explained(text: Text, timer: &TimerView) -> String {
    format!("{}: {}", text.plain(timer.key()), text.plain(&format!("{}.help", timer.key())))
}

fn label(text: Text, socket: &SocketView) -> String {
    let number = socket.connection.map(|connection| connection.number().to_string()).unwrap_or_default();
    text.get(
        match (socket.acks_known, socket.reads_known) {
            (false, _) => "stage-socket-recorded",
            (true, false) => "stage-socket-captured",
            (true, true) => "stage-socket",
        },
        &[
            ("number", &number),
            ("state", socket.state.name()),
            ("sending", &octets(socket.send.used)),
            ("received", &octets(socket.receive.used)),
        ],
    )
}

/// A buffer; a question mark where nothing tells which octets are in it.
fn shown(
    text: Text,
    key: &str,
    (view, is_known): (&BufferView, bool),
    room: TileRoom,
    author: &str,
) -> [Element; 2] {
    let high = (room.rect.h - 4.0 * (room.rows as f64 - 1.0)) / room.rows as f64;
    let line = baseline(room.rect.y + high / 2.0, room.size);
    let sign = Element::text(room.rect.x, line, room.size, "?").class("mono quiet");
    let [name, tiles] = buffer(text, key, view, room, author);
    match is_known || !view.tiles.is_empty() {
        true => [name, tiles],
        false => [name, sign.title(text.plain("stage-buffer-unknown"))],
    }
}

/// A buffer's name and its tiles, discarded ones cracked. `author` colours them.
fn buffer(text: Text, key: &str, view: &BufferView, room: TileRoom, author: &str) -> [Element; 2] {
    let room = room.suited(&view.tiles);
    let (tiles, left_over) = set(&view.tiles, room);
    let hidden = left_over + view.hidden_tiles as usize;
    let high = (room.rect.h - 4.0 * (room.rows as f64 - 1.0)) / room.rows as f64;
    let middle = room.rect.y + high / 2.0;
    let name = Element::text(
        room.rect.x - text_width("send ", room.size, Face::Mono),
        baseline(middle, room.size),
        room.size,
        text.plain(key),
    );
    let mut group = Element::group(author);
    let end = tiles.last().map_or(room.rect.x, |tile| tile.rect.right() + 5.0);
    let row = tiles.last().map_or(middle, |tile| tile.rect.middle().1);
    if hidden > 0 {
        let more = Element::text(end, baseline(row, room.size), room.size, format!("+{hidden}"));
        group = group.add(more.class("mono quiet"));
    } else if end < room.rect.right() - 8.0 {
        let track = Element::rect(end, row - 3.0, room.rect.right() - end, 6.0);
        group = group.add(track.number("rx", 3.0).class("buffer-track"));
    }
    [name.class("mono quiet"), group.add_all(tiles.iter().map(tile))]
}

fn tile(tile: &PlacedTile) -> Element {
    let (size, rect) = (tile.size, tile.rect);
    let (x, y) = rect.middle();
    let class = match tile.status {
        TileStatus::Queued | TileStatus::Held => "tile is-waiting",
        TileStatus::InFlight | TileStatus::Unread => "tile",
        TileStatus::Discarded => "tile is-gone",
    };
    let shape = Element::rect(rect.x, rect.y, rect.w, rect.h).number("rx", 5.0).class(class);
    let label = Element::text(x, baseline(y, size), size, tile.label.clone());
    let label = label.class("mono tile-label").anchor("middle");
    if tile.status != TileStatus::Discarded {
        return Element::new("g").add(shape).add(label);
    }
    let tilt = f64::from([-4i8, 3, 2, -2, -3, 4, -5, 3, 2, -3][tile.place % 10]);
    Element::group("tile-gone")
        .with("transform", format!("rotate({} {} {})", px(tilt), px(x), px(y)))
        .add(shape)
        .add(label)
        .add(crack(rect.x, rect.y, rect.w, rect.h))
}
