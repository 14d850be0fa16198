//! Four slots for each connection; the values by which it differs from the first are lit.

use playground_core::tcp::State;
use playground_playback::{Selection, TupleRow, TupleTable};
use playground_words::circled;

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::text_width::{Face, fitted};

/// The share of the room that each slot has: an address is longer than a port.
const SHARES: [f64; 4] = [0.31, 0.19, 0.31, 0.19];
/// The headings, in the order of the slots.
const HEADINGS: [&str; 4] =
    ["tuples-client-address", "tuples-client-port", "tuples-server-address", "tuples-server-port"];
const GAP: f64 = 10.0;
const NUMBER: f64 = 40.0;

/// The table at a moment.
pub fn draw(table: &TupleTable, canvas: &Canvas) -> Drawing {
    let mut drawing = Drawing::new(canvas, canvas.text.plain("tuples-label"));
    let width = (canvas.width - 2.0 * GAP).min(900.0);
    let left = (canvas.width - width) / 2.0;
    let row_height = (canvas.type_size * 2.6).round();
    let top = GAP + canvas.small() + 8.0;
    for (place, key) in HEADINGS.into_iter().enumerate() {
        let (x, room) = slot(left, width, place);
        let heading = fitted(&canvas.text.plain(key), canvas.small(), Face::Sans, room);
        drawing.add(
            Element::text(x + room / 2.0, GAP + canvas.small(), canvas.small(), heading)
                .class("quiet")
                .anchor("middle"),
        );
    }
    for (place, row) in table.rows.iter().enumerate() {
        let y = top + place as f64 * (row_height + GAP);
        drawing.add(connection(row, (left, width, y, row_height), canvas));
        drawing.height = drawing.height.max(y + row_height + GAP);
    }
    drawing
}

/// Left edge and width of a slot.
fn slot(left: f64, width: f64, place: usize) -> (f64, f64) {
    let room = width - NUMBER;
    let before: f64 = SHARES[..place].iter().sum();
    (left + NUMBER + room * before, room * SHARES[place] - GAP)
}

fn connection(row: &TupleRow, (left, width, y, height): (f64, f64, f64, f64), canvas: &Canvas) -> Element {
    let baseline = y + height / 2.0 + canvas.type_size * 0.35;
    let gone = matches!(row.state, State::Closed | State::TimeWait);
    let number = circled(row.connection.number());
    let selection = Selection { entry: Some(row.entry), ..Selection::default() };
    let name = format!("{number} {}:{} → {}:{}", row.values[0], row.values[1], row.values[2], row.values[3]);
    let slots = row.values.iter().enumerate().flat_map(|(place, value)| {
        let (x, room) = slot(left, width, place);
        let class = if row.differs[place] { "slot is-lit" } else { "slot" };
        let value = fitted(value, canvas.type_size, Face::Mono, room - GAP);
        [
            Element::rect(x, y, room, height).number("rx", 8.0).class(class),
            Element::text(x + room / 2.0, baseline, canvas.type_size, value).class("mono").anchor("middle"),
        ]
    });
    Element::group(if gone { "row is-gone" } else { "row" })
        .entry(row.entry)
        .selects(selection, name)
        .add(Element::text(left, baseline, canvas.type_size + 3.0, number).class("quiet"))
        .add_all(slots)
}
