//! A stream in pieces: a row of numbered boxes at the sender, a row of places at the receiver, and between them the
//! segments and the ACKs on their way. The opener of the connection is below, so that a host keeps its row.

use playground_playback::{
    FlightPhase, FlightView, HeaderCost, HeldAck, NodeLabel, Piece, PieceAck, PiecePlace, PieceTable, Side,
};
use playground_words::{node_name, octets};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::translate;
use crate::parts::{baseline, crack, role_class, selection, sentence};
use crate::text_width::{Face, fitted, text_width, wrapped};

/// Columns that a row has room for even when there are fewer pieces.
const LEAST_COLUMNS: usize = 4;
const WIDEST: f64 = 216.0;
/// Room around a row, in its card, and the card's distance from the edge.
const PADDING: f64 = 10.0;
const CARD: f64 = 4.0;

/// The places of everything on a canvas.
struct Layout<'a> {
    canvas: &'a Canvas,
    margin: f64,
    table: &'a PieceTable,
    /// Left edge of the first column, and of the row labels.
    left: f64,
    column: f64,
    gap: f64,
    /// The first piece that has a column, and the number of columns.
    first: usize,
    columns: usize,
    /// Top edges of the upper and the lower row.
    rows: (f64, f64),
    height: f64,
}

/// The stream at a moment.
pub fn draw(table: Option<&PieceTable>, canvas: &Canvas) -> Drawing {
    let mut drawing = Drawing::new(canvas, canvas.text.plain("pieces-label"));
    let Some(table) = table else {
        drawing.add(sentence(canvas, "pieces-empty"));
        return drawing;
    };
    let canvas = &canvas.roomy();
    let layout = Layout::new(table, canvas);
    drawing.elements.extend(layout.hosts());
    drawing.elements.extend(layout.names());
    for column in 0..layout.columns {
        let place = layout.first + column;
        if let Some(piece) = table.pieces.get(place) {
            drawing.add(layout.copy(place, piece));
            drawing.add(layout.place(place, piece));
        }
    }
    drawing.elements.extend(layout.unsent());
    let shown = layout.first..layout.first + layout.columns;
    for place in shown.clone() {
        let flights = table
            .pieces
            .get(place)
            .into_iter()
            .flat_map(|piece| piece.flights.iter().map(move |flight| (piece, flight)));
        drawing.elements.extend(flights.map(|(piece, flight)| layout.flight(place, piece, flight)));
    }
    let acks = table.acks.iter().filter(|ack| shown.contains(&ack.piece));
    drawing.elements.extend(acks.map(|ack| layout.ack(ack)));
    drawing
        .elements
        .extend(table.held.as_ref().filter(|held| shown.contains(&held.piece)).map(|held| layout.held(held)));
    if let Some(cost) = &table.cost {
        drawing.elements.extend(layout.cost(cost));
    }
    drawing
}

impl<'a> Layout<'a> {
    fn new(table: &'a PieceTable, canvas: &'a Canvas) -> Self {
        let narrow = canvas.is_narrow();
        let size = canvas.type_size;
        let height = (size * 3.3).round();
        let gap = if narrow { 6.0 } else { 12.0 };
        // The names stand above the rows where there is no room beside them.
        let names = if narrow { 0.0 } else { names_width(table, canvas) + 20.0 };
        let margin = if narrow { 12.0 } else { 20.0 };
        let left = margin + names;
        let room = canvas.width - left - margin;
        let widest = table.pieces.iter().map(|piece| {
            text_width(&octets_of(piece), canvas.small(), Face::Mono) + if narrow { 8.0 } else { 16.0 }
        });
        let narrowest = widest.fold(0.0, f64::max);
        let most = (((room + gap) / (narrowest + gap)) as usize).max(1);
        let columns = table.pieces.len().max(LEAST_COLUMNS).min(most);
        let column = ((room - gap * (columns as f64 - 1.0)) / columns as f64).min(WIDEST).floor();
        let name_height = canvas.small() + 12.0;
        let top = CARD + PADDING + if narrow { canvas.small() + 8.0 } else { 0.0 };
        // Below is what the headers cost.
        let foot = canvas.small() * 2.0 + 40.0;
        let under = if narrow { name_height } else { 0.0 };
        let bottom = (canvas.height - margin - foot - under - height).min(top + 520.0);
        let first = first_shown(table, columns);
        Self { canvas, margin, table, left, column, gap, first, columns, rows: (top, bottom), height }
    }

    /// Radius of an ACK's ring.
    fn ring(&self) -> f64 {
        if self.canvas.is_narrow() { 5.0 } else { 7.0 }
    }

    fn is_upward(&self) -> bool {
        self.table.side == Side::Opener
    }

    /// The node that sends the data, or the one that receives it.
    fn node(&self, sends: bool) -> &NodeLabel {
        let (opener, acceptor) = (&self.table.nodes.0, &self.table.nodes.1);
        if sends == self.is_upward() { opener } else { acceptor }
    }

    fn colour(&self) -> &'static str {
        role_class(self.node(true).kind)
    }

    /// Top edge of the row of the sender, or of the receiver.
    fn row(&self, sends: bool) -> f64 {
        if sends == self.is_upward() { self.rows.1 } else { self.rows.0 }
    }

    fn x(&self, place: usize) -> f64 {
        self.left + (place - self.first) as f64 * (self.column + self.gap)
    }

    /// The middle of something on its way: `progress` 0 at the sender of the data, 1 at its receiver.
    fn y(&self, progress: f64) -> f64 {
        let edge = |sends: bool| {
            let top = self.row(sends);
            let is_upper = top == self.rows.0;
            let away = self.height * 0.5 + PADDING + 4.0;
            if is_upper { top + self.height + away } else { top - away }
        };
        edge(true) + (edge(false) - edge(true)) * progress
    }

    /// A card behind each row, and the way of each piece between them.
    fn hosts(&self) -> Vec<Element> {
        let (upper, lower) = (self.rows.0 + self.height + PADDING, self.rows.1 - PADDING);
        let sent = self.table.pieces.len().min(self.first + self.columns);
        let ways = (self.first..sent).map(|place| {
            let x = self.x(place) + self.column / 2.0;
            Element::line((x, upper), (x, lower)).class("rule")
        });
        let cards = [self.rows.0, self.rows.1].map(|top| {
            let width = self.canvas.width - 2.0 * CARD;
            // A name above or below its row is inside the card.
            let name = if self.canvas.is_narrow() { self.canvas.small() + 8.0 } else { 0.0 };
            let above = if top == self.rows.0 { name } else { 0.0 };
            Element::rect(CARD, top - PADDING - above, width, self.height + 2.0 * PADDING + name)
                .number("rx", 12.0)
                .class("card")
        });
        ways.chain(cards).collect()
    }

    /// Who sends and who has what, and how many pieces have no column.
    fn names(&self) -> Vec<Element> {
        let text = self.canvas.text;
        let (size, small) = (self.canvas.type_size, self.canvas.small());
        let mut names = Vec::new();
        for sends in [true, false] {
            let node = self.node(sends);
            let name = node_name(text, &node.name);
            let key = if sends { "pieces-sends" } else { "pieces-has" };
            let said = text.get(key, &[("node", &name)]);
            let class = format!("strong {}", role_class(node.kind));
            let top = self.row(sends);
            let is_upper = top == self.rows.0;
            let line = small + 6.0;
            if self.canvas.is_narrow() {
                let y = if is_upper { top - 8.0 } else { top + self.height + small + 6.0 };
                names.push(Element::text(self.margin, y, small, said).class(class));
            } else {
                let y = baseline(top + self.height / 2.0, size);
                let with_legend = sends;
                let y = if with_legend { y - line / 2.0 } else { y };
                names.push(Element::text(self.margin, y, size, said).class(class));
                if with_legend {
                    let legend = text.plain("pieces-legend");
                    names.push(Element::text(self.margin, y + line, small, legend).class("quiet"));
                }
            }
        }
        names.extend(self.left_out());
        names
    }

    /// How many pieces stand before the first column and after the last.
    fn left_out(&self) -> Vec<Element> {
        let small = self.canvas.small();
        let middle = baseline((self.rows.0 + self.height + self.rows.1) / 2.0, small);
        let after = self.table.pieces.len().saturating_sub(self.first + self.columns);
        let right = self.x(self.first + self.columns - 1) + self.column;
        let said = |key: &str, count: usize| self.canvas.text.get(key, &[("count", &count.to_string())]);
        let mut said_of = Vec::new();
        let row_end = if self.canvas.is_narrow() { self.rows.0 - 8.0 } else { middle };
        if self.first > 0 && !self.canvas.is_narrow() {
            said_of.push(
                Element::text(self.margin, middle, small, said("pieces-before", self.first)).class("quiet"),
            );
        }
        if after > 0 && self.canvas.is_narrow() {
            let more = Element::text(right, row_end, small, said("pieces-after", after));
            said_of.push(more.class("quiet").anchor("end"));
        } else if after > 0 {
            let line = middle + small + 6.0;
            said_of.push(Element::text(self.margin, line, small, said("pieces-after", after)).class("quiet"));
        }
        said_of
    }

    fn rect(&self, place: usize, top: f64) -> Element {
        Element::rect(self.x(place), top, self.column, self.height).number("rx", 8.0)
    }

    fn words(&self, place: usize, top: f64, words: &str) -> Element {
        let size = size_of_labels(self.canvas);
        let y = baseline(top + self.height / 2.0, size);
        let words = fitted(words, size, Face::Mono, self.column - 8.0);
        Element::text(self.x(place) + self.column / 2.0, y, size, words).class("mono").anchor("middle")
    }

    /// The number of a piece, and its octets below.
    fn label(&self, place: usize, top: f64, piece: &Piece, ink: &str) -> Vec<Element> {
        let (size, small) = (size_of_labels(self.canvas), self.canvas.small());
        let x = self.x(place) + self.column / 2.0;
        let line = |down: f64, size: f64, words: String, class: &str| {
            Element::text(x, baseline(top + self.height * down, size), size, words)
                .class(format!("mono {class} {ink}"))
                .anchor("middle")
        };
        let octets = fitted(&octets_of(piece), small, Face::Mono, self.column - 6.0);
        vec![line(0.31, size, (place + 1).to_string(), "strong"), line(0.71, small, octets, "")]
    }

    fn name_of(&self, place: usize, piece: &Piece) -> String {
        let (number, first) = ((place + 1).to_string(), piece.first.to_string());
        self.canvas.text.get("pieces-segment", &[("number", &number), ("first", &first)])
    }

    /// The copy that the sender keeps until it has the ACK.
    fn copy(&self, place: usize, piece: &Piece) -> Element {
        let top = self.row(true);
        Element::group(if piece.acknowledged { "is-gone" } else { "copy" })
            .entry(piece.entry)
            .selects(selection(piece.entry), self.name_of(place, piece))
            .add(self.rect(place, top).class(format!("outline {}", self.colour())))
            .add_all(self.label(place, top, piece, ""))
    }

    /// What is written and has not left yet, behind the last piece where there is a column for it.
    fn unsent(&self) -> Option<Element> {
        let place = self.table.pieces.len();
        let is_shown = self.table.unsent > 0 && place < self.first + self.columns;
        is_shown.then(|| {
            let count = octets(self.table.unsent);
            let words = self.canvas.text.get("pieces-unsent", &[("count", &count)]);
            let lines = wrapped(&words, self.canvas.small(), Face::Sans, self.column - 12.0, 2);
            let (top, small) = (self.row(true), self.canvas.small());
            let first = top + self.height / 2.0 - (lines.len() as f64 - 1.0) * small * 0.65;
            let x = self.x(place) + self.column / 2.0;
            let lines = lines.into_iter().enumerate().map(|(line, words)| {
                let y = baseline(first + line as f64 * small * 1.3, small);
                Element::text(x, y, small, words).class("quiet").anchor("middle")
            });
            Element::group("unsent").add(self.rect(place, top).class("place")).add_all(lines)
        })
    }

    /// The place of a piece at the receiver.
    fn place(&self, place: usize, piece: &Piece) -> Element {
        let top = self.row(false);
        let number = (place + 1).to_string();
        let colour = self.colour();
        let said = |words: &str, ink: &str| vec![with_class(self.words(place, top, words), ink)];
        let (class, words) = match piece.place {
            PiecePlace::Empty => return Element::group("empty").add(self.rect(place, top).class("place")),
            PiecePlace::Gap => {
                ("place is-gap".to_owned(), said(&self.canvas.text.plain("pieces-gap"), "bad"))
            }
            PiecePlace::Held => {
                let words = self.canvas.text.get("pieces-waits", &[("number", &number)]);
                (format!("outline {colour}"), said(&words, colour))
            }
            PiecePlace::Received => (colour.to_owned(), self.label(place, top, piece, "on-role")),
        };
        Element::group("at-receiver")
            .entry(piece.entry)
            .selects(selection(piece.entry), self.name_of(place, piece))
            .add(self.rect(place, top).class(class))
            .add_all(words)
    }

    /// A transmission on its way, or falling.
    fn flight(&self, place: usize, piece: &Piece, flight: &FlightView) -> Element {
        let top = self.y(flight.progress) - self.height / 2.0;
        let (class, fall) = match flight.phase {
            FlightPhase::Lost { fall, .. } => ("lost", Some(fall)),
            FlightPhase::Queued | FlightPhase::Flying => (self.colour(), None),
        };
        let words = if flight.retransmission {
            let words = self.canvas.text.get("pieces-again", &[("label", &(place + 1).to_string())]);
            vec![with_class(self.words(place, top, &words), "on-role")]
        } else {
            self.label(place, top, piece, "on-role")
        };
        let mut group = Element::group("flight")
            .entry(flight.entry)
            .selects(selection(flight.entry), self.name_of(place, piece))
            .add(self.rect(place, top).class(class))
            .add_all(words);
        if let Some(fall) = fall {
            group = group
                .add(crack(self.x(place), top, self.column, self.height))
                .with("opacity", format!("{:.2}", 1.0 - 0.8 * fall))
                .with("transform", translate(0.0, fall * 12.0));
        } else if let Some(number) = piece.carries {
            group = group.add_all(self.carried(place, top, number));
        }
        group
    }

    /// The ACK that rides on a segment: its ring and its number behind the box.
    fn carried(&self, place: usize, top: f64, number: u64) -> Vec<Element> {
        let size = size_of_labels(self.canvas);
        let (x, y) = (self.x(place) + self.ring() * 2.0, top + self.height + 8.0 + size / 2.0);
        vec![
            Element::circle(x, y, self.ring()).class("ring"),
            Element::text(x + self.ring() + 6.0, baseline(y, size), size, self.ack_words(number))
                .class("mono strong halo"),
        ]
    }

    /// `ACK 1461`, or the bare number where the column is narrow.
    fn ack_words(&self, number: u64) -> String {
        let words = format!("ACK {number}");
        let room = self.column - self.ring() * 2.0 - 6.0;
        if text_width(&words, size_of_labels(self.canvas), Face::Mono) <= room {
            words
        } else {
            number.to_string()
        }
    }

    fn ack(&self, ack: &PieceAck) -> Element {
        let y = self.y(1.0 - ack.flight.progress);
        let plain = self.ack_words(ack.number);
        let repeated = format!("{plain} {}", self.canvas.text.plain("pieces-repeats"));
        let room = self.column - self.ring() * 2.0 - 6.0;
        let fits = text_width(&repeated, size_of_labels(self.canvas), Face::Mono) <= room;
        let words = if ack.repeats && fits { repeated } else { plain };
        let number = ack.number.to_string();
        let name = self.canvas.text.get("pieces-ack", &[("number", &number)]);
        let group = Element::group("ack").entry(ack.flight.entry).selects(selection(ack.flight.entry), name);
        let group = self.ringed(group, ack.piece, y, &words, if ack.repeats { "bad" } else { "ink" });
        match ack.flight.phase {
            FlightPhase::Lost { fall, .. } => group.with("opacity", format!("{:.2}", 1.0 - fall)),
            _ => group,
        }
    }

    /// A ring with words beside it, together in the middle of a column.
    fn ringed(&self, group: Element, place: usize, y: f64, words: &str, ink: &str) -> Element {
        let size = size_of_labels(self.canvas);
        let width = self.ring() * 2.0 + 5.0 + text_width(words, size, Face::Mono);
        let x = self.x(place) + (self.column - width).max(0.0) / 2.0;
        group.add(Element::circle(x + self.ring(), y, self.ring()).class("ring")).add(
            Element::text(x + self.ring() * 2.0 + 5.0, baseline(y, size), size, words)
                .class(format!("mono strong halo {ink}")),
        )
    }

    /// The ACK that stands at its door, with its timer.
    fn held(&self, held: &HeldAck) -> Element {
        let text = self.canvas.text;
        let size = size_of_labels(self.canvas);
        let number = held.number.to_string();
        let whole = held.expires_at.since(held.set_at);
        let (waited, all) = (held.waited.as_micros() / 1_000, whole.as_micros() / 1_000);
        let words = text.get("pieces-held", &[("number", &number)]);
        let time =
            text.get("pieces-held-time", &[("waited", &waited.to_string()), ("whole", &all.to_string())]);
        let line = size + 8.0;
        let room = text_width(&words, size, Face::Sans).max(text_width(&time, size, Face::Sans)).max(120.0);
        let before = self.ring() * 2.0 + 8.0;
        let x = self.x(held.piece).min(self.canvas.width - self.margin - before - room);
        // The ring is next to the receiver's row, the words on its other side.
        let is_lower = self.row(false) == self.rows.1;
        let ring = if is_lower { self.rows.1 - 16.0 - line * 2.0 } else { self.rows.0 + self.height + 16.0 };
        let share = held.waited.as_micros() as f64 / whole.as_micros().max(1) as f64;
        let words_x = x + before;
        Element::group("held")
            .entry(held.entry)
            .selects(selection(held.entry), format!("{words} {time}"))
            .add(Element::rect(x, ring - 2.0, words_x + room - x, line * 2.0 + 6.0).class("paper"))
            .add(Element::circle(x + self.ring() + 2.0, ring + self.ring(), self.ring()).class("ring"))
            .add(Element::text(words_x, baseline(ring + self.ring(), size), size, words).class("strong halo"))
            .add(
                Element::text(words_x, baseline(ring + self.ring() + line, size), size, time)
                    .class("quiet halo"),
            )
            .add(
                Element::rect(words_x, ring + self.ring() + line * 1.6, room, 6.0)
                    .number("rx", 3.0)
                    .class("gauge"),
            )
            .add(
                Element::rect(words_x, ring + self.ring() + line * 1.6, room * share.clamp(0.0, 1.0), 6.0)
                    .number("rx", 3.0)
                    .class("elapsed"),
            )
    }

    /// The octets of headers and of data in proportion, segment by segment.
    fn cost(&self, cost: &HeaderCost) -> Vec<Element> {
        let small = self.canvas.small();
        let width = self.canvas.width - 2.0 * self.margin;
        let bar = if self.canvas.is_narrow() { 16.0 } else { 24.0 };
        let top = self.canvas.height - self.margin - bar;
        let all = (cost.headers() + cost.data()).max(1) as f64;
        let share = format!("{}.{} %", cost.per_mille() / 10, cost.per_mille() % 10);
        let words = self.canvas.text.get(
            "pieces-cost",
            &[("headers", &octets(cost.headers())), ("data", &octets(cost.data())), ("share", &share)],
        );
        let words = fitted(&words, self.canvas.type_size.min(small + 2.0), Face::Sans, width);
        let mut bars = Element::group("cost").entry(cost.entry);
        let mut x = self.margin;
        // Slivers too thin to see are drawn as one.
        let one_by_one = cost.segments.len() <= 24;
        let whole = [(cost.headers(), cost.data())];
        for (headers, data) in if one_by_one { cost.segments.as_slice() } else { &whole } {
            for (octets, class) in [(*headers, "headers"), (*data, self.colour())] {
                let share = width * octets as f64 / all;
                let hair = if class == "headers" || !one_by_one { 0.0 } else { 1.0 };
                bars = bars.add(Element::rect(x, top, (share - hair).max(0.5), bar).class(class));
                x += share;
            }
        }
        vec![Element::text(self.margin, top - 10.0, self.canvas.type_size.min(small + 2.0), words), bars]
    }
}

/// The width of the longest name of a row, whichever host sends, so that columns stay where they are.
fn names_width(table: &PieceTable, canvas: &Canvas) -> f64 {
    let nodes = [&table.nodes.0, &table.nodes.1].map(|node| node_name(canvas.text, &node.name));
    let said = nodes
        .iter()
        .flat_map(|node| ["pieces-sends", "pieces-has"].map(|key| canvas.text.get(key, &[("node", node)])));
    let longest = said.map(|said| text_width(&said, canvas.type_size, Face::Sans)).fold(0.0, f64::max);
    longest.max(text_width(&canvas.text.plain("pieces-legend"), canvas.small(), Face::Sans)).ceil()
}

/// Boxes have the words that a step speaks of, but on a phone little room.
fn size_of_labels(canvas: &Canvas) -> f64 {
    if canvas.is_narrow() { canvas.small() } else { canvas.type_size }
}

/// `1461–2920`: the numbers of a piece's first and last octet.
fn octets_of(piece: &Piece) -> String {
    format!("{}–{}", piece.first, piece.first + piece.len - 1)
}

fn with_class(mut element: Element, class: &str) -> Element {
    for (name, value) in &mut element.attributes {
        if *name == "class" {
            value.push(' ');
            value.push_str(class);
        }
    }
    element
}

/// The first piece with a column: by half rows, so that the one that is waited for has a column.
fn first_shown(table: &PieceTable, columns: usize) -> usize {
    let all = table.pieces.len();
    if all <= columns {
        return 0;
    }
    let waited_for =
        table.pieces.iter().position(|piece| piece.place != PiecePlace::Received).unwrap_or(all - 1);
    let half = (columns / 2).max(1);
    (waited_for / half * half).saturating_sub(half).min(all - columns)
}
