//! A node's card, without the parts that change with time.

use playground_playback::{NodeView, RoleKind, Selection, SocketKey, SocketView};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, fitted, text_width, wrapped};
use crate::view::common::words;

use super::form::TypeSizes;
use super::layout::{CardBox, Mind};
use super::number_badge::{badge_width, number_badge};
use super::role_sign::role_sign;
use super::socket_well::SocketWell;
use super::terminal::terminal;

/// The assignment of sockets to slots, with the peer of each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seat {
    pub(super) key: SocketKey,
    /// The index of the slot in the card.
    pub(super) well: usize,
    /// The class of the node at the other end.
    pub(super) peer: &'static str,
    /// Whether the two ends believe different things.
    pub(super) disagrees: bool,
}

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The node.
    pub(super) node: RcEq<NodeView>,
    /// Its slot.
    pub(super) place: RcEq<CardBox>,
    /// Font sizes.
    pub(super) sizes: TypeSizes,
    /// Whether the head has only the name, for phones.
    pub(super) terse: bool,
    /// The sockets in their slots.
    pub(super) seats: Vec<Seat>,
    /// The selection.
    pub(super) selection: Selection,
    /// Selects a socket.
    pub(super) on_select: Callback<Selection>,
}

/// The outline, the head, the sockets, the beliefs and the last call.
#[component]
pub(super) fn Card(props: &Props) -> Html {
    let text = use_text();
    let (place, sizes) = (&*props.place, props.sizes);
    let rect = place.rect;
    let find = |key: SocketKey| props.node.sockets.iter().find(|socket| socket.key == key);
    let wells = place.wells.iter().enumerate().map(|(index, well)| {
        let seat = props.seats.iter().find(|seat| seat.well == index);
        let socket = seat.and_then(|seat| find(seat.key)).cloned();
        let selected = seat.is_some_and(|seat| props.selection.socket == Some(seat.key));
        html! {
            <SocketWell
                key={index}
                well={*well}
                {sizes}
                {socket}
                peer={seat.map_or("role-other", |seat| seat.peer)}
                {selected}
                numbered={place.minds.is_empty()}
                on_select={props.on_select.clone()}
            />
        }
    });
    let several = place.mixes_minds();
    let beliefs = place.minds.iter().map(|mind| {
        let seat = props
            .seats
            .iter()
            .find(|seat| place.wells.get(seat.well).is_some_and(|well| well.hop == mind.hop));
        let socket = seat.and_then(|seat| find(seat.key));
        belief(text, mind, sizes, socket, several, seat.is_some_and(|seat| seat.disagrees))
    });
    html! {
        <g class={classes!("card", words::role_class(props.node.kind))}>
            <rect class="card-outline" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="16" />
            { head(text, props) }
            { for wells }
            { for beliefs }
            if let Some(rect) = place.terminal {
                { terminal(rect, sizes, props.node.last_call.as_ref()) }
            }
        </g>
    }
}

fn head(text: Text, props: &Props) -> Html {
    let (header, sizes) = (props.place.header, props.sizes);
    if props.node.kind == RoleKind::Network && header.h >= 80.0 {
        return passing_head(text, props);
    }
    let r = if props.terse { 14.0 } else { sizes.name };
    let x = header.x + 2.0 * r + 10.0;
    let middle = header.y + header.h / 2.0 + 2.0;
    let listening = props.node.sockets.iter().find_map(|socket| socket.listening_port);
    let listen = listening.filter(|_| !props.terse).map(|port| format!("LISTEN :{port}"));
    let title = words::card_title(text, &props.node);
    let room = header.right() - x;
    let name_size = shrunk(&title, sizes.name, room);
    let title_w = text_width(&title, name_size, Face::Sans) * BOLD;
    // A name much longer than the width of a narrow card takes two lines, with nothing below it.
    if title_w > room && header.w < 180.0 && title.contains(' ') {
        let size = sizes.name * 0.86;
        let title = match title.rsplit_once(' ') {
            Some((name, number)) if number.len() < 3 => format!("{name}\u{a0}{number}"),
            _ => title,
        };
        let lines = wrapped(&title, size, Face::Sans, room, 2).into_iter().enumerate();
        return html! {
            <>
                { role_sign(props.node.kind, props.node.role, (header.x + r, middle), r) }
                { for lines.map(|(line, words)| {
                    let y = middle + size * (1.12 * line as f64 - 0.22);
                    html! { <text class="card-name" key={line} x={px(x)} y={px(y)} font-size={px(size)}>{ words }</text> }
                }) }
            </>
        };
    }
    let listen_w =
        listen.as_ref().map_or(0.0, |listen| text_width(listen, sizes.small - 1.0, Face::Mono) + 14.0);
    let listen = listen.filter(|_| title_w + 8.0 + listen_w <= room);
    let subtitle = subtitle(text, &props.node);
    // A timer without a connection is shown at the end of this line.
    let has_ring = !props.node.timers.is_empty();
    let under_room = if has_ring { room - 82.0 } else { room };
    let under_w = text_width(&subtitle, sizes.text - 0.5, Face::Sans);
    let is_cramped = under_w > under_room && (has_ring || props.node.kind == RoleKind::Network);
    let (title_y, under_y) = if props.terse {
        (middle + sizes.name * 0.33, None)
    } else {
        (middle - 3.0, Some(middle + sizes.text + 2.0))
    };
    html! {
        <>
            { role_sign(props.node.kind, props.node.role, (header.x + r, middle), r) }
            <text class="card-name" x={px(x)} y={px(title_y)} font-size={px(name_size)}>
                { fitted(&title, name_size, Face::Sans, room) }
            </text>
            if let Some(y) = under_y.filter(|_| !is_cramped) {
                <text class="faded" x={px(x)} y={px(y)} font-size={px(sizes.text - 0.5)}>
                    { fitted(&subtitle, sizes.text - 0.5, Face::Sans, room) }
                </text>
            }
            if let Some(listen) = listen {
                <rect
                    class="listen-chip"
                    x={px(header.right() - listen_w)} y={px(title_y - sizes.small - 6.0)}
                    width={px(listen_w)} height={px(sizes.small + 8.0)} rx="6"
                />
                <text
                    class="mono middle faded"
                    x={px(header.right() - listen_w / 2.0)} y={px(title_y - 4.0)} font-size={px(sizes.small - 1.0)}
                >
                    { listen }
                </text>
            }
        </>
    }
}

/// Width of bold type relative to regular type.
const BOLD: f64 = 1.06;

/// The font size at which a name fits, at least 80 %.
fn shrunk(title: &str, size: f64, room: f64) -> f64 {
    size * (room / (text_width(title, size, Face::Sans) * BOLD)).clamp(0.8, 1.0)
}

/// The head of a switch or router: its sign above its name.
fn passing_head(text: Text, props: &Props) -> Html {
    let (header, sizes) = (props.place.header, props.sizes);
    let r = if props.terse { 15.0 } else { sizes.name };
    let (x, y) = header.middle();
    let title = words::card_title(text, &props.node);
    let size = shrunk(&title, sizes.name, header.w);
    let title = fitted(&title, size, Face::Sans, header.w);
    html! {
        <>
            { role_sign(props.node.kind, props.node.role, (x, y - sizes.name * 0.7), r) }
            <text class="card-name middle" x={px(x)} y={px(y - sizes.name * 0.7 + r + sizes.name * 1.2)} font-size={px(size)}>
                { title }
            </text>
        </>
    }
}

/// The line under the name: the role, or a client's progress.
pub(super) fn subtitle(text: Text, node: &NodeView) -> String {
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
    if text.has(&key) { text.plain(&key) } else { node.name.to_string() }
}

fn belief(
    text: Text,
    mind: &Mind,
    sizes: TypeSizes,
    socket: Option<&SocketView>,
    numbered: bool,
    disagrees: bool,
) -> Html {
    let Some((socket, belief)) = socket.and_then(|socket| Some((socket, socket.belief?))) else {
        return Html::default();
    };
    let rect = mind.belief;
    let size = sizes.text;
    let number = socket.connection.filter(|_| numbered).map(playground_playback::ConnectionId::number);
    let r = size * 0.55;
    let indent = number.map_or(0.0, |number| badge_width(number, r) + size * 0.4);
    let quoted = text.plain(words::belief_key(belief));
    let mut said = text.get("stage-belief", &[("belief", &quoted)]);
    let room = rect.w - indent - if disagrees { size } else { 0.0 };
    if mind.belief_lines < 2 && number.is_some() && text_width(&said, size, Face::Sans) > room {
        said = format!("“{quoted}”");
    }
    if disagrees {
        // A sign in addition to the colour: the two ends disagree.
        said.insert_str(0, "≠ ");
    }
    let room = rect.w - indent;
    let mut lines = wrapped(&said, size, Face::Sans, room, mind.belief_lines);
    if lines.last().is_some_and(|line| line.ends_with('…')) {
        // When short of room, drop the word "believes" first.
        let sign = if disagrees { "≠ " } else { "" };
        lines = wrapped(&format!("{sign}“{quoted}”"), size, Face::Sans, room, mind.belief_lines);
    }
    let step = rect.h / mind.belief_lines as f64;
    html! {
        <g class={if disagrees { "belief is-contradicted" } else { "belief" }}>
            if let Some(number) = number {
                { number_badge(number, rect.x, rect.y + step / 2.0, r) }
            }
            { for lines.into_iter().enumerate().map(|(index, line)| {
                let y = rect.y + step * index as f64 + step / 2.0 + size * 0.36;
                html! { <text key={index} x={px(rect.x + indent)} y={px(y)} font-size={px(size)}>{ line }</text> }
            }) }
        </g>
    }
}
