//! Each request as a row: what the client knows, what is on its way, what the server has done.

use playground_core::time::Duration;
use playground_playback::{
    Blocking, ClientSide, NodeLabel, RequestFlight, RequestRow, RequestTable, ServerSide,
};
use playground_words::node_name;
use playground_words::time_text::span;

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, role_class, selection, sentence};
use crate::text_width::{Face, fitted, text_width};

const MARGIN: f64 = 12.0;
const GAP: f64 = 8.0;
/// Padding of a card around its rows.
const PADDING: f64 = 12.0;
/// Rows with two lines of text, if there are no more than these.
const FEW: usize = 5;

/// The places of everything on a canvas.
struct Layout<'a> {
    canvas: &'a Canvas,
    table: &'a RequestTable,
    /// Left edge and width of the client's card, and of the server's.
    client: (f64, f64),
    server: (f64, f64),
    top: f64,
    row: f64,
    has_two_lines: bool,
}

/// The requests at a moment.
pub fn draw(table: Option<&RequestTable>, canvas: &Canvas) -> Drawing {
    let mut drawing = Drawing::new(canvas, canvas.text.plain("requests-label"));
    let Some(table) = table else {
        drawing.add(sentence(canvas, "requests-empty"));
        return drawing;
    };
    let layout = Layout::new(table, canvas);
    layout.connection(&mut drawing);
    layout.cards(&mut drawing);
    for (place, row) in table.rows.iter().enumerate() {
        layout.row(&mut drawing, place, row);
    }
    layout.reset(&mut drawing);
    if let Some(blocking) = &table.blocking {
        layout.blocking(&mut drawing, blocking);
    }
    drawing.height = drawing.height.max(layout.bottom() + layout.foot());
    drawing
}

impl<'a> Layout<'a> {
    fn new(table: &'a RequestTable, canvas: &'a Canvas) -> Self {
        let all = canvas.width - 2.0 * MARGIN;
        let shares = if canvas.is_narrow() { (0.36, 0.50) } else { (0.27, 0.36) };
        let (client, server) = ((all * shares.0).floor(), (all * shares.1).floor());
        let has_two_lines = table.rows.len() <= FEW;
        let size = canvas.type_size;
        let row = if has_two_lines { size + canvas.small() + 24.0 } else { size * 2.0 };
        let mut layout = Self {
            canvas,
            table,
            client: (MARGIN, client),
            server: (MARGIN + all - server, server),
            top: 0.0,
            row: row.round(),
            has_two_lines,
        };
        // In the middle of the canvas, with room for four rows from the beginning.
        let rows = table.rows.len().max(4) as f64;
        let room = canvas.height - 2.0 * MARGIN - layout.head() - layout.foot() - PADDING;
        layout.row = (room / rows - GAP).min(layout.row * 1.3).max(layout.row).floor();
        let height = layout.head() + rows * (layout.row + GAP) + PADDING + layout.foot();
        layout.top = ((canvas.height - height) / 8.0).floor().max(0.0) * 4.0 + MARGIN;
        layout
    }

    /// Height of a card's title.
    fn head(&self) -> f64 {
        self.canvas.type_size + 28.0
    }

    fn foot(&self) -> f64 {
        let lines = if self.canvas.is_narrow() { 2.0 } else { 1.0 };
        lines * (self.canvas.type_size + 6.0) + 16.0
    }

    fn y(&self, place: usize) -> f64 {
        self.top + self.head() + place as f64 * (self.row + GAP)
    }

    fn bottom(&self) -> f64 {
        self.y(self.table.rows.len().max(4)) - GAP + PADDING
    }

    /// The connection that all requests share, as wide as their rows.
    fn connection(&self, drawing: &mut Drawing) {
        let Some(first) = self.table.rows.first() else { return };
        if self.table.rows.iter().any(|row| row.connection != first.connection) {
            return;
        }
        let (from, to) = (self.client.0 + self.client.1, self.server.0);
        let (top, bottom) = (self.y(0) - 6.0, self.y(self.table.rows.len()) - GAP + 6.0);
        drawing.add(Element::rect(from, top, to - from, bottom - top).class("tube"));
        let small = self.canvas.small();
        let words = self.canvas.text.plain("requests-one-connection");
        if self.table.reset.is_none() && text_width(&words, small, Face::Sans) < to - from - 12.0 {
            let y = baseline(self.top + 14.0 + self.canvas.type_size / 2.0, small);
            drawing.add(Element::text((from + to) / 2.0, y, small, words).class("quiet").anchor("middle"));
        }
    }

    /// The two hosts.
    fn cards(&self, drawing: &mut Drawing) {
        for ((x, width), node) in [(self.client, &self.table.client), (self.server, &self.table.server)] {
            drawing.add(
                Element::rect(x, self.top, width, self.bottom() - self.top).number("rx", 12.0).class("card"),
            );
            self.title(drawing, (x, width), node);
        }
        if self.table.is_broken && !self.canvas.is_narrow() {
            let small = self.canvas.small();
            let right = self.server.0 + self.server.1 - PADDING;
            let words = self.canvas.text.plain("requests-cut");
            let y = baseline(self.top + 14.0 + self.canvas.type_size / 2.0, small);
            drawing.add(Element::text(right, y, small, words).class("quiet").anchor("end"));
        }
    }

    fn title(&self, drawing: &mut Drawing, (x, width): (f64, f64), node: &NodeLabel) {
        let size = self.canvas.type_size;
        let colour = role_class(node.kind);
        let y = self.top + 14.0 + size / 2.0;
        let name = node_name(self.canvas.text, &node.name);
        let room = width - 2.0 * PADDING - 22.0;
        drawing.add(Element::circle(x + PADDING + 7.0, y, 7.0).class(colour));
        drawing.add(
            Element::text(x + PADDING + 22.0, baseline(y, size), size, fitted(&name, size, Face::Sans, room))
                .class(format!("strong {colour}")),
        );
    }

    fn row(&self, drawing: &mut Drawing, place: usize, row: &RequestRow) {
        let y = self.y(place);
        let text = self.canvas.text;
        let (client, client_class) = match row.client {
            ClientSide::Waits => ("requests-waits", "slot"),
            ClientSide::Has => ("requests-has", "outline server"),
            ClientSide::Unknown => ("requests-unknown", "slot is-bad"),
        };
        let client = text.plain(client);
        let client = if row.sent > 1 && row.client == ClientSide::Waits {
            text.plain("requests-again")
        } else {
            client
        };
        let (server, server_class) = self.server_words(row.server);
        let line = y + self.row / 2.0;
        let (from, to) = (self.client.0 + self.client.1, self.server.0);
        let class = if row.client == ClientSide::Unknown { "place" } else { "rule" };
        drawing.add(Element::line((from, line), (to, line)).class(class));
        let named = |words: &str| format!("{}: {words}", row.label);
        let mut at_client =
            Element::group("request").entry(row.entry).selects(selection(row.entry), named(&client));
        at_client = at_client.add_all(self.box_of(self.client, y, client_class, (&row.label, &client)));
        drawing.add(at_client);
        let mut at_server =
            Element::group("request").entry(row.entry).selects(selection(row.entry), named(&server));
        at_server = at_server.add_all(self.box_of(self.server, y, server_class, (&row.label, &server)));
        if let ServerSide::Works { waited, whole } = row.server {
            at_server = at_server.add_all(self.progress(y, waited, whole));
        }
        drawing.add(at_server);
        drawing.elements.extend(row.flight.as_ref().map(|flight| self.flight(flight, line)));
    }

    /// A request's box in a card: its name, and its state below or behind it.
    fn box_of(
        &self,
        (x, width): (f64, f64),
        y: f64,
        class: &str,
        (label, state): (&str, &str),
    ) -> Vec<Element> {
        let (size, small) = (self.canvas.type_size, self.canvas.small());
        let (left, room) = (x + PADDING, width - 2.0 * PADDING);
        let inside = if self.canvas.is_narrow() { 6.0 } else { 12.0 };
        let ink = if class.contains("is-bad") { "bad" } else { "ink" };
        let mut drawn = vec![Element::rect(left, y, room, self.row).number("rx", 8.0).class(class)];
        let label = fitted(label, size, Face::Mono, room - 2.0 * inside);
        let end = left + inside + text_width(&label, size, Face::Mono) + 12.0;
        let (state_x, label_y, state_y) = if self.has_two_lines {
            // The middle of the two lines is a little above that of the box: work is shown at its lower edge.
            let first = y + (self.row - size - small) / 2.0 - 4.0;
            (left + inside, first + size * 0.8, first + size + 4.0 + small * 0.8)
        } else {
            let line = y + self.row / 2.0;
            (end, baseline(line, size), baseline(line, small))
        };
        let state = fitted(state, small, Face::Sans, left + room - inside / 2.0 - state_x);
        drawn.push(Element::text(left + inside, label_y, size, label).class("mono strong"));
        drawn.push(Element::text(state_x, state_y, small, state).class(ink));
        drawn
    }

    fn server_words(&self, side: ServerSide) -> (String, &'static str) {
        let text = self.canvas.text;
        match side {
            ServerSide::Coming => (text.plain("requests-coming"), "place"),
            ServerSide::Queued => (text.plain("requests-queued"), "slot"),
            ServerSide::Works { waited, whole } => {
                let waited = Duration::from_millis(waited.as_micros() / 1_000);
                let words = text.get("requests-works", &[("waited", &span(waited)), ("whole", &span(whole))]);
                (words, "slot is-lit")
            }
            ServerSide::Answered => (text.plain("requests-answered"), "outline server"),
            ServerSide::Done => (text.plain("requests-done"), "slot is-lit"),
            ServerSide::NeverBegun => (text.plain("requests-never"), "slot"),
        }
    }

    /// How much of the work is done: along the lower edge of the server's box.
    fn progress(&self, y: f64, waited: Duration, whole: Duration) -> Vec<Element> {
        let (left, room) = (self.server.0 + PADDING + 8.0, self.server.1 - 2.0 * PADDING - 16.0);
        let share = waited.as_micros() as f64 / whole.as_micros().max(1) as f64;
        let top = y + self.row - 7.0;
        vec![
            Element::rect(left, top, room, 4.0).number("rx", 2.0).class("gauge"),
            Element::rect(left, top, room * share.clamp(0.0, 1.0), 4.0).number("rx", 2.0).class("proxy"),
        ]
    }

    /// A request or an answer between the cards.
    fn flight(&self, flight: &RequestFlight, line: f64) -> Element {
        let size = if self.canvas.is_narrow() { self.canvas.small() } else { self.canvas.type_size };
        let (from, to) = (self.client.0 + self.client.1 + 2.0, self.server.0 - 2.0);
        let word = if self.canvas.is_narrow() { "" } else { &*flight.label };
        let width = if word.is_empty() { 20.0 } else { text_width(word, size, Face::Mono) + 16.0 };
        let width = width.min(to - from);
        let progress = if flight.is_answer { 1.0 - flight.progress } else { flight.progress };
        let (x, height) = (from + (to - from - width) * progress, size * 1.8);
        let node = if flight.is_answer { &self.table.server } else { &self.table.client };
        let word = fitted(word, size, Face::Mono, width - 8.0);
        let group =
            Element::group("flight").entry(flight.entry).selects(selection(flight.entry), &*flight.label);
        let shape = Element::rect(x, line - height / 2.0, width, height)
            .number("rx", 6.0)
            .class(role_class(node.kind));
        let group = group.add(shape);
        if word.is_empty() {
            return group;
        }
        group.add(
            Element::text(x + width / 2.0, baseline(line, size), size, word)
                .class("mono on-role")
                .anchor("middle"),
        )
    }

    /// A RST: a wall that passes over all rows.
    fn reset(&self, drawing: &mut Drawing) {
        let Some((entry, progress)) = self.table.reset else { return };
        let size = self.canvas.type_size;
        let (from, to) = (self.server.0 - 6.0, self.client.0 + self.client.1 + 6.0);
        let x = from + (to - from) * progress;
        let words = self.canvas.text.plain("requests-reset");
        let half = text_width(&words, size, Face::Mono) / 2.0;
        let middle = x.clamp(to + half, from - half);
        drawing.add(
            Element::group("reset")
                .entry(entry)
                .selects(selection(entry), words.clone())
                .add(Element::line((x, self.y(0) - 4.0), (x, self.bottom())).class("cross"))
                .add(
                    Element::text(middle, self.top + 14.0 + size * 0.8, size, words)
                        .class("mono strong bad")
                        .anchor("middle"),
                ),
        );
    }

    fn blocking(&self, drawing: &mut Drawing, blocking: &Blocking) {
        let size = self.canvas.type_size;
        let arguments = [
            ("count", blocking.count.to_string()),
            // With few digits: a request may have been read some microseconds after the one before it.
            ("time", span(Duration::from_millis((blocking.waited.as_micros() + 5_000) / 10_000 * 10))),
            ("label", blocking.label.clone()),
        ];
        let arguments: Vec<(&str, &str)> =
            arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let words = self.canvas.text.get("requests-blocking", &arguments);
        let room = self.canvas.width - 2.0 * MARGIN;
        let lines = crate::text_width::wrapped(&words, size, Face::Sans, room, 2);
        for (place, line) in lines.into_iter().enumerate() {
            let y = self.bottom() + 12.0 + size + place as f64 * (size + 6.0);
            drawing.add(Element::text(MARGIN, y, size, line).class("strong bad").entry(blocking.entry));
        }
    }
}
