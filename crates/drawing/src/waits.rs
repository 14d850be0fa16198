//! Hosts with what each believes above it and whom it waits for below it; beliefs that contradict are joined by a
//! red spark.

use playground_core::tcp::State;
use playground_playback::{ConnectionEnd, Fit, Selection, StuckWhy, WaitArrow, WaitingHost, WaitsView};
use playground_words::{circled, node_name, time_text};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::px;
use crate::parts::role_class as role;
use crate::text_width::{Face, fitted, text_width, wrapped};

mod arrows;
mod flight;
mod stacked;

/// Between the picture and its border.
const MARGIN: f64 = 16.0;
/// Inside bubbles and cards.
const PAD: f64 = 12.0;
/// The tail of a bubble.
const TAIL: f64 = 12.0;

/// The waits at a moment.
pub fn draw(view: &WaitsView, canvas: &Canvas) -> Drawing {
    let mut drawing = Drawing::new(canvas, label(view, canvas));
    if canvas.is_narrow() {
        stacked::draw(view, canvas, &mut drawing);
    } else {
        side_by_side(view, canvas, &mut drawing);
    }
    drawing
}

/// Each wait and each belief in words.
fn label(view: &WaitsView, canvas: &Canvas) -> String {
    let text = canvas.text;
    let waits = view.arrows.iter().map(|arrow| {
        let (from, to) = (&view.hosts[arrow.from].name, &view.hosts[arrow.to].name);
        format!("{} → {}: {}", node_name(text, from), node_name(text, to), wait(arrow, canvas))
    });
    let said = view.hosts.iter().flat_map(|host| {
        host.sayings
            .iter()
            .map(move |one| format!("{}: “{}”", node_name(text, &host.name), text.plain(one.saying.key())))
    });
    let all: Vec<String> = said.chain(waits).collect();
    format!("{}. {}", text.plain("waits-label"), all.join("; "))
}

/// What is waited for, and how long so far.
fn wait(arrow: &WaitArrow, canvas: &Canvas) -> String {
    let what = canvas.text.plain(arrow.what.key());
    let micros = arrow.lasted.as_micros();
    match micros {
        0..1_000 => what,
        // With few digits, so that it does not jitter.
        1_000..1_000_000 => format!("{what} {} ms", micros / 10_000 * 10),
        _ => format!("{what} {}", time_text::running(arrow.lasted)),
    }
}

/// The hosts beside each other: bubbles, cards, arrows from top to bottom.
fn side_by_side(view: &WaitsView, canvas: &Canvas, drawing: &mut Drawing) {
    let count = view.hosts.len().max(1) as f64;
    let crowded = count > 3.0;
    let width = (canvas.width - 2.0 * MARGIN).min(500.0 * count);
    let left = (canvas.width - width) / 2.0;
    let pitch = width / count;
    let card = (pitch - if crowded { 36.0 } else { 116.0 }).min(340.0);
    let bubble = (pitch - 12.0).min(card + if crowded { 24.0 } else { 40.0 });
    let centre = |place: usize| left + pitch * (place as f64 + 0.5);

    let sizes = Sizes::new(canvas, view.hosts.len());
    let said: Vec<Vec<(u32, Vec<String>)>> =
        view.hosts.iter().map(|host| sizes.lines(host, canvas, bubble)).collect();
    let tallest = said.iter().map(|said| sizes.bubble_height(said)).fold(0.0, f64::max);
    let spark_room = if view.fits.is_empty() { 0.0 } else { sizes.line + 24.0 };
    let cards = view.hosts.iter().map(|host| sizes.card_height(host, card)).fold(0.0, f64::max);
    let arrows = arrows::Arrows::new(view, sizes.said, canvas, pitch);
    let bubbles_room = if tallest > 0.0 { tallest + TAIL + 8.0 } else { 0.0 };
    let used = spark_room + bubbles_room + cards + arrows.height();
    let top = ((canvas.height - used) * 0.45).max(4.0).round();
    let bubble_top = top + spark_room;
    let card_top = bubble_top + bubbles_room;

    let pipe_y = card_top + sizes.name * 1.9 / 2.0;
    let pipe = |place: usize| (centre(place) + card / 2.0, centre(place + 1) - card / 2.0);
    for (place, pair) in view.hosts.windows(2).enumerate() {
        if let Some(pipe) = sizes.pipe(pair, place, pipe(place), pipe_y) {
            drawing.add(pipe);
        }
    }
    for flight in view.flights.iter().filter(|flight| flight.from.abs_diff(flight.to) == 1) {
        drawing.add(flight::draw(view, flight, pipe(flight.from.min(flight.to)), pipe_y, sizes.small));
    }
    for (place, host) in view.hosts.iter().enumerate() {
        let x = centre(place);
        if !said[place].is_empty() {
            let area = (x - bubble / 2.0, bubble_top, bubble, tallest);
            drawing.add(sizes.bubble(host, &said[place], area));
        }
        drawing.add(sizes.card(host, canvas, (x - card / 2.0, card_top, card, cards)));
    }
    for (one, other, fit) in view.fits.iter().copied() {
        let ends = (centre(one) + 20.0, centre(other) - 20.0);
        let row = top + (sizes.line + 8.0) / 2.0;
        drawing.add(sizes.bracket(canvas, fit, ends, (row, bubble_top - 4.0)));
    }
    let bottom = arrows.draw(view, canvas, drawing, &centre, card, card_top + cards);
    drawing.height = drawing.height.max(bottom + 4.0);
}

/// Sizes of type and of what is made of it.
struct Sizes {
    /// What is said.
    said: f64,
    /// A line of it.
    line: f64,
    small: f64,
    name: f64,
    /// Whether there is no room for states that everybody expects.
    terse: bool,
}

impl Sizes {
    /// The sizes for a canvas; many hosts beside each other have smaller type.
    fn new(canvas: &Canvas, hosts: usize) -> Self {
        let crowded = canvas.is_narrow() || hosts > 3;
        let roomy = !crowded && canvas.height >= 520.0;
        let short = !canvas.is_narrow() && canvas.height < 520.0;
        let terse = canvas.is_narrow() || (crowded && short);
        let said = match (crowded, roomy) {
            (true, _) if short && hosts > 4 => Canvas::SMALLEST,
            (true, _) => canvas.small(),
            (false, true) => canvas.type_size + if hosts > 2 { 4.0 } else { 6.0 },
            (false, false) => canvas.type_size,
        };
        let small = if roomy { canvas.type_size + 1.0 } else { canvas.small() };
        Self { said, line: (said * 1.4).round(), small, name: said + 2.0, terse }
    }

    /// The lines of each sentence of a host, with the number of its connection where several are spoken of.
    fn lines(&self, host: &WaitingHost, canvas: &Canvas, width: f64) -> Vec<(u32, Vec<String>)> {
        let spoken = host.sayings.iter();
        spoken
            .map(|one| {
                let words = canvas.text.plain(one.saying.key());
                let words = match one.connection.filter(|_| host.sayings.len() > 1) {
                    Some(connection) => format!("{} “{words}”", circled(connection.number())),
                    None => format!("“{words}”"),
                };
                (one.entry, balanced(&words, self.said, width - 2.0 * PAD))
            })
            .collect()
    }

    fn bubble_height(&self, said: &[(u32, Vec<String>)]) -> f64 {
        let lines: usize = said.iter().map(|(_, lines)| lines.len()).sum();
        if lines == 0 {
            return 0.0;
        }
        lines as f64 * self.line + 16.0 + (said.len() - 1) as f64 * 4.0
    }

    /// A bubble with its tail below its middle.
    fn bubble(
        &self,
        host: &WaitingHost,
        said: &[(u32, Vec<String>)],
        (x, top, width, height): (f64, f64, f64, f64),
    ) -> Element {
        let class = role(host.kind);
        let middle = x + width / 2.0;
        let tail = format!("M{} {} l10 {TAIL} l10 -{TAIL} z", px(middle - 10.0), px(top + height - 1.0));
        let mut group = Element::group("said")
            .add(Element::rect(x, top, width, height).number("rx", 12.0).class(format!("bubble {class}")))
            .add(Element::path(tail).class(format!("tail {class}")));
        let air = (height - self.bubble_height(said)) / 2.0;
        let mut y = top + air + 8.0 + self.line * 0.5 + self.said * 0.35;
        for (entry, lines) in said {
            let mut sentence = Element::group("sentence").entry(*entry);
            for line in lines {
                let class = format!("strong {class}");
                sentence = sentence
                    .add(Element::text(middle, y, self.said, line.clone()).class(class).anchor("middle"));
                y += self.line;
            }
            y += 4.0;
            group = group.add(sentence);
        }
        group
    }

    /// The connection between two neighbours, with its number below what is on its way.
    fn pipe(&self, pair: &[WaitingHost], place: usize, (from, to): (f64, f64), y: f64) -> Option<Element> {
        let end = pair.first()?.ends.iter().find(|end| end.peer == place + 1)?;
        let height = self.small * 1.6;
        let lives = end.lives
            || pair.last()?.ends.iter().any(|other| other.connection == end.connection && other.lives);
        let number = circled(end.connection.number());
        Some(
            Element::group(if lives { "pipe" } else { "pipe is-gone" })
                .add(Element::rect(from, y - height / 2.0, to - from, height).class("tube"))
                .add(
                    Element::text((from + to) / 2.0, y + height / 2.0 + self.small * 1.2, self.small, number)
                        .class("quiet")
                        .anchor("middle"),
                ),
        )
    }

    /// Whether the two ends of a relay stand beside each other in a card.
    fn columns(&self, host: &WaitingHost, width: f64) -> Option<f64> {
        let column = (width - 2.0 * PAD - 8.0) / 2.0;
        let longest = text_width("ESTABLISHED", Canvas::SMALLEST, Face::Mono) + 4.0;
        (host.ends.len() == 2 && column >= longest).then_some(column)
    }

    /// Whether the state of a connection is written.
    fn tells_state(&self, end: &ConnectionEnd) -> bool {
        !self.terse || end.state != State::Established
    }

    /// The height of one end of a connection, with what is stuck in it.
    fn row_height(&self, end: &ConnectionEnd) -> f64 {
        let state = if self.tells_state(end) { self.small * 1.6 } else { 0.0 };
        let stuck = if end.stuck.is_some() { self.small * 3.6 } else { 0.0 };
        (state + stuck).round()
    }

    /// The height of a card.
    fn card_height(&self, host: &WaitingHost, width: f64) -> f64 {
        let heights = host.ends.iter().map(|end| self.row_height(end));
        let rows = match self.columns(host, width) {
            Some(_) => heights.fold(0.0, f64::max),
            None => heights.sum(),
        };
        (self.name * 1.9 + rows).round() + PAD
    }

    /// A host: its name, the state of each of its connections, the bytes stuck in them.
    fn card(
        &self,
        host: &WaitingHost,
        canvas: &Canvas,
        (x, y, width, height): (f64, f64, f64, f64),
    ) -> Element {
        let class = role(host.kind);
        let middle = y + self.name * 0.95;
        let radius = (self.name * 0.4).round();
        let name = fitted(
            &node_name(canvas.text, &host.name),
            self.name,
            Face::Sans,
            width - 2.0 * PAD - 2.0 * radius - 8.0,
        );
        let mut group = Element::group("host")
            .add(Element::rect(x, y, width, height).number("rx", 14.0).class(format!("card is-role {class}")))
            .add(Element::circle(x + PAD + radius, middle, radius).class(class))
            .add(
                Element::text(x + PAD + 2.0 * radius + 8.0, middle + self.name * 0.35, self.name, name)
                    .class("strong"),
            );
        let top = y + self.name * 1.9;
        if let Some(column) = self.columns(host, width) {
            // As the neighbours stand: what faces left is on the left.
            let mut ends: Vec<&ConnectionEnd> = host.ends.iter().collect();
            ends.sort_by_key(|end| end.peer);
            for (place, end) in ends.into_iter().enumerate() {
                let x = x + PAD + place as f64 * (column + 8.0);
                group = group.add(self.end(end, canvas, (x, top, column), false));
            }
            return group;
        }
        let mut row = top;
        for end in &host.ends {
            let numbered = host.ends.len() > 1;
            group = group.add(self.end(end, canvas, (x + PAD, row, width - 2.0 * PAD), numbered));
            row += self.row_height(end);
        }
        group
    }

    fn end(
        &self,
        end: &ConnectionEnd,
        canvas: &Canvas,
        (x, y, width): (f64, f64, f64),
        numbered: bool,
    ) -> Element {
        let number = circled(end.connection.number());
        let state = end.state.to_string();
        let baseline = y + self.small * 1.15;
        let indent = if numbered { self.small * 1.6 } else { 0.0 };
        // Two ends beside each other have less room.
        let size = if numbered || width < 150.0 { Canvas::SMALLEST } else { self.small };
        let shown = fitted(&state, size, Face::Mono, width - indent);
        let mut group = Element::group(if end.lives { "end" } else { "end is-gone" })
            .selects(Selection::of_socket(end.key), format!("{number} {state}"));
        let tells = self.tells_state(end);
        if numbered && tells {
            group = group.add(Element::text(x, baseline, self.small, number).class("quiet"));
        }
        if tells {
            let state = Element::text(x + indent, baseline, size, shown).class("mono quiet");
            group = group.add(state);
        }
        let Some(stuck) = &end.stuck else { return group };
        let tile = if tells { y + self.small * 1.7 } else { y };
        let label = stuck.label.as_deref().map_or_else(
            || canvas.text.get("waits-bytes", &[("count", &stuck.len.to_string())]),
            str::to_owned,
        );
        let label = fitted(&label, self.small, Face::Mono, width - 16.0);
        let room = (text_width(&label, self.small, Face::Mono) + 24.0).min(width);
        let key = match stuck.why {
            StuckWhy::NobodyReads => "waits-nobody-reads",
            StuckWhy::HeldBack => "waits-held-back",
        };
        let why = fitted(
            &canvas.text.plain(key),
            self.small,
            Face::Sans,
            if numbered { width } else { width * 2.0 },
        );
        group
            .add(Element::rect(x, tile, room, self.small * 1.8).number("rx", 6.0).class("slot is-bad"))
            .add(
                Element::text(x + room / 2.0, tile + self.small * 1.25, self.small, label)
                    .class("mono strong")
                    .anchor("middle"),
            )
            .add(Element::text(x, tile + self.small * 3.0, self.small, why).class("bad strong"))
    }

    /// A word about two beliefs, in a pill whose middle is at a point, and its width.
    fn verdict(&self, canvas: &Canvas, fit: Fit, (x, y): (f64, f64)) -> [Element; 2] {
        let (key, pill, ink) = match fit {
            Fit::Agree => ("waits-agree", "pill is-right", "right strong"),
            Fit::Contradict => ("waits-clash", "pill is-bad", "bad strong"),
        };
        let word = canvas.text.plain(key);
        let (width, height) = (text_width(&word, self.said, Face::Sans) + 24.0, self.line + 8.0);
        [
            Element::rect(x - width / 2.0, y - height / 2.0, width, height)
                .number("rx", height / 2.0)
                .class(pill),
            Element::text(x, y + self.said * 0.35, self.said, word).class(ink).anchor("middle"),
        ]
    }

    /// A bracket over two bubbles with a word about them.
    fn bracket(&self, canvas: &Canvas, fit: Fit, (from, to): (f64, f64), (y, bottom): (f64, f64)) -> Element {
        let bracket = format!("M{} {} V{} H{} V{}", px(from), px(bottom), px(y), px(to), px(bottom));
        let class = match fit {
            Fit::Agree => "bracket is-right",
            Fit::Contradict => "bracket is-bad",
        };
        Element::group("fit").add(Element::path(bracket).class(class)).add_all(self.verdict(
            canvas,
            fit,
            ((from + to) / 2.0, y),
        ))
    }
}

/// Words on as few lines as they need, and those of about the same length.
fn balanced(words: &str, size: f64, room: f64) -> Vec<String> {
    let fewest = wrapped(words, size, Face::Sans, room, 9);
    let mut best = fewest.clone();
    let mut narrower = room;
    while narrower > room * 0.5 {
        narrower -= 8.0;
        let lines = wrapped(words, size, Face::Sans, narrower, 9);
        // A word that was cut has an ellipsis.
        if lines.len() > fewest.len() || lines.iter().any(|line| line.ends_with('…')) {
            break;
        }
        best = lines;
    }
    best
}
