//! Four slots for each connection; the values by which it differs from the first are lit, a refused one is red, and a
//! segment points at the row that has its four values.

use playground_core::tcp::State;
use playground_playback::{Selection, TupleRow, TupleSegment, TupleTable};
use playground_words::{circled, node_name};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::px;
use crate::parts::baseline;
use crate::text_width::{Face, fitted, text_width};

/// The share of the room that each slot has: an address with its host's name is longer than a port.
const SHARES: [f64; 4] = [0.36, 0.14, 0.36, 0.14];
/// The headings, in the order of the slots.
const HEADINGS: [&str; 4] =
    ["tuples-client-address", "tuples-client-port", "tuples-server-address", "tuples-server-port"];
const MARGIN: f64 = 16.0;
const GAP: f64 = 8.0;
/// The column of the number.
const NUMBER: f64 = 40.0;

/// The table at a moment.
pub fn draw(table: &TupleTable, canvas: &Canvas) -> Drawing {
    let canvas = &canvas.roomy();
    let mut drawing = Drawing::new(canvas, canvas.text.plain("tuples-label"));
    let grid = Grid::new(table, canvas);
    for (place, key) in HEADINGS.into_iter().enumerate().filter(|_| !grid.folded) {
        let (x, room, _) = grid.slot(place);
        let heading = fitted(&canvas.text.plain(key), canvas.small(), Face::Sans, room);
        drawing.add(
            Element::text(x + room / 2.0, grid.top - GAP, canvas.small(), heading)
                .class("quiet")
                .anchor("middle"),
        );
    }
    let found = table.segment.as_ref().map(|segment| segment.row);
    let refused = table.rows.iter().find(|row| row.refused.is_some());
    for (place, row) in table.rows.iter().enumerate() {
        let is_taken = refused.is_some_and(|refused| refused.values == row.values);
        drawing.add(grid.row(row, canvas, grid.y(place), found.map(|found| found == place), is_taken));
    }
    let mut bottom =
        grid.y(table.rows.len()) + if grid.folded && refused.is_some() { canvas.small() * 1.4 } else { 0.0 };
    if let Some(segment) = &table.segment {
        let y = bottom + grid.apart;
        drawing.add(grid.segment(segment, &table.rows[segment.row], canvas, y));
        bottom = y + grid.height + GAP;
    }
    drawing.height = drawing.height.max(bottom + GAP);
    drawing
}

/// Where the rows and slots stand.
struct Grid {
    left: f64,
    top: f64,
    /// The room of the four slots.
    slots: f64,
    /// The height of a row.
    height: f64,
    /// The height of a slot.
    slot: f64,
    /// Whether the server's values stand below the client's.
    folded: bool,
    /// The room between the rows and a segment.
    apart: f64,
    state: f64,
}

impl Grid {
    fn new(table: &TupleTable, canvas: &Canvas) -> Self {
        let folded = canvas.is_narrow();
        let state = if folded { 0.0 } else { text_width("ESTABLISHED", canvas.small(), Face::Mono) + 12.0 };
        let width = (canvas.width - 2.0 * MARGIN).min(1040.0);
        let rows = table.rows.len().max(5) as f64 + 1.5;
        let heading = if folded { 0.0 } else { canvas.small() + GAP };
        let share = (canvas.height - heading - 40.0) / rows - GAP;
        let (least, most) = (canvas.type_size * 2.0, canvas.type_size * 4.0);
        let slot = if folded { (canvas.type_size * 1.9).round() } else { share.clamp(least, most).round() };
        let height = if folded { slot * 2.0 + 4.0 } else { slot };
        let used = heading + rows * (height + GAP);
        let top = ((canvas.height - used) * 0.4).max(10.0).round() + heading;
        Self {
            left: (canvas.width - width) / 2.0,
            top,
            slots: width - NUMBER - state,
            height,
            slot,
            folded,
            apart: (height * 0.5).round(),
            state,
        }
    }

    /// The upper edge of a row.
    fn y(&self, place: usize) -> f64 {
        self.top + place as f64 * (self.height + GAP)
    }

    /// Left edge, width, and distance from the row's upper edge of a slot.
    fn slot(&self, place: usize) -> (f64, f64, f64) {
        let left = self.left + NUMBER;
        if self.folded {
            let (address, port) = (self.slots * 0.72, self.slots * 0.28);
            let down = if place < 2 { 0.0 } else { self.slot + 4.0 };
            return match place % 2 {
                0 => (left, address - 4.0, down),
                _ => (left + address, port, down),
            };
        }
        let before: f64 = SHARES[..place].iter().sum();
        (left + self.slots * before, self.slots * SHARES[place] - GAP, 0.0)
    }

    /// A slot with a value, and before an address the name of its host where there is room.
    fn value(
        &self,
        (value, name): (&str, Option<String>),
        place: usize,
        class: &str,
        y: f64,
        canvas: &Canvas,
    ) -> Vec<Element> {
        let (x, room, down) = self.slot(place);
        let (size, small) = (canvas.type_size, canvas.small());
        let y = y + down;
        let line = baseline(y + self.slot / 2.0, size);
        let middle = x + room / 2.0;
        let mut elements = vec![Element::rect(x, y, room, self.slot).number("rx", 8.0).class(class)];
        let wide = text_width(value, size, Face::Mono);
        let named = name.filter(|name| wide + text_width(name, small, Face::Sans) + 24.0 <= room);
        match named {
            Some(name) => {
                elements.push(Element::text(x + 10.0, line, small, name).class("quiet"));
                elements.push(Element::text(x + room - 10.0, line, size, value).class("mono").anchor("end"));
            }
            None => {
                let value = fitted(value, size, Face::Mono, room - 4.0);
                elements.push(Element::text(middle, line, size, value).class("mono").anchor("middle"));
            }
        }
        elements
    }

    /// A connection. `found` says whether a segment has found this row, where there is one; `is_taken` that one was
    /// refused because of these values.
    fn row(&self, row: &TupleRow, canvas: &Canvas, y: f64, found: Option<bool>, is_taken: bool) -> Element {
        let size = canvas.type_size;
        let line = baseline(y + self.height / 2.0, size);
        // A segment that looks for its row passes a refused one by.
        let gone = match row.refused {
            Some(_) => found.is_some(),
            None => matches!(row.state, State::Closed | State::TimeWait),
        };
        let number = row.connection.map_or("✕".to_owned(), |connection| circled(connection.number()));
        let selection = Selection { entry: Some(row.entry), socket: row.key, ..Selection::default() };
        let spoken =
            format!("{number} {}:{} → {}:{}", row.values[0], row.values[1], row.values[2], row.values[3]);
        let class = |place: usize| match (row.refused.is_some(), row.differs[place], found) {
            (true, ..) => "slot is-bad",
            (.., None) if is_taken => "slot is-bad",
            (_, _, Some(true)) => "slot is-found",
            (_, true, None) => "slot is-lit",
            _ => "slot",
        };
        let mut group = Element::group(if gone { "row is-gone" } else { "row" })
            .entry(row.entry)
            .selects(selection, spoken);
        let number_class = if row.refused.is_some() { "bad strong" } else { "quiet" };
        group = group.add(Element::text(self.left + 8.0, line, size + 3.0, number).class(number_class));
        for (place, value) in row.values.iter().enumerate() {
            let name = host(row, place, canvas);
            group = group.add_all(self.value((value, name), place, class(place), y, canvas));
        }
        let (state, class) = match row.refused {
            Some(error) => (error.name().to_owned(), "mono strong bad"),
            None => (row.state.to_string(), "mono quiet"),
        };
        let small = canvas.small();
        if self.folded {
            return match row.refused {
                Some(_) => {
                    let below = y + self.height + small * 1.3;
                    group.add(Element::text(self.left + NUMBER + 4.0, below, small, state).class(class))
                }
                None => group,
            };
        }
        let right = self.left + NUMBER + self.slots;
        let state = fitted(&state, small, Face::Mono, self.state);
        group.add(
            Element::text(right + 4.0, baseline(y + self.height / 2.0, small), small, state).class(class),
        )
    }

    /// A segment with its four values, and an arrow to the row that has the same.
    fn segment(&self, segment: &TupleSegment, row: &TupleRow, canvas: &Canvas, y: f64) -> Element {
        let (size, small) = (canvas.type_size, canvas.small());
        let to = self.y(segment.row) + self.height / 2.0;
        let from = y + self.height / 2.0;
        // In the gutter before the numbers.
        let x = self.left - 6.0;
        let line = format!(
            "M{} {} H{} V{} H{}",
            px(self.left + NUMBER - 6.0),
            px(from),
            px(x),
            px(to),
            px(self.left - 6.0)
        );
        let head = format!("M{} {} l-8 -6 v12 z", px(self.left + 2.0), px(to));
        let selection =
            Selection { segment: Some(segment.id), entry: Some(segment.entry), ..Selection::default() };
        let mut group = Element::group("segment")
            .entry(segment.entry)
            .selects(selection, segment.label.to_string())
            .add(Element::path(line).class("arc client"))
            .add(Element::path(head).class("client"));
        for (place, value) in segment.values.iter().enumerate() {
            let name = host(row, place, canvas);
            group = group.add_all(self.value((value, name), place, "slot is-segment", y, canvas));
        }
        if self.folded {
            return group;
        }
        let right = self.left + NUMBER + self.slots;
        let word = fitted(&canvas.text.plain("tuples-segment"), small, Face::Sans, self.state);
        group.add(
            Element::text(right + 4.0, baseline(y + self.height / 2.0, size), small, word)
                .class("strong client"),
        )
    }
}

/// The name of the host that an address belongs to.
fn host(row: &TupleRow, place: usize, canvas: &Canvas) -> Option<String> {
    let name = row.hosts[place / 2].as_ref().filter(|_| place.is_multiple_of(2))?;
    Some(node_name(canvas.text, name))
}
