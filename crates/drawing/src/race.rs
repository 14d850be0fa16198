//! A race: one page loaded by several policies on one clock, and what each of them took.

use std::rc::Rc;

use playground_core::event::Event;
use playground_core::sim;
use playground_core::time::{Duration, Instant};
use playground_lessons::Run;
use playground_playback::{Cursor, Lane, Race as Lanes, StretchKind};
use playground_words::{octets, time_text};

use crate::axis::Axis;
use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::legend::{self, Key};
use crate::text_width::{Face, fitted, text_width};

/// The lanes of a race, each to its end, and when the run that is shown is complete.
#[derive(Clone, Debug)]
pub struct Race {
    lanes: Rc<Lanes>,
    /// The entry with which the run's page is complete.
    complete: Option<u32>,
}

const PAD: f64 = 16.0;
const GAP: f64 = 14.0;
/// The columns of the table, behind the lanes.
const COLUMNS: [&str; 5] = ["total", "first-paint", "connections", "round-trips", "octets"];

/// The race at a moment.
struct Moment<'a> {
    lanes: &'a Lanes,
    /// How far the clock has run.
    now: Instant,
    is_over: bool,
    cursor: Cursor,
}

impl Moment<'_> {
    /// Whether a lane has reached its end.
    fn is_complete(&self, lane: &Lane) -> bool {
        let reached = lane.total.is_some_and(|total| Instant::ZERO + total <= self.now);
        reached && (self.is_over || !lane.is_current)
    }

    fn has_painted(&self, lane: &Lane) -> bool {
        lane.first_paint.is_some_and(|paint| Instant::ZERO + paint <= self.now)
    }
}

impl Race {
    /// The race of a run's scenario.
    ///
    /// Returns `None` when nothing loads a page in it.
    pub fn new(run: &Run) -> Option<Self> {
        let trace = Rc::new(sim::run(&run.trace.scenario).ok()?);
        let complete = trace.entries.iter().find(|entry| matches!(entry.event, Event::PageCompleted { .. }));
        let complete = complete.map(|entry| entry.index);
        Some(Self { lanes: Rc::new(Lanes::new(&trace)?), complete })
    }

    /// The picture at a moment.
    pub fn draw(&self, cursor: Cursor, canvas: &Canvas) -> Drawing {
        let is_over = self.complete.is_some_and(|entry| entry < cursor.index);
        // Once the run is over there is nothing left to give away: the others run to their ends.
        let end = Instant::ZERO + self.lanes.end;
        let now = if is_over { end.max(cursor.at) } else { cursor.at };
        let moment = Moment { lanes: &self.lanes, now, is_over, cursor };
        let mut drawing = Drawing::new(canvas, canvas.text.plain("race-lanes"));
        if canvas.is_narrow() {
            narrow(&moment, canvas, &mut drawing);
        } else {
            wide(&moment, canvas, &mut drawing);
        }
        drawing
    }
}

fn name(lane: &Lane, canvas: &Canvas) -> String {
    canvas.text.plain(&format!("race-policy-{}", lane.policy.key()))
}

/// What a lane has taken; nothing before it is known.
fn cells(moment: &Moment<'_>, lane: &Lane) -> [String; 5] {
    let span = |time: Option<Duration>| time.map_or_else(String::new, time_text::span);
    let painted = lane.first_paint.filter(|_| moment.has_painted(lane));
    if !moment.is_complete(lane) {
        return [String::new(), span(painted), String::new(), String::new(), String::new()];
    }
    let counts = [lane.connections, lane.round_trips].map(|count| count.to_string());
    let [connections, round_trips] = counts;
    [span(lane.total), span(painted), connections, round_trips, octets(lane.octets)]
}

fn keys(canvas: &Canvas) -> Vec<Key> {
    let of = |class: &str, key: &str| Key { class: format!("load {class}"), name: canvas.text.plain(key) };
    vec![
        of("set-up", "page-set-up"),
        of("request", "page-request"),
        of("waiting", "page-waiting"),
        of("answer", "page-answer"),
        of("thin", "race-idle"),
    ]
}

/// Lanes with the table behind them.
fn wide(moment: &Moment<'_>, canvas: &Canvas, drawing: &mut Drawing) {
    let (size, small) = (canvas.type_size, canvas.small());
    let heading = |column: &str| canvas.text.plain(&format!("race-column-{column}"));
    let widths = COLUMNS.map(|column| {
        let value = text_width("00.0 ms", small, Face::Sans) * 1.08;
        text_width(&heading(column), small, Face::Sans).max(value) + GAP
    });
    let table: f64 = widths.iter().sum();
    let names =
        moment.lanes.lanes.iter().map(|lane| text_width(&name(lane, canvas), size, Face::Sans) * 1.08);
    let names = names.fold(0.0, f64::max).min(canvas.width * 0.24) + GAP;
    let left = PAD + names;
    let track = canvas.width - 2.0 * PAD - names - table - 8.0;
    let axis = Axis::new(left, track, moment.lanes.end, canvas);
    let head = PAD + small;
    let (legend, rows) = legend::draw(&keys(canvas), PAD, left + track, head, canvas);
    drawing.add(legend);
    let top = head + (rows as f64 - 1.0) * (small + 8.0) + 18.0;
    let mut x = canvas.width - PAD - table;
    for (column, width) in COLUMNS.into_iter().zip(widths) {
        x += width;
        drawing.add(Element::text(x, head, small, heading(column)).class("quiet").anchor("end"));
    }
    let bars: f64 = moment.lanes.lanes.iter().map(|lane| f64::from(lane.rows.max(1))).sum();
    let count = moment.lanes.lanes.len() as f64;
    let room = canvas.height - top - Axis::foot(canvas) - 12.0;
    let least = size + small + 14.0;
    let bar = ((room - count * 22.0) / bars).clamp(4.0, 32.0);
    let height = |lane: &Lane| (f64::from(lane.rows.max(1)) * bar + 14.0).max(least);
    let all: f64 = moment.lanes.lanes.iter().map(height).sum();
    // Where the least heights leave too little room, bars become thinner.
    let bar = if all > room { (bar - (all - room) / bars).max(3.0) } else { bar };
    let height = |lane: &Lane| (f64::from(lane.rows.max(1)) * bar + 14.0).max(least);
    let winner = moment.lanes.winner().filter(|_| moment.is_over);
    let bottom = top + moment.lanes.lanes.iter().map(height).sum::<f64>();
    let mut y = top;
    for (place, lane) in moment.lanes.lanes.iter().enumerate() {
        let tall = height(lane);
        if winner == Some(place) {
            let wash = Element::rect(PAD - 8.0, y + 2.0, canvas.width - 2.0 * PAD + 16.0, tall - 4.0);
            drawing.add(wash.number("rx", 8.0).class("slot is-lit"));
        }
        y += tall;
    }
    drawing.add(axis.lines(top, bottom));
    y = top;
    for (place, lane) in moment.lanes.lanes.iter().enumerate() {
        let tall = height(lane);
        let first = winner == Some(place);
        let mut row = Element::group("race-row");
        let remark = remark(lane, first, moment.is_complete(lane), canvas);
        let middle = y + tall / 2.0;
        let (up, down) = if remark.is_empty() { (0.36, 0.0) } else { (-0.1, 1.05) };
        let class = if lane.is_current || first { "strong" } else { "plain" };
        let words = fitted(&name(lane, canvas), size, Face::Sans, names - GAP + 4.0);
        row = row.add(Element::text(PAD, middle + size * up, size, words).class(class));
        if !remark.is_empty() {
            let class = if first { "server strong" } else { "quiet" };
            row = row.add(Element::text(PAD, middle + size * down, small, remark).class(class));
        }
        row = row.add(stretches(moment, lane, &axis, (y, tall), bar));
        let mut x = canvas.width - PAD - table;
        for (column, (words, width)) in cells(moment, lane).into_iter().zip(widths).enumerate() {
            x += width;
            let class = match column {
                0 if first => "server strong",
                0 => "strong",
                _ => "quiet",
            };
            row = row.add(Element::text(x, middle + small * 0.36, small, words).class(class).anchor("end"));
        }
        drawing.add(marked(row, moment, lane));
        y += tall;
    }
    drawing.add(axis.numbers(bottom, canvas));
    if !moment.is_over
        && let Some(now) = axis.now(moment.now, &[(top, bottom)], bottom, canvas)
    {
        drawing.add(now);
    }
    drawing.height = drawing.height.max(bottom + Axis::foot(canvas));
}

/// Lanes below each other, each with its words above it and its numbers below.
fn narrow(moment: &Moment<'_>, canvas: &Canvas, drawing: &mut Drawing) {
    let (size, small) = (canvas.type_size, canvas.small());
    let axis = Axis::new(PAD, canvas.width - 2.0 * PAD - 12.0, moment.lanes.end, canvas);
    let (legend, rows) = legend::draw(&keys(canvas), PAD, canvas.width - PAD, PAD + small, canvas);
    drawing.add(legend);
    let winner = moment.lanes.winner().filter(|_| moment.is_over);
    let mut y = PAD + rows as f64 * (small + 8.0) + 6.0;
    let bar = 7.0;
    for (place, lane) in moment.lanes.lanes.iter().enumerate() {
        let first = winner == Some(place);
        let tall = f64::from(lane.rows.max(1)) * bar + 10.0;
        let [total, paint, connections, round_trips, octets] = cells(moment, lane);
        let class = if first { "server strong" } else { "strong" };
        let remark = remark(lane, first, moment.is_complete(lane), canvas);
        let words = if remark.is_empty() {
            name(lane, canvas)
        } else {
            format!("{} · {remark}", name(lane, canvas))
        };
        let room = canvas.width - 2.0 * PAD - 76.0;
        let mut row = Element::group("race-row")
            .add(Element::text(PAD, y + size, size, fitted(&words, size, Face::Sans, room)).class(class))
            .add(Element::text(canvas.width - PAD, y + size, size, total.clone()).class(class).anchor("end"));
        let top = y + size + 6.0;
        row = row.add(axis.lines(top, top + tall)).add(stretches(moment, lane, &axis, (top, tall), bar));
        let numbers = if total.is_empty() {
            String::new()
        } else {
            let counts =
                [("connections", connections.as_str()), ("trips", &round_trips), ("octets", &octets)];
            canvas.text.get("race-numbers", &counts)
        };
        let _ = paint;
        let words = fitted(&numbers, small, Face::Sans, canvas.width - 2.0 * PAD);
        row = row.add(Element::text(PAD, top + tall + small, small, words).class("quiet"));
        drawing.add(marked(row, moment, lane));
        y = top + tall + small + 14.0;
    }
    drawing.add(axis.numbers(y - 6.0, canvas));
    drawing.height = drawing.height.max(y + small + 12.0);
}

/// What is said of a lane besides its name.
fn remark(lane: &Lane, first: bool, complete: bool, canvas: &Canvas) -> String {
    let own = lane.is_current.then(|| canvas.text.plain("race-own"));
    let first = first.then(|| canvas.text.plain("race-winner"));
    let failed = (complete && lane.failed > 0)
        .then(|| canvas.text.get("race-failed", &[("count", &lane.failed.to_string())]));
    [first, failed, own].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The run's own lane is a mark of what has happened in it.
fn marked(row: Element, moment: &Moment<'_>, lane: &Lane) -> Element {
    match moment.cursor.entry().filter(|_| lane.is_current) {
        Some(entry) => row.entry(entry),
        None => row,
    }
}

/// The connections of a lane as far as the clock has run, first paint and the end.
fn stretches(moment: &Moment<'_>, lane: &Lane, axis: &Axis, (y, tall): (f64, f64), bar: f64) -> Element {
    let rows = f64::from(lane.rows.max(1));
    let top = y + (tall - rows * bar) / 2.0;
    let mut track = Element::group("track-bars");
    for connection in &lane.bars {
        let row = top + f64::from(connection.row) * bar;
        for stretch in connection.stretches.iter().filter(|stretch| stretch.from < moment.now) {
            if !axis.has(stretch.from) {
                continue;
            }
            let (from, to) = (axis.x(stretch.from), axis.x(stretch.to.min(moment.now)));
            let (class, thick) = match stretch.kind {
                StretchKind::SetUp => ("load set-up", bar - 2.0),
                StretchKind::Request => ("load request", bar - 2.0),
                StretchKind::Waiting => ("load waiting", bar - 2.0),
                StretchKind::Data => ("load answer", bar - 2.0),
                StretchKind::Idle => ("load thin", 1.5),
            };
            let thick = thick.max(1.5);
            let width = (to - from).max(0.5);
            track = track.add(
                Element::rect(from, row + (bar - thick) / 2.0, width, thick)
                    .number("rx", (thick / 2.0).min(2.5).min(width / 2.0))
                    .class(class),
            );
        }
    }
    if let Some(paint) = lane.first_paint.filter(|_| moment.has_painted(lane)) {
        let x = axis.x(Instant::ZERO + paint);
        track = track.add(Element::line((x, y + 3.0), (x, y + tall - 3.0)).class("paint-mark"));
    }
    if let Some(total) = lane.total.filter(|_| moment.is_complete(lane)) {
        let x = axis.x(Instant::ZERO + total);
        track = track.add(Element::line((x, y + 3.0), (x, y + tall - 3.0)).class("end-mark"));
    }
    track
}
