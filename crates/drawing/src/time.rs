//! Where the time went: a bar for each request on one axis, growing with the clock, and what its parts are.

use playground_core::sim;
use playground_core::time::{Duration, Instant};
use playground_lessons::{Run, Ways};
use playground_playback::{Cursor, Dissection, Spent, SpentKind, Times};
use playground_words::time_text;

use crate::axis::Axis;
use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::text_width::{Face, fitted, text_width};

/// A run's requests, the other ways that its lesson compares, and how long the axis is.
#[derive(Clone, Debug)]
pub struct Time {
    times: Times,
    /// Each way that the lesson compares: its name, its request, and whether it is this run's.
    ways: Vec<Way>,
    extent: Duration,
    /// How many requests there are in the end: room is kept for them.
    count: usize,
}

/// One of the ways that a lesson compares.
#[derive(Clone, Debug)]
struct Way {
    knobs: Vec<(&'static str, String)>,
    spent: Spent,
    own: bool,
}

/// A bar with its words.
struct Bar<'a> {
    title: String,
    mono: bool,
    spent: &'a Spent,
    own: bool,
}

const PAD: f64 = 16.0;
/// Height of the thinnest of several bars.
const THINNEST: f64 = 14.0;

impl Time {
    /// The requests of a run, which may be cut off; how long they take in the end is known from its scenario.
    ///
    /// Returns `None` when nobody sends requests one after another.
    pub fn new(run: &Run) -> Option<Self> {
        let scenario = &run.trace.scenario;
        if !Times::exists(scenario) {
            return None;
        }
        let whole = sim::run(scenario).ok()?;
        let all = Spent::all(&whole, &Dissection::new(&whole));
        let (extent, count) = Times::extent(&all);
        let ways = Ways::of(run).map_or_else(Vec::new, |ways| of_lesson(run, &ways));
        Some(Self { times: Times::new(run.trace.clone()), ways, extent, count })
    }

    /// The picture at a moment.
    pub fn draw(&self, now: Cursor, canvas: &Canvas) -> Drawing {
        let own = self.times.at(now);
        let mut drawing = Drawing::new(canvas, canvas.text.plain("time-label"));
        let is_over = own.len() == self.count && own.iter().all(|spent| !spent.open);
        let compares = is_over && !self.ways.is_empty();
        let canvas = &canvas.roomy();
        if self.count == 1 && !compares {
            single(own.first(), self.extent, canvas, &mut drawing);
            return drawing;
        }
        let extent = if compares { longest(&self.ways) } else { self.extent };
        let bars: Vec<Bar<'_>> = if compares {
            fn bar<'w>(way: &'w Way, canvas: &Canvas) -> Bar<'w> {
                Bar { title: named(way, canvas), mono: false, spent: &way.spent, own: way.own }
            }
            self.ways.iter().map(|way| bar(way, canvas)).collect()
        } else {
            own.iter().map(|spent| Bar { title: when(spent, canvas), mono: true, spent, own: true }).collect()
        };
        several(&bars, self.count.max(bars.len()), extent, canvas, &mut drawing);
        drawing
    }
}

/// The longest that a request takes.
fn longest(ways: &[Way]) -> Duration {
    ways.iter().map(|way| way.spent.total()).fold(Duration::ZERO, Duration::max)
}

/// A request from the moment in which its connection was open: the settings that are compared begin to matter there.
fn connected(mut spent: Spent) -> Spent {
    spent.parts.retain(|part| part.kind != SpentKind::Connect);
    spent.from = spent.parts.first().map_or(spent.from, |part| part.from);
    spent
}

fn of_lesson(run: &Run, ways: &Ways) -> Vec<Way> {
    let way = |other: &Run| {
        let spent = Spent::all(&other.trace, &Dissection::new(&other.trace)).into_iter().next()?;
        let spent = connected(spent);
        let knobs =
            ways.knobs.iter().map(|knob| (knob_key(knob), other.values.get(knob).to_owned())).collect();
        let own = ways.knobs.iter().all(|knob| run.values.is(knob, other.values.get(knob)));
        Some(Way { knobs, spent, own })
    };
    ways.runs.iter().filter_map(way).collect()
}

/// The values of the knobs that differ, in words.
fn named(way: &Way, canvas: &Canvas) -> String {
    let words = way.knobs.iter().map(|(knob, value)| canvas.text.get(knob, &[("value", value)]));
    words.collect::<Vec<_>>().join(" · ")
}

/// A request, and when it was wanted.
fn when(spent: &Spent, canvas: &Canvas) -> String {
    if spent.from == Instant::ZERO {
        return spent.title.clone();
    }
    canvas.text.get("time-from", &[("title", &spent.title), ("time", &time_text::moment(spent.from))])
}

/// The message that names a knob's value.
fn knob_key(knob: &str) -> &'static str {
    match knob {
        "nagle" => "time-way-nagle",
        _ => "time-way-ack",
    }
}

/// Each kind with its time and its share, in the order in which they came.
fn kinds(spent: &Spent) -> Vec<(SpentKind, Duration, u32)> {
    let shares = spent.shares();
    let mut kinds: Vec<(SpentKind, Duration, u32)> = Vec::new();
    for (part, share) in spent.parts.iter().zip(shares) {
        match kinds.iter_mut().find(|(kind, ..)| *kind == part.kind) {
            Some(known) => (known.1, known.2) = (known.1 + part.span(), known.2 + share),
            None => kinds.push((part.kind, part.span(), share)),
        }
    }
    kinds
}

/// The kind that takes most of the time, unless it is the only one.
fn largest(kinds: &[(SpentKind, Duration, u32)]) -> Option<SpentKind> {
    let largest = kinds.iter().max_by_key(|(_, span, _)| *span)?;
    (kinds.len() > 1).then_some(largest.0)
}

/// The parts that are lit and named in large type.
struct Told {
    kinds: Vec<SpentKind>,
    /// The message that names them together.
    key: &'static str,
    span: Duration,
    share: u32,
}

/// While a request is under way: what it is doing. At its end: what came before TCP, where an address had to be
/// found; the TLS handshake; all that a server did not do, where its work was not the longest; or the longest part.
fn told(spent: &Spent, all: &[(SpentKind, Duration, u32)]) -> Option<Told> {
    let has = |kind| all.iter().any(|(is, ..)| *is == kind);
    let largest = largest(all);
    let (key, kinds) = if spent.open {
        let kind = spent.parts.last()?.kind;
        (kind.key(), vec![kind])
    } else if has(SpentKind::Address) {
        ("time-before-tcp", vec![SpentKind::Address, SpentKind::Dns])
    } else if has(SpentKind::Tls) {
        (SpentKind::Tls.key(), vec![SpentKind::Tls])
    } else if has(SpentKind::Process) && largest != Some(SpentKind::Process) {
        let way = all.iter().map(|(kind, ..)| *kind).filter(|kind| *kind != SpentKind::Process);
        ("time-on-the-way", way.collect())
    } else {
        (largest?.key(), vec![largest?])
    };
    let of = all.iter().filter(|(kind, ..)| kinds.contains(kind));
    let (span, share) = of.fold((Duration::ZERO, 0), |(span, share), part| (span + part.1, share + part.2));
    Some(Told { kinds, key, span, share })
}

/// The parts of a request as rectangles from the axis' beginning, and closing behind them.
fn pieces(spent: &Spent, axis: &Axis, y: f64, height: f64) -> Element {
    let mut bar = Element::group("bar");
    let x = |at: Instant| axis.x(Instant::ZERO + at.since(spent.from));
    for part in &spent.parts {
        let (from, to) = (x(part.from), x(part.until));
        let width = (to - from - 1.0).max(1.0);
        bar = bar.add(
            Element::rect(from, y, width, height)
                .number("rx", 4.0_f64.min(width / 2.0))
                .class(part.kind.key()),
        );
    }
    bar
}

fn title(text: &str, x: f64, y: f64, canvas: &Canvas, mono: bool, room: f64) -> Element {
    let face = if mono { Face::Mono } else { Face::Sans };
    let element = Element::text(x, y, canvas.type_size, fitted(text, canvas.type_size, face, room));
    element.class(if mono { "mono strong" } else { "strong" })
}

/// One request, with all its parts in a list.
fn single(spent: Option<&Spent>, extent: Duration, canvas: &Canvas, drawing: &mut Drawing) {
    let (size, small) = (canvas.type_size, canvas.small());
    let right = canvas.width - PAD;
    let large = size * 1.7;
    let head = PAD + large;
    let top = head + 16.0;
    let height = (canvas.height * 0.22).clamp(40.0, 150.0).round();
    let bottom = top + height + 8.0;
    let axis = Axis::new(PAD, canvas.width - 2.0 * PAD - 24.0, extent, canvas);
    drawing.add(axis.lines(top - 4.0, bottom));
    drawing.add(axis.numbers(bottom, canvas));
    let Some(spent) = spent else { return };
    let total = time_text::span(spent.total());
    let key = if spent.open { "time-so-far" } else { "time-in-all" };
    let words = canvas.text.plain(key);
    drawing.add(Element::text(right, head, large, total.clone()).class("strong").anchor("end"));
    let beside = right - text_width(&total, large, Face::Sans) * 1.08 - 8.0;
    drawing.add(Element::text(beside, head, small, words.clone()).class("quiet").anchor("end"));
    let room = beside - text_width(&words, small, Face::Sans) - 12.0 - PAD;
    drawing.add(title(&spent.title, PAD, head, canvas, true, room));
    drawing.add(pieces(spent, &axis, top, height).entry(spent.entry));
    if spent.open
        && let Some(line) = axis.now(Instant::ZERO + spent.total(), &[(top - 4.0, bottom)], bottom, canvas)
    {
        drawing.add(line);
    }
    let list_top = bottom + Axis::foot(canvas) + 12.0;
    let kinds = kinds(spent);
    let rows = kinds.len() + usize::from(spent.close.is_some());
    let pitch = ((canvas.height - list_top - 20.0) / rows.max(5) as f64).clamp(small + 10.0, 60.0);
    let wide = !canvas.is_narrow();
    let width = if wide { (canvas.width * 0.56).min(580.0) } else { canvas.width - 2.0 * PAD };
    let told = told(spent, &kinds);
    for (place, (kind, span, share)) in kinds.iter().enumerate() {
        let y = list_top + pitch * place as f64;
        let is_told = told.as_ref().is_some_and(|told| told.kinds.contains(kind));
        // Shares of a whole that is still growing would say nothing.
        let share = (!spent.open).then_some(*share);
        drawing.add(line(*kind, *span, share, (PAD, y, width, pitch), is_told, canvas));
    }
    if let Some(close) = spent.close {
        let y = list_top + pitch * kinds.len() as f64 + 4.0;
        drawing.add(line(close.kind, close.span(), None, (PAD, y, width, pitch), false, canvas));
    }
    if let Some(told) = told.filter(|_| wide) {
        let place = ((PAD + width + right) / 2.0, list_top, right - PAD - width - 32.0);
        drawing.add(in_large_type(&told, spent.open, place, canvas));
    }
    drawing.height = drawing.height.max(list_top + pitch * rows as f64 + 12.0);
}

/// The share of what is told, or its time while the whole is not known: around `middle`, from `top`.
fn in_large_type(told: &Told, open: bool, (middle, top, room): (f64, f64, f64), canvas: &Canvas) -> Element {
    let size = canvas.type_size;
    let huge = size * 3.4;
    let span = time_text::span(told.span);
    let (number, below) =
        if open { (span, canvas.text.plain("time-so-far")) } else { (format!("{} %", told.share), span) };
    let ink = match told.kinds.as_slice() {
        [kind] => format!("strong ink-{}", kind.key()),
        _ => "strong".to_owned(),
    };
    let name = fitted(&canvas.text.plain(told.key), size, Face::Sans, room);
    let at = |y: f64, size: f64, words: String| Element::text(middle, top + y, size, words).anchor("middle");
    Element::group("largest")
        .add(at(huge, huge, number).class(ink))
        .add(at(huge + size * 1.9, size, name).class("strong"))
        .add(at(huge + size * 3.5, size, below).class("quiet"))
}

/// A part in words: its mark, its name, its time, its share.
fn line(
    kind: SpentKind,
    span: Duration,
    share: Option<u32>,
    (x, y, width, pitch): (f64, f64, f64, f64),
    is_told: bool,
    canvas: &Canvas,
) -> Element {
    let size = canvas.type_size;
    let baseline = y + pitch / 2.0 + size * 0.36;
    let class = if is_told { "strong" } else { "plain" };
    let share_width = if share.is_some() || kind == SpentKind::Close {
        text_width("100 %", size, Face::Sans) * 1.1 + 28.0
    } else {
        14.0
    };
    let time_width = text_width("0.00 ms", size, Face::Sans) * 1.1 + 16.0;
    let key = if kind == SpentKind::Close { "time-close" } else { kind.key() };
    let name = canvas.text.plain(key);
    let name = fitted(&name, size, Face::Sans, (width - 40.0 - share_width - time_width) / 1.06);
    let mut row = Element::group("line");
    if is_told {
        row = row.add(Element::rect(x, y + 2.0, width, pitch - 4.0).number("rx", 8.0).class("slot is-lit"));
    }
    row = row
        .add(Element::rect(x + 10.0, y + pitch / 2.0 - 7.0, 14.0, 14.0).number("rx", 4.0).class(kind.key()))
        .add(Element::text(x + 36.0, baseline, size, name).class(class))
        .add(
            Element::text(x + width - share_width, baseline, size, time_text::span(span))
                .class(class)
                .anchor("end"),
        );
    let words = share.map_or_else(String::new, |share| format!("{share} %"));
    row.add(
        Element::text(x + width - 10.0, baseline, size, words).class(format!("{class} quiet")).anchor("end"),
    )
}

/// Several requests on one axis, each from the moment in which it was wanted.
fn several(bars: &[Bar<'_>], most: usize, extent: Duration, canvas: &Canvas, drawing: &mut Drawing) {
    let (size, small) = (canvas.type_size, canvas.small());
    let total_width = text_width("00.00 ms", size, Face::Sans) * 1.1 + 10.0;
    let width = canvas.width - 2.0 * PAD - total_width;
    let axis = Axis::new(PAD, width, extent, canvas);
    let lines: Vec<Vec<Vec<(Element, f64)>>> =
        bars.iter().map(|bar| flow(bar.spent, canvas.width - 2.0 * PAD, canvas)).collect();
    let text_height = |lines: &Vec<_>, air: f64| size + 10.0 + lines.len() as f64 * (small + 8.0) + air;
    let texts = |air: f64| lines.iter().map(|lines| text_height(lines, air)).sum::<f64>();
    let foot = small + 12.0;
    let empty = most.saturating_sub(bars.len()) as f64 * (size + small + 26.0);
    let room = |air: f64| (canvas.height - 2.0 * PAD - foot - texts(air) - empty) / most as f64;
    // Between the bars, and below the words of one: less where not even the thinnest bars fit.
    let (gap, air) = match room(8.0) {
        room if room < THINNEST + 8.0 => (6.0, 2.0),
        room if room < 40.0 => (8.0, 8.0),
        _ => (14.0, 8.0),
    };
    let height = (room(air) - gap).clamp(THINNEST, 150.0);
    let mut y = PAD;
    let mut front = Vec::new();
    for (bar, lines) in bars.iter().zip(&lines) {
        let top = y + size + 10.0;
        drawing.add(axis.lines(top - 4.0, top + height + 4.0));
        drawing.add(title(&bar.title, PAD, y + size, canvas, bar.mono, canvas.width - 2.0 * PAD));
        let pieces = pieces(bar.spent, &axis, top, height);
        // The other ways are runs of their own, with entries of their own.
        drawing.add(if bar.own {
            pieces.entry(bar.spent.entry)
        } else {
            Element::group("other").add(pieces)
        });
        let end = axis.x(Instant::ZERO + bar.spent.total());
        front.push(
            Element::text(
                end + 8.0,
                top + height / 2.0 + size * 0.36,
                size,
                time_text::span(bar.spent.total()),
            )
            .class("strong halo"),
        );
        for (place, line) in lines.iter().enumerate() {
            let baseline = top + height + small + 10.0 + place as f64 * (small + 8.0);
            for (item, x) in line {
                drawing.add(
                    Element::group("item")
                        .with("transform", crate::number::translate(PAD + x, baseline))
                        .add(item.clone()),
                );
            }
        }
        y += text_height(lines, air) + height + gap;
    }
    for element in front {
        drawing.add(element);
    }
    drawing.add(axis.numbers(y - 4.0, canvas));
    drawing.height = drawing.height.max(y + foot + 4.0);
}

/// The parts of a request in words, in lines; each with its distance from the left.
fn flow(spent: &Spent, room: f64, canvas: &Canvas) -> Vec<Vec<(Element, f64)>> {
    let small = canvas.small();
    let kinds = kinds(spent);
    let under_way = spent.parts.last().map(|part| part.kind).filter(|_| spent.open);
    let told = under_way.or_else(|| largest(&kinds));
    let mut lines: Vec<Vec<(Element, f64)>> = vec![Vec::new()];
    let mut x = 0.0;
    for (kind, span, share) in &kinds {
        let share = if spent.open { String::new() } else { format!(" · {share} %") };
        let words = format!("{} {}{share}", canvas.text.plain(kind.key()), time_text::span(*span));
        let is_told = told == Some(*kind);
        let width = 20.0 + text_width(&words, small, Face::Sans) * if is_told { 1.06 } else { 1.0 };
        if x > 0.0 && x + width > room {
            lines.push(Vec::new());
            x = 0.0;
        }
        let item = Element::group("piece")
            .add(Element::rect(0.0, -small * 0.36 - 6.0, 12.0, 12.0).number("rx", 3.0).class(kind.key()))
            .add(Element::text(18.0, 0.0, small, words).class(if is_told { "strong" } else { "quiet" }));
        if let Some(line) = lines.last_mut() {
            line.push((item, x));
        }
        x += width + 16.0;
    }
    lines
}
