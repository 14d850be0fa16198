//! The stage as a strip above another view: who, state, and packets on their way.

use playground_core::tcp::State;
use playground_playback::{FlightView, Frame, NodeView, RoleKind, Selection};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::size::use_size;
use crate::view::common::text_width::{Face, fitted};
use crate::view::common::words;

use super::card::subtitle;
use super::flight::Flight;
use super::layout::{CardBox, StageLayout, Tube};
use super::layout_strip::{HEIGHT, lay_out};
use super::pipe::Pipe;
use super::role_sign::role_sign;
use super::summary::summary;
use super::traffic::{Placed, place_flights};

/// Properties of [`StageStrip`].
#[derive(Properties, PartialEq)]
pub struct StageStripProps {
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
    pub on_select: Callback<Selection>,
}

/// The strip, in CSS pixels: its type never shrinks.
#[component]
pub fn StageStrip(props: &StageStripProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    // Where there is no room for it, it is not drawn.
    let width = use_size(&node).map(|(width, _)| width).filter(|width| *width >= 480.0);
    let frame = &*props.frame;
    let kinds: Vec<RoleKind> = frame.nodes.iter().map(|node| node.kind).collect();
    let layout = use_memo((width.map(f64::to_bits), kinds, frame.hops.clone()), |(_, kinds, hops)| {
        width.map(|width| lay_out(width, kinds, hops))
    });
    html! {
        <div class="stage-strip" ref={node}>
            if let Some(layout) = &*layout {
                { picture(text, props, layout) }
            }
        </div>
    }
}

fn picture(text: Text, props: &StageStripProps, layout: &StageLayout) -> Html {
    let frame = &*props.frame;
    let role = |id: usize| frame.nodes.get(id).map_or("role-other", |node| words::role_class(node.kind));
    let name = |id: usize| -> AttrValue {
        frame.nodes.get(id).map(|node| words::node_name(text, &node.name)).unwrap_or_default().into()
    };
    let pipes = layout.tubes.iter().map(|tube| pipe(text, props, tube, layout));
    let cards = frame.nodes.iter().zip(&layout.cards).map(|(node, place)| card(text, node, place));
    let flights = place_flights(frame, layout).into_iter().map(|placed| {
        let Placed { flight, shape, x, y, stacked, begins, .. } = placed;
        html! {
            <Flight key={flight.id.0} flight={FlightView::clone(flight)} {shape} {x} {y} {stacked} {begins}
                role={role(flight.from.index())} between={(name(flight.from.index()), name(flight.to.index()))}
                selected={props.selection.segment == Some(flight.id)} on_select={props.on_select.clone()} />
        }
    });
    html! {
        <svg class="stage-picture" viewBox={format!("0 0 {} {}", px(layout.width), px(HEIGHT))} role="group"
            aria-label={text.plain("stage-title")}>
            <g role="img" aria-label={summary(text, frame)}>
                <rect class="stage-ground" width={px(layout.width)} height={px(HEIGHT)} />
            </g>
            <g>{ for pipes }</g>
            <g>{ for cards }</g>
            <g>{ for flights }</g>
        </svg>
    }
}

/// A connection, or the number of them where they are counted.
fn pipe(text: Text, props: &StageStripProps, tube: &Tube, layout: &StageLayout) -> Html {
    let frame = &*props.frame;
    let on_hop = || frame.pipes.iter().filter(|pipe| pipe.hop == tube.hop);
    if !tube.counted {
        let pipe = on_hop().filter(|pipe| pipe.row == tube.row).max_by_key(|pipe| pipe.connection).cloned();
        return html! {
            <Pipe key={format!("{}-{}", tube.hop.0, tube.row)} tube={*tube} {pipe} covered={[true; 2]}
                sizes={layout.sizes} on_select={props.on_select.clone()} />
        };
    }
    let alive = on_hop().filter(|pipe| pipe.gone_at.is_none());
    let shown = alive.clone().max_by_key(|pipe| pipe.connection).cloned();
    let count = alive.count() + frame.hidden_pipes as usize;
    let size = layout.sizes.small;
    html! {
        <g key={tube.hop.0.to_string()}>
            <Pipe tube={*tube} pipe={shown} covered={[true; 2]} sizes={layout.sizes} on_select={props.on_select.clone()} />
            if count > 0 {
                <text class="middle faded" x={px(tube.rect.middle().0)} y={px(tube.rect.y - 6.0)} font-size={px(size)}>
                    { text.get("stage-connections", &[("count", &count.to_string())]) }
                </text>
            }
        </g>
    }
}

/// The name of a node, the state of its connections, and what it does or waits for, as far as there is room.
fn card(text: Text, node: &NodeView, place: &CardBox) -> Html {
    let rect = place.rect;
    let is_low = rect.h < 60.0;
    let r = if is_low { (rect.h / 2.0 - 3.0).min(10.0) } else { 14.0 };
    let x = rect.x + if is_low { 8.0 } else { 12.0 };
    let words_x = x + 2.0 * r + 8.0;
    let room = rect.right() - words_x - 8.0;
    let title = words::card_title(text, node);
    let state = states(node);
    let below = said(text, node);
    let has_below = !is_low && (below.is_some() || !state.is_empty());
    let name_size = if is_low { 13.0 } else { 15.0 };
    let name_y = match (is_low, state.is_empty(), below.is_none()) {
        (true, ..) => rect.y + rect.h / 2.0 + 4.5,
        (_, true, true) => rect.y + rect.h / 2.0 + 5.0,
        (_, false, false) => rect.y + 30.0,
        _ => rect.y + 40.0,
    };
    let sign_y = if has_below { name_y - 5.0 } else { rect.y + rect.h / 2.0 };
    let whole = rect.w - 24.0;
    let first = name_y + 22.0;
    html! {
        <g key={node.id.0} class={classes!("card", words::role_class(node.kind))}>
            <rect class="card-outline" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx={if is_low { "9" } else { "14" }} />
            { role_sign(node.kind, node.role, (x + r, sign_y), r) }
            <text class="card-name" x={px(words_x)} y={px(name_y)} font-size={px(name_size)}>
                { fitted(&title, name_size * 1.06, Face::Sans, room) }
            </text>
            if !is_low && !state.is_empty() {
                <text class={classes!("mono", "socket-state", state_class(node))} x={px(x)} y={px(first)} font-size="13">
                    { fitted(&state, 13.0, Face::Mono, whole) }
                </text>
            }
            if !is_low {
                if let Some(below) = below {
                    <text class="faded" x={px(x)} y={px(if state.is_empty() { first } else { first + 20.0 })} font-size="13">
                        { fitted(&below, 13.0, Face::Sans, whole) }
                    </text>
                }
            }
        </g>
    }
}

/// The states of a node's connections with their numbers, the most frequent first: `ESTABLISHED × 3 · TIME-WAIT`.
fn states(node: &NodeView) -> String {
    let mut counted: Vec<(State, usize)> = Vec::new();
    for socket in node.sockets.iter().filter(|socket| socket.connection.is_some()) {
        match counted.iter_mut().find(|(state, _)| *state == socket.state) {
            Some((_, count)) => *count += 1,
            None => counted.push((socket.state, 1)),
        }
    }
    let hidden = node.hidden_time_wait as usize;
    if hidden > 0 {
        match counted.iter_mut().find(|(state, _)| *state == State::TimeWait) {
            Some((_, count)) => *count += hidden,
            None => counted.push((State::TimeWait, hidden)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let word = |(state, count): &(State, usize)| match count {
        1 => state.name().to_owned(),
        count => format!("{} × {count}", state.name()),
    };
    let all: Vec<String> = counted.iter().map(word).collect();
    all.join(" · ")
}

fn state_class(node: &NodeView) -> &'static str {
    let socket = node.sockets.iter().find(|socket| socket.connection.is_some());
    socket.map_or("is-closed", |socket| words::state_class(socket.state, socket.was_reset))
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
