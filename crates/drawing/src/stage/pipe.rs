//! A connection as a pipe with two lanes, each open, closed or reset.

use playground_playback::{FlightView, Frame, LaneState, PipePhase, PipeView, Selection};
use playground_words::Text;

use crate::element::{Element, Place};
use crate::number::px;
use crate::parts::baseline;
use crate::text_width::{Face, fitted, text_width};

use super::badge::{badge, badge_width};
use super::card::shown_in;
use super::form::Form;
use super::layout::{Layout, Tube};

/// The centre line of a lane, as a fraction of the pipe's width.
pub const LANE: f64 = 0.27;

/// The pipe of a connection, or a dotted line along a link without any. `entry` opened the connection.
pub fn draw(
    layout: &Layout,
    frame: &Frame,
    tube: &Tube,
    entry: impl Fn(&PipeView) -> Option<u32>,
) -> Element {
    let group = Element::new("g").key(format!("{}-{}", tube.hop.0, tube.row));
    let (form, text) = (&layout.form, layout.form.text);
    let on_hop = || frame.pipes.iter().filter(|pipe| pipe.hop == tube.hop && pipe.gone_at.is_none());
    let pipe = if tube.counted {
        on_hop().max_by_key(|pipe| pipe.connection)
    } else {
        shown_in(frame, tube.hop, tube.row)
    };
    let Some(pipe) = pipe else {
        // A connection that is still to come has no mark; a link without any has a line.
        let (middle, rect) = (tube.rect.middle(), tube.rect);
        let (from, to) = match tube.upright {
            true => ((middle.0, rect.y), (middle.0, rect.bottom())),
            false => ((rect.x, middle.1), (rect.right(), middle.1)),
        };
        let line = Element::line(from, to).class("pipe-place");
        return group.add_all((tube.counted || tube.row == 0).then_some(line));
    };
    let drawing = Pipe { form, tube, pipe };
    let group = match entry(pipe) {
        Some(entry) => group.entry(entry),
        None => group,
    };
    let mut group =
        if pipe.opacity < 1.0 { group.with("opacity", format!("{:.2}", pipe.opacity)) } else { group };
    group = group.add(drawing.body());
    for rightward in [true, false] {
        let covered = layout.brief || frame.flights.iter().any(|flight| drawing.covers(flight, rightward));
        group = group.add_all(drawing.lane(rightward, covered));
    }
    if pipe.was_reset {
        group = group.add(drawing.rupture());
    }
    if tube.counted {
        let count = on_hop().count() + frame.hidden_pipes as usize;
        let (x, size) = (tube.rect.middle().0, form.small);
        let words = text.get("stage-connections", &[("count", &count.to_string())]);
        let words = Element::text(x, tube.rect.y - 6.0, size, words).class("quiet").anchor("middle");
        return group.add_all((count > 0).then_some(words));
    }
    group.add_all(drawing.name())
}

struct Pipe<'a> {
    form: &'a Form,
    tube: &'a Tube,
    pipe: &'a PipeView,
}

impl Pipe<'_> {
    fn state(&self, rightward: bool) -> LaneState {
        if rightward { self.pipe.rightward } else { self.pipe.leftward }
    }

    /// Both halves and the outline: what selects the socket at the left end.
    fn body(&self) -> Element {
        let (pipe, rect) = (self.pipe, self.tube.rect);
        let r = if self.tube.upright { 14.0 } else { 18.0f64.min(rect.h / 2.0) };
        let outline = match (pipe.was_reset, pipe.phase) {
            (true, _) => "pipe-outline is-reset",
            (_, PipePhase::Opening) => "pipe-outline is-opening",
            (_, PipePhase::TimeWait | PipePhase::Gone) => "pipe-outline is-over",
            _ => "pipe-outline",
        };
        let mut body = Element::group("pipe");
        if let Some(key) = pipe.left_socket.or(pipe.right_socket) {
            let selection = Selection { segment: None, socket: Some(key), entry: None };
            body = body.selects(selection, label(self.form.text, pipe)).place(Place::Link(self.tube.hop));
        }
        let is_open = |rightward: bool| self.state(rightward) == LaneState::Open;
        if !pipe.was_reset {
            body = body.add_all(
                [true, false]
                    .into_iter()
                    .filter(|rightward| is_open(*rightward))
                    .map(|rightward| Element::path(self.half(rightward, r)).class("pipe-half")),
            );
        }
        body.add(Element::rect(rect.x, rect.y, rect.w, rect.h).number("rx", r).class(outline))
    }

    /// The outline of one half: the upper or left one for what goes right or down.
    fn half(&self, rightward: bool, r: f64) -> String {
        let rect = self.tube.rect;
        let ((x, y), (w, h)) = ((px(rect.x), px(rect.y)), (rect.w, rect.h));
        let (cx, cy) = (px(rect.middle().0), px(rect.middle().1));
        let (right, low) = (px(rect.right()), px(rect.bottom()));
        let inner = |at: f64, length: f64| (px(at + r), px(at + length - r));
        let ((left_in, right_in), (top_in, low_in)) = (inner(rect.x, w), inner(rect.y, h));
        match (self.tube.upright, rightward) {
            (true, true) => {
                format!("M{cx} {y}H{left_in}Q{x} {y} {x} {top_in}V{low_in}Q{x} {low} {left_in} {low}H{cx}Z")
            }
            (true, false) => {
                format!(
                    "M{cx} {y}H{right_in}Q{right} {y} {right} {top_in}V{low_in}Q{right} {low} {right_in} {low}H{cx}Z"
                )
            }
            (false, true) => format!(
                "M{x} {cy}V{top_in}Q{x} {y} {left_in} {y}H{right_in}Q{right} {y} {right} {top_in}V{cy}Z"
            ),
            (false, false) => {
                format!(
                    "M{x} {cy}V{low_in}Q{x} {low} {left_in} {low}H{right_in}Q{right} {low} {right} {low_in}V{cy}Z"
                )
            }
        }
    }

    /// The ends of a lane, from the sender to the receiver.
    fn ends(&self, rightward: bool) -> ((f64, f64), (f64, f64)) {
        let rect = self.tube.rect;
        let across = if rightward { LANE } else { 1.0 - LANE };
        let (from, to) = if self.tube.upright {
            let x = rect.x + rect.w * across;
            ((x, rect.y + 10.0), (x, rect.bottom() - 10.0))
        } else {
            let y = rect.y + rect.h * across;
            ((rect.x + 10.0, y), (rect.right() - 10.0, y))
        };
        if rightward { (from, to) } else { (to, from) }
    }

    /// Whether a segment is over the word at the start of a lane.
    fn covers(&self, flight: &FlightView, rightward: bool) -> bool {
        let rect = self.tube.rect;
        let (length, word) = if self.tube.upright { (rect.h, 52.0) } else { (rect.w, 96.0) };
        (flight.hop, flight.rightward) == (self.tube.hop, rightward)
            && flight.connection == Some(self.pipe.connection)
            && flight.progress < (word / length).clamp(0.4, 1.1)
    }

    fn lane(&self, rightward: bool, covered: bool) -> Vec<Element> {
        let (from, to) = self.ends(rightward);
        let line = |class: &str| vec![Element::line(from, to).class(class)];
        match self.state(rightward) {
            LaneState::NotYet => Vec::new(),
            LaneState::Open => line("lane"),
            LaneState::Reset => line("lane is-broken"),
            LaneState::Closed => self.closed(from, to, covered),
        }
    }

    /// The cap at the sender's end, with a word behind it.
    fn closed(&self, from: (f64, f64), to: (f64, f64), covered: bool) -> Vec<Element> {
        let (rect, upright, size) = (self.tube.rect, self.tube.upright, self.form.small);
        let breadth = if upright { rect.w / 2.0 } else { rect.h / 2.0 };
        let arm = (breadth * 0.26).min(9.0);
        let (x, y) = from;
        let cap = if upright { ((x - arm, y), (x + arm, y)) } else { ((x, y - arm), (x, y + arm)) };
        let mut parts = vec![Element::line(cap.0, cap.1).class("lane-cap")];
        let word = self.form.text.plain("stage-lane-closed");
        let width = text_width(&word, size, Face::Sans);
        let fits = match upright {
            true => rect.h > 40.0 && width < breadth,
            false => width + 40.0 < rect.w && breadth > 18.0,
        };
        if fits && !covered {
            let (x, y, anchor) = if upright {
                (x, y + (to.1 - y).signum() * (size * 0.5 + 7.0), "middle")
            } else {
                (x + (to.0 - x).signum() * 9.0, y, if to.0 > x { "start" } else { "end" })
            };
            parts.push(Element::text(x, baseline(y, size), size, word).class("lane-word").anchor(anchor));
        }
        parts
    }

    /// The crack across a pipe that a RST has broken.
    fn rupture(&self) -> Element {
        let rect = self.tube.rect;
        let (x, y) = rect.middle();
        let teeth = [-6.0, 6.0, -6.0, 6.0, -2.0];
        let point = |place: usize| {
            let share = place as f64 / 4.0;
            match self.tube.upright {
                true => format!("{} {}", px(rect.x + 14.0 + (rect.w - 28.0) * share), px(y + teeth[place])),
                false => format!("{} {}", px(x + teeth[place]), px(rect.y + 4.0 + (rect.h - 8.0) * share)),
            }
        };
        let points: Vec<String> = (0..5).map(point).collect();
        Element::path(format!("M{}", points.join(" L"))).class("pipe-break")
    }

    /// Its number, its ports, and its phase where that is not simply open.
    fn name(&self) -> Vec<Element> {
        let (form, pipe, rect) = (self.form, self.pipe, self.tube.rect);
        let size = form.small;
        let number = pipe.connection.number();
        // From the side that opened it.
        let arrow = if pipe.opened_from_left { "→" } else { "←" };
        let (left, right) = (pipe.left_port, pipe.right_port);
        let phase = phase_word(form.text, pipe);
        let r = size * 0.62;
        let indent = badge_width(number, r) + 5.0;
        let class = if pipe.was_reset { "mono bad" } else { "mono quiet" };
        let words =
            |x: f64, y: f64, words: String| Element::text(x, baseline(y, size), size, words).class(class);
        let width = |words: &str| text_width(words, size, Face::Mono);
        if self.tube.upright {
            // Beside it, or, where several share the width, between its lanes.
            if !self.tube.named {
                let (x, y) = rect.middle();
                return vec![badge(number, x - badge_width(number, r) / 2.0, y, r)];
            }
            let (x, y, step) = (rect.right() + 12.0, rect.middle().1, size * 0.75);
            let said = Element::text(x + indent, baseline(y - step, size), size, phase).class("quiet");
            return vec![
                badge(number, x, y - step, r),
                said,
                words(x, y + step, format!(":{left} {arrow} :{right}")),
            ];
        }
        if !self.tube.named {
            return Vec::new();
        }
        let from = format!(":{left}");
        if rect.w < 130.0 && indent + width(&from) <= rect.w + 4.0 {
            let start = rect.middle().0 - (width(&from) + indent) / 2.0;
            let to =
                words(rect.middle().0, rect.y - size * 0.8, format!("{arrow} :{right}")).anchor("middle");
            return vec![
                badge(number, start, rect.y - size * 2.0, r),
                words(start + indent, rect.y - size * 2.0, from),
                to,
            ];
        }
        let room = rect.w - 4.0 - indent;
        let is_plain = !pipe.was_reset && pipe.phase == PipePhase::Open;
        let full = (!is_plain).then(|| format!(":{left} {arrow} :{right} · {phase}"));
        let shorter = [format!(":{left} {arrow} :{right}"), format!(":{left}{arrow}:{right}"), String::new()];
        let mut candidates = full.into_iter().chain(shorter);
        let said = candidates.find(|words| width(words) <= room).unwrap_or_default();
        let said = fitted(&said, size, Face::Mono, room);
        let start = rect.middle().0 - (indent + width(&said)) / 2.0;
        let y = rect.y - r - 4.0;
        vec![badge(number, start, y, r), words(start + indent, y, said)]
    }
}

fn phase_word(text: Text, pipe: &PipeView) -> String {
    let key = match (pipe.was_reset, pipe.phase) {
        (true, _) => "stage-pipe-reset",
        (_, PipePhase::Opening) => "stage-pipe-opening",
        (_, PipePhase::Open) => "stage-pipe-open",
        (_, PipePhase::Closing) => "stage-pipe-closing",
        (_, PipePhase::TimeWait) => "stage-pipe-time-wait",
        (_, PipePhase::Gone) => "stage-pipe-gone",
    };
    text.plain(key)
}

fn label(text: Text, pipe: &PipeView) -> String {
    let (number, left, right) =
        (pipe.connection.number().to_string(), pipe.left_port.to_string(), pipe.right_port.to_string());
    let phase = phase_word(text, pipe);
    text.get("stage-pipe", &[("number", &number), ("left", &left), ("right", &right), ("phase", &phase)])
}
