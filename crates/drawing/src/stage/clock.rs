//! Waits and timers on a card, as they elapse.

use playground_core::time::Instant;
use playground_playback::{ConnectionId, NodeView, SocketView, TimerView};
use playground_words::{Text, time_text};

use crate::element::Element;
use crate::node_words::card_title;
use crate::number::{px, translate};
use crate::parts::baseline;
use crate::text_width::{Face, fitted, text_width};

use super::badge::{badge, badge_width};
use super::form::{Buffers, Form};
use super::layout::{Card, Mind, Well};
use super::socket::{PAD, Socket, explained, state_line};

/// The words of the step in lower case, whose timers are shown, and the time. All are where no step is told.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    pub spoken: Option<&'a str>,
    pub now: Instant,
}

impl Clock<'_> {
    fn shows(&self, text: Text, timer: &TimerView) -> bool {
        let Some(spoken) = self.spoken else { return true };
        let terms = text.plain(&format!("{}.spoken", timer.key()));
        terms.split('|').any(|term| spoken.contains(&term.to_lowercase()))
    }

    /// What a socket waits for, and its timers.
    pub fn of_socket(&self, form: &Form, well: &Well, mind: Option<&Mind>, socket: &Socket) -> Vec<Element> {
        let mut parts = Vec::new();
        let rect = well.rect;
        let mut end = rect.right() - PAD;
        match (&socket.view.waiting, mind) {
            (Some(_), Some(mind)) if mind.waiting.h > 0.0 => parts.push(self.band(form, mind, socket.view)),
            (Some(waiting), _) => {
                // Hourglass and seconds at the end of the state's line, as far as there is room.
                let size = form.small;
                let seconds = time_text::running(waiting.lasted(self.now));
                let width = text_width(&seconds, size, Face::Sans);
                let (y, room) = (state_line(form, rect), end - socket.state_end(form, rect) - size);
                if room >= 0.0 {
                    let narrow = if room < width + 10.0 { 0.0 } else { width + 4.0 };
                    let mut group =
                        Element::group("waiting").add(hourglass(end - narrow - size * 0.4, y, size - 1.0));
                    if narrow > 0.0 {
                        group = group.add(
                            Element::text(end, baseline(y, size), size, seconds)
                                .class("waiting-label")
                                .anchor("end"),
                        );
                    }
                    parts.push(group);
                    end -= narrow + size;
                }
            }
            _ => {}
        }
        let shown = socket.view.timers.iter().filter(|timer| self.shows(form.text, timer));
        let x = socket.state_end(form, rect) + 6.0 + form.small * 0.5;
        let room = end - x - form.small * 0.5 - 6.0;
        let roomy = form.detail.buffers == Buffers::Grid && room > 170.0;
        let each = if roomy { room / 2.0 } else { room };
        for (place, timer) in shown.take(if roomy { 2 } else { 1 }).enumerate() {
            let x = x + place as f64 * (each + form.small * 0.5);
            parts.extend(self.ring(form, timer, (x, state_line(form, rect)), each - form.small));
        }
        parts
    }

    /// A timer that concerns no connection: at the end of the card's head.
    pub fn of_node(&self, form: &Form, node: &NodeView, card: &Card) -> Option<Element> {
        let timer = node.timers.iter().find(|timer| self.shows(form.text, timer))?;
        let (header, size) = (card.header, form.small);
        if form.detail.subtitle {
            // In the place of the line under the name.
            let x = header.x + 2.0 * form.name + 10.0 + size * 0.5;
            let y = header.y + header.h / 2.0 + 4.0 + form.body * 0.7;
            return self.ring(form, timer, (x, y), header.right() - x - size);
        }
        let title = text_width(&card_title(form.text, node), form.name, Face::Sans) * 1.1;
        let x = header.x + 2.0 * form.name + 10.0 + title + 8.0 + size * 0.5;
        // Some cards have a wait in the head.
        let waits = card.minds.iter().map(|mind| mind.waiting);
        let waits = waits.filter(|rect| rect.h > 0.0 && rect.y < header.bottom());
        let end = waits.map(|rect| rect.x).fold(header.right(), f64::min);
        self.ring(form, timer, (x, header.middle().1), end - x - size)
    }

    fn band(&self, form: &Form, mind: &Mind, socket: &SocketView) -> Element {
        let (text, rect, size) = (form.text, mind.waiting, form.body);
        let waiting = socket.waiting.as_ref();
        let seconds = waiting.map(|waiting| time_text::running(waiting.lasted(self.now))).unwrap_or_default();
        let key = waiting.map_or("", |waiting| waiting.key());
        let middle = rect.middle().1;
        let mut group = Element::group("waiting")
            .add(Element::rect(rect.x, rect.y, rect.w, rect.h).number("rx", 8.0).class("waiting-band"));
        let mut x = rect.x + 8.0;
        if let Some(number) = socket.connection.filter(|_| mind.mixed).map(ConnectionId::number) {
            let r = size * 0.55;
            group = group.add(badge(number, x, middle, r));
            x += badge_width(number, r) + 5.0;
        }
        // A narrow band has no hourglass.
        if rect.w >= 160.0 {
            group = group.add(hourglass(x + size * 0.4, middle, size));
            x += size * 1.2;
        }
        let end = rect.right() - 8.0;
        let room = end - text_width(&seconds, size, Face::Sans) - 6.0 - x;
        let mut said = text.plain(key);
        if text_width(&said, size, Face::Sans) > room {
            said = text.plain(&format!("{key}.short"));
        }
        let said = fitted(&said, size, Face::Sans, room + 0.5);
        group.add(Element::text(x, baseline(middle, size), size, said).class("waiting-label")).add(
            Element::text(end, baseline(middle, size), size, seconds).class("waiting-label").anchor("end"),
        )
    }

    /// A ring that empties, with the timer's name and remaining time as far as there is room.
    fn ring(&self, form: &Form, timer: &TimerView, (x, y): (f64, f64), room: f64) -> Option<Element> {
        let (text, size) = (form.text, form.small);
        if room < 0.0 {
            return None;
        }
        let r = size * 0.5;
        let around = core::f64::consts::TAU * r;
        let left = around * timer.fraction(self.now);
        let remaining = time_text::running(timer.remaining(self.now));
        let whole = format!("{} {remaining}", text.plain(timer.key()));
        let short = format!("{} {remaining}", text.plain(&format!("{}.short", timer.key())));
        let words = [whole, short, remaining];
        let words = words.into_iter().find(|words| text_width(words, size, Face::Sans) <= room);
        Some(
            Element::group("timer")
                .title(explained(text, timer))
                .add(Element::circle(x, y, r).class("ring-track"))
                .add(
                    Element::circle(x, y, r)
                        .class("ring-left")
                        .with("stroke-dasharray", format!("{} {}", px(left), px(around)))
                        .with("transform", format!("rotate(-90 {} {})", px(x), px(y))),
                )
                .add(
                    Element::text(x + r + 6.0, baseline(y, size), size, words.unwrap_or_default())
                        .class("quiet"),
                ),
        )
    }
}

fn hourglass(x: f64, y: f64, size: f64) -> Element {
    Element::group("hourglass")
        .with("transform", format!("{} scale({:.3})", translate(x, y), size / 14.0))
        .add(Element::path("M-5 -7 H5 M-5 7 H5 M-4 -7 C-4 -2 4 2 4 7 M4 -7 C4 -2 -4 2 -4 7"))
        .add(Element::path("M-3 7 L0 3 L3 7 Z").class("sand"))
}
