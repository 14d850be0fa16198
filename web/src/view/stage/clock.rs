//! Waits and timers on a card, as they elapse.

use playground_core::time::Instant;
use playground_playback::{NodeView, SocketView, TimerView};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::number::{px, translate};
use crate::view::common::text_width::{Face, fitted, text_width};
use crate::view::common::{time_text, words};

use super::card::Seat;
use super::form::TypeSizes;
use super::layout::{CardBox, Room, Well};
use super::number_badge::{badge_width, number_badge};
use super::rect::Rect;
use super::spoken::{explained, is_shown};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The node.
    pub(super) node: RcEq<NodeView>,
    /// Its slot.
    pub(super) place: RcEq<CardBox>,
    /// Font sizes.
    pub(super) sizes: TypeSizes,
    /// Whether the head has only the name.
    pub(super) terse: bool,
    /// The sockets in their slots.
    pub(super) seats: Vec<Seat>,
    /// The words of the step, in lower case; none where no step is told.
    pub(super) spoken: Option<AttrValue>,
    /// The simulated time.
    pub(super) now: Instant,
}

/// Hourglass bands with the seconds waited, and rings of timers.
#[component]
pub(super) fn Clock(props: &Props) -> Html {
    let text = use_text();
    let place = &*props.place;
    let several = place.mixes_minds();
    let parts = props.seats.iter().filter_map(|seat| {
        let socket = props.node.sockets.iter().find(|socket| socket.key == seat.key)?;
        let well = place.wells.get(seat.well)?;
        let mind = place.minds.iter().find(|mind| mind.hop == well.hop);
        let waits = match mind {
            Some(mind) => band(text, props, mind.waiting, socket, several),
            None => wait_in_well(props, well, socket),
        };
        Some(html! { <g key={seat.well}>{ waits }{ timers(text, props, well, socket, mind.is_some()) }</g> })
    });
    let shown = |timer: &&TimerView| is_shown(text, timer, props.spoken.as_ref());
    let own = props.node.timers.iter().find(shown).map(|timer| own_timer(text, props, timer));
    html! { <g class={classes!("clock", words::role_class(props.node.kind))}>{ own }{ for parts }</g> }
}

/// A timer without a connection, at the end of the head, or behind the name if that is alone.
fn own_timer(text: Text, props: &Props, timer: &TimerView) -> Html {
    let (header, sizes) = (props.place.header, props.sizes);
    let size = sizes.small - 0.5;
    if !props.terse {
        let beside = header.x + 2.0 * sizes.name + 12.0 + size * 0.5;
        let (x, y) = ((header.right() - 74.0).max(beside), header.y + header.h / 2.0 + 14.0);
        return ring(text, props.now, timer, x, y, size, header.right() - x - 8.0);
    }
    let title = text_width(&words::card_title(text, &props.node), sizes.name, Face::Sans) * 1.06;
    let x = header.x + 38.0 + title + 10.0 + size * 0.5;
    // Some cards have a wait in the head.
    let waits = props.place.minds.iter().map(|mind| mind.waiting).filter(|rect| rect.y < header.bottom());
    let end = waits.map(|rect| rect.x).fold(header.right(), f64::min);
    let room = end - x - size - 6.0;
    if room < -6.0 {
        return Html::default();
    }
    ring(text, props.now, timer, x, header.y + header.h / 2.0 + 2.0, size, room)
}

fn hourglass(x: f64, y: f64, size: f64) -> Html {
    html! {
        <g class="hourglass" transform={format!("{} scale({:.3})", translate(x, y), size / 14.0)}>
            <path d="M-5 -7 H5 M-5 7 H5 M-4 -7 C-4 -2 4 2 4 7 M4 -7 C4 -2 -4 2 -4 7" />
            <path class="sand" d="M-3 7 L0 3 L3 7 Z" />
        </g>
    }
}

fn band(text: Text, props: &Props, rect: Rect, socket: &SocketView, several: bool) -> Html {
    let Some(waiting) = &socket.waiting else { return Html::default() };
    let size = props.sizes.text;
    let seconds = time_text::running(waiting.lasted(props.now));
    let seconds_w = text_width(&seconds, size, Face::Sans) + 4.0;
    let number = socket.connection.filter(|_| several).map(playground_playback::ConnectionId::number);
    let middle = rect.y + rect.h / 2.0;
    // A narrow band has no hourglass and a smaller font.
    let is_narrow = rect.w < 160.0;
    let mut x = rect.x + if is_narrow { 8.0 } else { 14.0 };
    let badge = number.map(|number| {
        let r = size * 0.55;
        let badge = number_badge(number, x - r, middle, r);
        x += badge_width(number, r) - 2.0 * r + size + 4.0;
        badge
    });
    let words_x = if is_narrow { x } else { x + size * 0.9 };
    let end = rect.right() - if is_narrow { 7.0 } else { 10.0 };
    let room = end - seconds_w - words_x;
    let mut said = text.plain(waiting.key());
    if text_width(&said, size, Face::Sans) > room {
        said = text.plain(&format!("{}.short", waiting.key()));
    }
    let words_size = size * (room / text_width(&said, size, Face::Sans).max(1.0)).clamp(0.86, 1.0);
    html! {
        <g class="waiting">
            <rect class="waiting-band" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="8" />
            { badge }
            if !is_narrow {
                { hourglass(x, middle, size) }
            }
            <text class="waiting-label" x={px(words_x)} y={px(middle + size * 0.36)} font-size={px(words_size)}>
                { fitted(&said, words_size, Face::Sans, room + 0.5) }
            </text>
            <text class="waiting-label end" x={px(end)} y={px(middle + size * 0.36)} font-size={px(size)}>
                { seconds }
            </text>
        </g>
    }
}

/// Without a band: hourglass and seconds at the end of the state's line.
fn wait_in_well(props: &Props, well: &Well, socket: &SocketView) -> Html {
    let Some(waiting) = &socket.waiting else { return Html::default() };
    let size = props.sizes.small - 0.5;
    let seconds = time_text::running(waiting.lasted(props.now));
    let width = text_width(&seconds, size, Face::Sans);
    let right = well.rect.right() - 10.0;
    let y = state_line(props, well);
    let room = right - state_end(props, well, socket) - size;
    if room < 0.0 {
        return Html::default();
    }
    if room < width + 10.0 {
        // The duration is in the ladder and in the table.
        return html! { <g class="waiting">{ hourglass(right - 5.0, y, size - 1.0) }</g> };
    }
    html! {
        <g class="waiting">
            { hourglass(right - width - 10.0, y, size - 1.0) }
            <text class="waiting-label end" x={px(right)} y={px(y + size * 0.36)} font-size={px(size)}>{ seconds }</text>
        </g>
    }
}

/// The right edge of the state in a slot with a connection number.
fn state_end(props: &Props, well: &Well, socket: &SocketView) -> f64 {
    let number = socket.connection.map_or(0, playground_playback::ConnectionId::number);
    let badge = badge_width(number, props.sizes.small * 0.6) + 6.0;
    well.rect.x + 10.0 + badge + text_width(socket.state.name(), props.sizes.mono, Face::Mono)
}

/// The baseline of a socket's state.
fn state_line(props: &Props, well: &Well) -> f64 {
    well.rect.y + props.sizes.mono * if well.rect.h < 46.0 { 0.8 } else { 1.05 }
}

fn timers(text: Text, props: &Props, well: &Well, socket: &SocketView, alone: bool) -> Html {
    let size = props.sizes.small - 0.5;
    let rect = well.rect;
    let spoken = || socket.timers.iter().filter(|timer| is_shown(text, timer, props.spoken.as_ref()));
    let shown = match well.room {
        // In a row under the buffers.
        Room::Full if alone => {
            let y = rect.bottom() - 14.0;
            let each = if rect.w > 170.0 { rect.w / 2.0 } else { rect.w };
            let most = if rect.w > 170.0 { 2 } else { 1 };
            spoken()
                .take(most)
                .enumerate()
                .map(|(index, timer)| {
                    ring(text, props.now, timer, rect.x + 18.0 + each * index as f64, y, size, each - 34.0)
                })
                .collect::<Html>()
        }
        // At the end of the state's line.
        Room::Broad => {
            let y = rect.y + props.sizes.mono + 4.0;
            let each = (rect.w - 120.0) / 2.0;
            spoken()
                .take(2)
                .enumerate()
                .map(|(index, timer)| {
                    ring(
                        text,
                        props.now,
                        timer,
                        rect.right() - each * (index as f64 + 1.0) + 10.0,
                        y,
                        size,
                        each - 26.0,
                    )
                })
                .collect::<Html>()
        }
        // Behind the state: the ring, with its name if the line has room.
        _ => {
            let x = match alone {
                true => rect.x + 10.0 + text_width(socket.state.name(), props.sizes.mono, Face::Mono),
                false => state_end(props, well, socket),
            } + 12.0;
            let wait_w = if socket.waiting.is_some() && !alone { 64.0 } else { 0.0 };
            let free = rect.right() - 10.0 - wait_w - x - size * 0.5;
            if free < 0.0 {
                return Html::default();
            }
            let y = state_line(props, well);
            let timer = spoken().next();
            timer.map(|timer| ring(text, props.now, timer, x, y, size, free - 6.0)).unwrap_or_default()
        }
    };
    html! { <g class="timers">{ shown }</g> }
}

/// A ring that empties, with the timer's name and remaining time if there is room.
fn ring(text: Text, now: Instant, timer: &TimerView, x: f64, y: f64, size: f64, room: f64) -> Html {
    let r = size * 0.5;
    let around = core::f64::consts::TAU * r;
    let left = around * timer.fraction(now);
    let name = text.plain(timer.key());
    let remaining = time_text::running(timer.remaining(now));
    let whole = format!("{name} {remaining}");
    let short = format!("{} {remaining}", text.plain(&format!("{}.short", timer.key())));
    let words = if text_width(&whole, size, Face::Sans) <= room {
        whole
    } else if text_width(&short, size, Face::Sans) <= room {
        short
    } else if text_width(&remaining, size, Face::Sans) <= room {
        remaining
    } else {
        String::new()
    };
    html! {
        <g class="timer">
            <title>{ explained(text, timer) }</title>
            <circle class="ring-track" cx={px(x)} cy={px(y)} r={px(r)} stroke-width="3" />
            <circle
                class="ring-left"
                cx={px(x)} cy={px(y)} r={px(r)}
                stroke-width="3"
                stroke-dasharray={format!("{} {}", px(left), px(around))}
                transform={format!("rotate(-90 {} {})", px(x), px(y))}
            />
            <text class="faded" x={px(x + r + 6.0)} y={px(y + size * 0.36)} font-size={px(size)}>{ words }</text>
        </g>
    }
}
