//! A node's card.

use playground_core::event::Belief;
use playground_core::tcp::State;
use playground_playback::{
    CallView, ConnectionId, Frame, NodeView, PipeView, RoleKind, SocketKey, SocketView, belief_key,
};
use playground_words::{Text, node_name};

use crate::canvas::Canvas;
use crate::element::Element;
use crate::node_words::{card_title, state_class};
use crate::parts::{baseline, group_class};
use crate::text_width::{Face, fitted, text_width, wrapped};

use super::badge::{badge, badge_width};
use super::clock::Clock;
use super::form::Form;
use super::layout::{Card, Layout, Mind, Well};
use super::rect::Rect;
use super::role_sign::role_sign;
use super::socket::Socket;

/// Width of bold type relative to regular type.
const BOLD: f64 = 1.08;

/// The outline, the head, the sockets, the waits and beliefs, and the last call.
pub fn draw(
    layout: &Layout,
    frame: &Frame,
    node: &NodeView,
    clock: Clock,
    entry: &dyn Fn(SocketKey) -> Option<u32>,
) -> Element {
    let (form, card) = (&layout.form, &layout.cards[node.id.index()]);
    let rect = card.rect;
    let outline = Element::rect(rect.x, rect.y, rect.w, rect.h)
        .number("rx", if rect.h < 60.0 { 9.0 } else { 16.0 })
        .class("card-outline");
    let mut group = Element::group(group_class(node.kind)).add(outline);
    if layout.brief {
        return group.add_all(brief(form.text, node, rect));
    }
    group = group.add_all(if node.kind == RoleKind::Network && card.wells.is_empty() && rect.h >= 76.0 {
        passing_head(form, node, card.header)
    } else {
        head(form, node, card.header, clock, card)
    });
    // The dialog covers everything below the head.
    let asks = node.question.as_ref().is_some_and(|question| question.is_open(clock.now));
    let mut sockets = Element::new("g");
    for well in card.wells.iter().filter(|_| !asks) {
        let Some((socket, peer)) = seated(frame, node, well) else { continue };
        let view = socket;
        let mind = card.minds.iter().find(|mind| mind.hop == well.hop);
        let tube = layout.tubes.iter().find(|tube| (tube.hop, tube.row) == (well.hop, well.row));
        let numbered = tube.is_none_or(|tube| !tube.named || tube.counted);
        let peer_class = peer.map_or("role-other", |peer| group_class(peer.kind));
        let socket = Socket { view, peer: peer_class, entry: entry(view.key), numbered };
        let mut seat = Element::new("g").key(format!("{}-{}", well.hop.0, well.row));
        seat = seat.add(socket.draw(form, well.rect)).add_all(clock.of_socket(form, well, mind, &socket));
        if let Some(mind) = mind.filter(|mind| mind.lines > 0) {
            let disagrees = peer.is_some_and(|peer| disagree(view, other_end(frame, well, view, peer)));
            seat = seat.add_all(belief(form, mind, view, disagrees));
        }
        sockets = sockets.add(seat);
    }
    group = group.add(sockets).add_all(clock.of_node(form, node, card));
    match (card.terminal, &node.last_call) {
        (Some(rect), Some(call)) if !asks => group.add(terminal(form, rect, call)),
        _ => group,
    }
}

/// The pipe in a place: the newest, if an older one is still fading.
pub fn shown_in(frame: &Frame, hop: playground_core::event::HopId, row: u32) -> Option<&PipeView> {
    frame.pipes.iter().filter(|pipe| pipe.hop == hop && pipe.row == row).max_by_key(|pipe| pipe.connection)
}

/// The socket in a slot, and the node at the other end.
fn seated<'a>(
    frame: &'a Frame,
    node: &'a NodeView,
    well: &Well,
) -> Option<(&'a SocketView, Option<&'a NodeView>)> {
    let pipe = shown_in(frame, well.hop, well.row)?;
    let (mine, other) =
        if pipe.left == node.id { (pipe.left_socket, pipe.right) } else { (pipe.right_socket, pipe.left) };
    let socket = node.sockets.iter().find(|socket| Some(socket.key) == mine)?;
    Some((socket, frame.nodes.get(other.index()).map(AsRef::as_ref)))
}

/// The socket at the other end of a pipe.
fn other_end<'a>(
    frame: &Frame,
    well: &Well,
    mine: &SocketView,
    peer: &'a NodeView,
) -> Option<&'a SocketView> {
    let pipe = shown_in(frame, well.hop, well.row)?;
    let key = [pipe.left_socket, pipe.right_socket].into_iter().flatten().find(|key| *key != mine.key)?;
    peer.sockets.iter().find(|socket| socket.key == key)
}

/// Whether one end believes that the connection ends and the other that it stays.
fn disagree(mine: &SocketView, theirs: Option<&SocketView>) -> bool {
    let ends = matches!(mine.belief, Some(Belief::ClosesAfterResponse | Belief::EndsWhenServerCloses));
    ends && theirs.and_then(|socket| socket.belief) == Some(Belief::Persists)
}

/// Sign, name, the line under it, and the port that it listens on.
fn head(form: &Form, node: &NodeView, header: Rect, clock: Clock, card: &Card) -> Vec<Element> {
    let text = form.text;
    let r = if form.detail.subtitle { form.name } else { form.name * 0.72 };
    let middle = header.middle().1;
    let x = header.x + 2.0 * r + 10.0;
    let room = header.right() - x;
    let title = card_title(text, node);
    let mut parts = vec![role_sign(node.kind, node.role, (header.x + r, middle), r)];
    let name =
        |y: f64, words: String| Element::text(x, baseline(y, form.name), form.name, words).class("card-name");
    let title_w = text_width(&title, form.name, Face::Sans) * BOLD;
    if title_w > room && title.contains(' ') && form.detail.subtitle {
        // A long name takes two lines, with nothing below it.
        let lines = wrapped(&title, form.name * BOLD, Face::Sans, room, 2);
        let first = middle - form.name * 0.6 * (lines.len() as f64 - 1.0);
        let place = |line: usize| first + form.name * 1.2 * line as f64;
        parts.extend(lines.into_iter().enumerate().map(|(line, words)| name(place(line), words)));
        return parts;
    }
    let listening = node.sockets.iter().find_map(|socket| socket.listening_port);
    let listen = listening.map(|port| format!("LISTEN :{port}")).unwrap_or_default();
    let size = Canvas::SMALLEST;
    let listen_w = text_width(&listen, size, Face::Mono) + 12.0;
    let has_ring = clock.of_node(form, node, card).is_some();
    let under = if form.detail.subtitle && !has_ring { subtitle(text, node) } else { String::new() };
    let sizes = [(form.body - 1.0).max(Canvas::SMALLEST), Canvas::SMALLEST];
    let under_size = sizes.into_iter().find(|size| text_width(&under, *size, Face::Sans) <= room);
    let under_size = under_size.filter(|_| !under.is_empty());
    let is_lifted = under_size.is_some() || has_ring && form.detail.subtitle;
    let title_y = if is_lifted { middle - form.body * 0.55 - 1.0 } else { middle };
    parts.push(name(title_y, fitted(&title, form.name * BOLD, Face::Sans, room)));
    if let Some(size) = under_size {
        let y = middle + 3.0 + form.body * 0.7;
        parts.push(Element::text(x, baseline(y, size), size, under).class("quiet"));
    }
    if listening.is_some() && form.detail.subtitle && title_w + 8.0 + listen_w <= room {
        let (left, high) = (header.right() - listen_w, size + 8.0);
        let place = Element::rect(left, title_y - high / 2.0, listen_w, high).number("rx", 6.0);
        parts.push(place.class("listen-chip"));
        let words = Element::text(left + listen_w / 2.0, baseline(title_y, size), size, listen);
        parts.push(words.class("mono quiet").anchor("middle"));
    }
    parts
}

/// The head of a switch or router: its sign above its name.
fn passing_head(form: &Form, node: &NodeView, header: Rect) -> Vec<Element> {
    let (r, size) = (form.name, (form.name - 2.0).max(Canvas::SMALLEST));
    let (x, y) = header.middle();
    let title = fitted(&card_title(form.text, node), size * BOLD, Face::Sans, header.w + 12.0);
    let words = Element::text(x, y + r * 1.35, size, title);
    vec![role_sign(node.kind, node.role, (x, y - r * 0.7), r), words.class("card-name").anchor("middle")]
}

/// The line under the name: the role, or a client's progress.
fn subtitle(text: Text, node: &NodeView) -> String {
    if node.hidden_sockets > 0 {
        let (count, waiting) = (node.hidden_sockets.to_string(), node.hidden_time_wait.to_string());
        return text.get("stage-more-sockets", &[("count", &count), ("waiting", &waiting)]);
    }
    if node.completed + node.failed > 0 {
        let (done, failed) = (node.completed.to_string(), node.failed.to_string());
        return text.get("stage-progress", &[("done", &done), ("failed", &failed)]);
    }
    if let Some(address) = node.leased {
        return match address.is_unspecified() {
            true => text.plain("stage-no-address"),
            false => address.to_string(),
        };
    }
    let key = format!("role-{}-does", node.role);
    if text.has(&key) { text.plain(&key) } else { node_name(text, &node.name) }
}

fn belief(form: &Form, mind: &Mind, socket: &SocketView, disagrees: bool) -> Option<Element> {
    let (rect, size) = (mind.belief, form.body);
    let quoted = form.text.plain(belief_key(socket.belief?));
    let number = socket.connection.filter(|_| mind.mixed).map(ConnectionId::number);
    let r = size * 0.55;
    let indent = number.map_or(0.0, |number| badge_width(number, r) + size * 0.4);
    let (room, step) = (rect.w - indent, rect.h / mind.lines as f64);
    // A sign in addition to the colour: the two ends disagree.
    let sign = if disagrees { "≠ " } else { "" };
    let said = form.text.get("stage-belief", &[("belief", &quoted)]);
    let mut lines = wrapped(&format!("{sign}{said}"), size, Face::Sans, room, mind.lines);
    if lines.last().is_some_and(|line| line.ends_with('…')) {
        // When short of room, drop the word "believes" first.
        lines = wrapped(&format!("{sign}“{quoted}”"), size, Face::Sans, room, mind.lines);
    }
    let mut group = Element::group(if disagrees { "belief is-contradicted" } else { "belief" });
    if let Some(number) = number {
        group = group.add(badge(number, rect.x, rect.y + step / 2.0, r));
    }
    Some(group.add_all(lines.into_iter().enumerate().map(|(line, words)| {
        let y = rect.y + step * (line as f64 + 0.5);
        Element::text(rect.x + indent, baseline(y, size), size, words)
    })))
}

/// The last socket call as a program would print it: `> read(4, …, 65536)` and what it returned.
fn terminal(form: &Form, rect: Rect, call: &CallView) -> Element {
    let size = (form.mono - 1.0).max(Canvas::SMALLEST);
    let (left, right, room) = (rect.x + 10.0, rect.right() - 10.0, rect.w - 20.0);
    let asked = format!("> {}", call.call);
    let in_words = call.error.map(|error| format!("{} {}", call.result, error.message()));
    let fits = |words: &String| text_width(words, size, Face::Mono) <= room;
    let answered =
        in_words.filter(|words| form.detail.calls > 1 && fits(words)).unwrap_or_else(|| call.result.clone());
    let class = if call.error.is_some() { "mono bad" } else { "mono" };
    let group = Element::group("call")
        .entry(call.entry)
        .add(Element::rect(rect.x, rect.y, rect.w, rect.h).number("rx", 10.0).class("terminal"));
    if form.detail.calls < 2 {
        let y = baseline(rect.middle().1, size);
        let answer = fitted(&answered, size, Face::Mono, room * 0.7);
        let free = room - text_width(&answer, size, Face::Mono) - 8.0;
        return group
            .add(Element::text(left, y, size, fitted(&asked, size, Face::Mono, free)).class("mono quiet"))
            .add(Element::text(right, y, size, answer).class(class).anchor("end"));
    }
    let y = |line: f64| baseline(rect.y + rect.h * (0.28 + 0.44 * line), size);
    group
        .add(Element::text(left, y(0.0), size, fitted(&asked, size, Face::Mono, room)).class("mono quiet"))
        .add(Element::text(left, y(1.0), size, fitted(&answered, size, Face::Mono, room)).class(class))
}

/// The name of a node, the state of its connections, and what it does or waits for, as far as there is room.
fn brief(text: Text, node: &NodeView, rect: Rect) -> Vec<Element> {
    let is_low = rect.h < 66.0;
    let r = if is_low { (rect.h / 2.0 - 3.0).min(10.0) } else { 14.0 };
    let x = rect.x + if is_low { 8.0 } else { 12.0 };
    let words_x = x + 2.0 * r + 8.0;
    let states = if is_low { String::new() } else { states(node) };
    let said = said(text, node).filter(|_| !is_low);
    let lines = 1 + usize::from(!states.is_empty()) + usize::from(said.is_some());
    let (name, size) = (if is_low { 13.0 } else { 15.0 }, 13.0);
    let first = rect.middle().1 - (lines as f64 - 1.0) * 10.5;
    let title = fitted(&card_title(text, node), name * BOLD, Face::Sans, rect.right() - words_x - 6.0);
    let mut parts = vec![
        role_sign(node.kind, node.role, (x + r, first), r),
        Element::text(words_x, baseline(first, name), name, title).class("card-name"),
    ];
    let mut y = first + 22.0;
    let room = rect.w - 20.0;
    if !states.is_empty() {
        let words = fitted(&states, size, Face::Mono, room);
        let class = format!("mono socket-state {}", class_of_states(node));
        parts.push(Element::text(x, baseline(y, size), size, words).class(class));
        y += 20.0;
    }
    if let Some(said) = said {
        let words = fitted(&said, size, Face::Sans, room);
        parts.push(Element::text(x, baseline(y, size), size, words).class("quiet"));
    }
    parts
}

/// The states of a node's connections with their numbers, the most frequent first: `ESTABLISHED × 3 · TIME-WAIT`.
fn states(node: &NodeView) -> String {
    let mut counted: Vec<(State, u32)> = Vec::new();
    let mut count = |state: State, more: u32| match counted.iter_mut().find(|(known, _)| *known == state) {
        Some((_, count)) => *count += more,
        None => counted.push((state, more)),
    };
    for socket in node.sockets.iter().filter(|socket| socket.connection.is_some()) {
        count(socket.state, 1);
    }
    if node.hidden_time_wait > 0 {
        count(State::TimeWait, node.hidden_time_wait);
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let word = |(state, count): &(State, u32)| match count {
        1 => state.name().to_owned(),
        count => format!("{} × {count}", state.name()),
    };
    counted.iter().map(word).collect::<Vec<_>>().join(" · ")
}

fn class_of_states(node: &NodeView) -> &'static str {
    let socket = node.sockets.iter().find(|socket| socket.connection.is_some());
    socket.map_or("is-closed", |socket| state_class(socket.state, socket.was_reset))
}

/// What the node has done or has; its wait if it has only one.
fn said(text: Text, node: &NodeView) -> Option<String> {
    if node.completed + node.failed + node.hidden_sockets > 0 || node.leased.is_some() {
        return Some(subtitle(text, node));
    }
    let mut waits = node.sockets.iter().filter_map(|socket| socket.waiting.as_ref());
    let wait = waits.next().filter(|_| waits.next().is_none())?;
    Some(text.plain(wait.key()))
}
