//! Each stream as three rooms: what is on its way, the receive buffer, and the application. Every message is a tile
//! that moves from room to room; what is thrown away cracks and fades where it was.

use playground_core::time::Duration;
use playground_playback::{
    BodyCount, BufferLane, BufferTable, BufferTile, Cursor, LaneKind, Promise, Side, TilePlace,
};
use playground_words::{node_name, octets};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, crack, role_class, selection, sentence};
use crate::text_width::{Face, fitted, text_width};

const MARGIN: f64 = 12.0;
const GAP: f64 = 8.0;
/// Height of the bar of a body.
const BAR: f64 = 16.0;
/// Between two rooms: room for the arrow.
const WAY: f64 = 28.0;
/// The shares of the rooms: application, receive buffer, way.
const SHARES: [f64; 3] = [0.37, 0.37, 0.26];
/// Time in which thrown-away tiles fade.
const FADE: Duration = Duration::from_millis(50);

/// The three rooms of a stream.
#[derive(Clone, Copy, PartialEq)]
enum Room {
    Application,
    Receive,
    Coming,
}

/// A lane's place on a canvas.
struct Layout<'a> {
    canvas: &'a Canvas,
    lane: &'a BufferLane,
    now: Cursor,
    top: f64,
    /// Whether it is the only stream.
    is_alone: bool,
    /// Size of type of the tiles, width and height of one, and rows of a room.
    size: f64,
    tile: (f64, f64),
    rows: usize,
}

/// The streams at a moment.
pub fn draw(table: &BufferTable, now: Cursor, canvas: &Canvas) -> Drawing {
    let mut drawing = Drawing::new(canvas, canvas.text.plain("buffers-label"));
    if table.lanes.is_empty() {
        drawing.add(sentence(canvas, "buffers-empty"));
        return drawing;
    }
    let lanes = table.lanes.len() as f64;
    let each = (canvas.height - MARGIN) / lanes;
    let mut top = MARGIN;
    let layouts: Vec<Layout<'_>> = table
        .lanes
        .iter()
        .map(|lane| {
            let layout = Layout::new(canvas, lane, now, top, (each, lanes));
            top = layout.bottom() + MARGIN;
            layout
        })
        .collect();
    drawing.height = drawing.height.max(top);
    // In the middle of the canvas, on the grid of 4.
    let down = if canvas.is_narrow() { 0.0 } else { ((drawing.height - top) / 8.0).floor() * 4.0 };
    for layout in layouts {
        Layout { top: layout.top + down, ..layout }.draw(&mut drawing);
    }
    drawing
}

impl<'a> Layout<'a> {
    fn new(
        canvas: &'a Canvas,
        lane: &'a BufferLane,
        now: Cursor,
        top: f64,
        (room, lanes): (f64, f64),
    ) -> Self {
        // A stream that has all the room has larger tiles: 20 px on the page and in a slide, if the height allows.
        let is_large = lanes < 2.0 && !canvas.is_narrow();
        let widest =
            lane.tiles.iter().map(|tile| text_width(&words(tile), 1.0, Face::Mono)).fold(0.0, f64::max);
        let large = 20.0_f64.max(canvas.type_size);
        let (tile, rows, is_alone) = ((0.0, 0.0), 1, lanes < 2.0);
        let mut layout = Self { canvas, lane, now, top, is_alone, size: large, tile, rows };
        let widest_tile = layout.room(Room::Coming).1 - 2.0 * GAP;
        if !is_large || widest * large + 12.0 > widest_tile {
            layout.size = canvas.type_size;
        }
        let height = layout.size * if is_large && canvas.height > 500.0 { 2.4 } else { 2.1 };
        let width = (widest * layout.size + 12.0).max(64.0).ceil();
        layout.tile = (width.min(widest_tile), height.round());
        let needed = |which: Room| layout.tiles(which).count().div_ceil(layout.columns(which)).max(1);
        let rows = if canvas.is_narrow() {
            1
        } else {
            // As many as all tiles need in the smallest room, so that no room grows while tiles move.
            let all = lane.tiles.len().div_ceil(layout.columns(Room::Coming));
            let most = (room - layout.head() - layout.foot() - 3.0 * GAP) / (layout.tile.1 + GAP);
            all.max(2).max(needed(Room::Receive)).min((most as usize).max(1))
        };
        layout.rows = rows;
        layout
    }

    /// Height above and below the rooms.
    fn head(&self) -> f64 {
        self.canvas.small() + 10.0
    }

    fn foot(&self) -> f64 {
        // Room for a body's bar before its length is known, so that nothing moves when it is.
        let bar =
            if self.lane.kind == LaneKind::Responses && self.lane.written <= 3 { BAR + GAP } else { 0.0 };
        // On a phone what is lost takes a line of its own.
        let lost = if self.canvas.is_narrow() { self.canvas.type_size + GAP } else { 0.0 };
        self.canvas.type_size * 2.0 + 12.0 + bar + lost
    }

    /// The body that is counted: the only one, or the last where all before it are read.
    fn body(&self) -> Option<BodyCount> {
        let lane = self.lane;
        lane.body.filter(|_| lane.written == 1 || lane.read + 1 == lane.written)
    }

    /// The length of that body where it is announced.
    fn length(&self) -> Option<(BodyCount, u64)> {
        let body = self.body()?;
        match body.promise {
            Promise::Length(length) if length > 0 => Some((body, length)),
            _ => None,
        }
    }

    fn tiles(&self, which: Room) -> impl Iterator<Item = &'a BufferTile> + use<'a> {
        self.lane.tiles.iter().filter(move |tile| room_of(tile.place) == which)
    }

    /// The rooms in the order of the way. On a phone several streams show only those with something in them.
    fn rooms(&self) -> Vec<Room> {
        let all = [Room::Coming, Room::Receive, Room::Application];
        let is_shown =
            |which: &Room| self.is_alone || !self.canvas.is_narrow() || self.tiles(*which).next().is_some();
        all.into_iter().filter(is_shown).collect()
    }

    /// Left edge and width of a room: the receiver is on its side of the stage.
    fn room(&self, which: Room) -> (f64, f64) {
        let all = self.canvas.width - 2.0 * MARGIN;
        if self.canvas.is_narrow() {
            return (MARGIN, all);
        }
        let inner = all - 2.0 * WAY;
        let [application, receive, coming] = SHARES.map(|share| inner * share);
        let (x, width) = match which {
            Room::Application => (0.0, application),
            Room::Receive => (application + WAY, receive),
            Room::Coming => (application + receive + 2.0 * WAY, coming),
        };
        // The acceptor's octets go to the left, the opener's to the right.
        let x = if self.lane.side == Side::Acceptor { x } else { all - x - width };
        (MARGIN + x, width)
    }

    fn columns(&self, which: Room) -> usize {
        let (_, width) = self.room(which);
        (((width - GAP) / (self.tile.0 + GAP)) as usize).max(1)
    }

    /// Rows of a room: on a phone as many as it needs, since rooms stand under each other.
    fn rows_of(&self, which: Room) -> usize {
        if self.canvas.is_narrow() {
            self.tiles(which).count().div_ceil(self.columns(which)).max(1)
        } else {
            self.rows
        }
    }

    /// Top edge and height of a room.
    fn span(&self, which: Room) -> (f64, f64) {
        let height = |which: Room| self.rows_of(which) as f64 * (self.tile.1 + GAP) + GAP;
        let mut top = self.top + self.head();
        if self.canvas.is_narrow() {
            for before in self.rooms() {
                if before == which {
                    break;
                }
                top += height(before) + self.head() + 4.0;
            }
        }
        (top, height(which))
    }

    /// The bottom of the last room.
    fn floor(&self) -> f64 {
        let (top, height) = self.span(self.rooms().last().copied().unwrap_or(Room::Application));
        top + height
    }

    fn bottom(&self) -> f64 {
        self.floor() + self.foot()
    }

    fn colour(&self) -> &'static str {
        role_class(self.lane.sender.kind)
    }

    fn draw(&self, drawing: &mut Drawing) {
        for which in self.rooms() {
            self.title(drawing, which);
            let ((x, width), (top, height)) = (self.room(which), self.span(which));
            drawing.add(Element::rect(x, top, width, height).number("rx", 12.0).class("card"));
            self.fill(drawing, which);
        }
        if !self.canvas.is_narrow() {
            self.arrows(drawing);
        }
        self.count(drawing);
    }

    fn title(&self, drawing: &mut Drawing, which: Room) {
        let small = self.canvas.small();
        let ((x, width), (top, _)) = (self.room(which), self.span(which));
        let (key, node) = match which {
            Room::Application => ("buffers-application", &self.lane.receiver),
            Room::Receive => ("buffers-receive", &self.lane.receiver),
            Room::Coming => ("buffers-coming", &self.lane.sender),
        };
        let name = node_name(self.canvas.text, &node.name);
        let said = fitted(&self.canvas.text.get(key, &[("node", &name)]), small, Face::Sans, width - 8.0);
        let class = format!("strong {}", role_class(node.kind));
        drawing.add(Element::text(x + 4.0, top - 8.0, small, said).class(class));
    }

    /// The tiles of a room; the last slot counts those without one.
    fn fill(&self, drawing: &mut Drawing, which: Room) {
        let (columns, rows) = (self.columns(which), self.rows_of(which));
        let tiles: Vec<&BufferTile> = self.tiles(which).collect();
        let slots = columns * rows;
        let shown = if tiles.len() > slots { slots - 1 } else { tiles.len() };
        let ((left, _), (top, _)) = (self.room(which), self.span(which));
        let at = |place: usize| {
            let x = left + GAP + (place % columns) as f64 * (self.tile.0 + GAP);
            (x, top + GAP + (place / columns) as f64 * (self.tile.1 + GAP))
        };
        for (place, tile) in tiles[..shown].iter().enumerate() {
            drawing.add(self.tile(tile, at(place)));
        }
        if shown < tiles.len() {
            let (x, y) = at(shown);
            let more = self.canvas.text.get("buffers-more", &[("count", &(tiles.len() - shown).to_string())]);
            let small = self.canvas.small();
            let y = baseline(y + self.tile.1 / 2.0, small);
            drawing.add(
                Element::text(x + 4.0, y, small, fitted(&more, small, Face::Sans, self.tile.0))
                    .class("quiet"),
            );
        }
    }

    fn tile(&self, tile: &BufferTile, (x, y): (f64, f64)) -> Element {
        let ((width, height), size) = (self.tile, self.size);
        let colour = self.colour();
        let (class, ink) = match tile.place {
            TilePlace::OnItsWay | TilePlace::Unread => (colour.to_owned(), "on-role"),
            TilePlace::Read => (format!("outline {colour}"), colour),
            TilePlace::Discarded | TilePlace::NeverArrived => ("slot is-bad".to_owned(), "bad"),
        };
        let label = fitted(&words(tile), size, Face::Mono, width - 8.0);
        let place = match tile.place {
            TilePlace::OnItsWay => "buffers-place-coming",
            TilePlace::Unread => "buffers-place-unread",
            TilePlace::Read => "buffers-place-read",
            TilePlace::Discarded => "buffers-place-discarded",
            TilePlace::NeverArrived => "buffers-place-never",
        };
        let place = self.canvas.text.plain(place);
        let name = [("label", &*tile.label), ("octets", &octets(tile.octets)), ("place", &place)];
        let group = Element::group("bytes")
            .entry(tile.entry)
            .selects(selection(tile.entry), self.canvas.text.get("buffers-tile", &name));
        let shape = Element::rect(x, y, width, height).number("rx", 6.0).class(class);
        let text = Element::text(x + width / 2.0, baseline(y + height / 2.0, size), size, label)
            .class(format!("mono {ink}"))
            .anchor("middle");
        if matches!(tile.place, TilePlace::Discarded | TilePlace::NeverArrived) {
            // The shape fades to a ghost; its words stay readable.
            let gone = tile.discarded_at.map_or(1.0, |at| {
                (self.now.at.since(at).as_micros() as f64 / FADE.as_micros() as f64).min(1.0)
            });
            let ghost = Element::group("ghost")
                .with("opacity", format!("{:.2}", 1.0 - 0.5 * gone))
                .add(shape)
                .add(crack(x, y, width, height));
            return group.add(ghost).add(text);
        }
        group.add(shape).add(text)
    }

    /// The way from room to room.
    fn arrows(&self, drawing: &mut Drawing) {
        let (top, height) = self.span(Room::Receive);
        let y = top + height / 2.0;
        for (from, to) in [(Room::Coming, Room::Receive), (Room::Receive, Room::Application)] {
            let ((from_x, from_width), (to_x, to_width)) = (self.room(from), self.room(to));
            let leftward = to_x < from_x;
            let (start, end) = if leftward {
                (from_x - 6.0, to_x + to_width + 6.0)
            } else {
                (from_x + from_width + 6.0, to_x - 6.0)
            };
            let back = if leftward { 6.0 } else { -6.0 };
            let d = format!(
                "M{start:.1} {y:.1} L{end:.1} {y:.1} M{:.1} {:.1} L{end:.1} {y:.1} L{:.1} {:.1}",
                end + back,
                y - 6.0,
                end + back,
                y + 6.0
            );
            drawing.add(Element::path(d).class("flow"));
        }
    }

    /// The body as a bar as long as announced, the part that has been read filled.
    fn bar(&self, drawing: &mut Drawing, y: f64) {
        let Some((body, length)) = self.length() else { return };
        let all = self.canvas.width - 2.0 * MARGIN;
        let filled = all * body.read as f64 / length as f64;
        let class = if body.cut_off.is_some() { "place is-gap" } else { "place" };
        let end = MARGIN + filled + if filled > 0.0 { 3.0 } else { 0.0 };
        if filled < all {
            let rest = MARGIN + all - end;
            drawing.add(Element::rect(end, y, rest, BAR).number("rx", 4.0).class(class));
        }
        drawing.add(Element::rect(MARGIN, y, filled, BAR).number("rx", 4.0).class(self.colour()));
    }

    /// How much has been read, of how much, and what is lost.
    fn count(&self, drawing: &mut Drawing) {
        let text = self.canvas.text;
        let (size, big) = (self.canvas.type_size, self.canvas.type_size * 1.5);
        let y = baseline(self.floor() + self.canvas.type_size + 6.0, big);
        let lost = |place: TilePlace| {
            self.lane.tiles.iter().filter(|tile| tile.place == place).map(|tile| tile.octets).sum::<u64>()
        };
        let (number, words, bad) = match self.body() {
            Some(body) => counted(self.canvas, body),
            None => {
                let number = format!("{} / {}", self.lane.read, self.lane.written);
                let key = match self.lane.kind {
                    LaneKind::Requests => "buffers-read-requests",
                    LaneKind::Responses => "buffers-read-answers",
                    LaneKind::Other => "buffers-read-other",
                };
                (number, text.plain(key), None)
            }
        };
        let bad = bad.or_else(|| {
            let (discarded, never) = (lost(TilePlace::Discarded), lost(TilePlace::NeverArrived));
            let (count, key) =
                if discarded > 0 { (discarded, "buffers-lost") } else { (never, "buffers-never") };
            (count > 0).then(|| text.get(key, &[("octets", &octets(count))]))
        });
        let (x, right) = (MARGIN + 4.0, self.canvas.width - MARGIN);
        let after = x + text_width(&number, big, Face::Sans) + 12.0;
        let words = fitted(&words, size, Face::Sans, right - after);
        let end = after + text_width(&words, size, Face::Sans) + 24.0;
        drawing.add(Element::text(x, y, big, number).class("strong"));
        drawing.add(Element::text(after, y, size, words).class("quiet"));
        let bar = y + big * 0.3 + GAP + if self.canvas.is_narrow() { size + GAP } else { 0.0 };
        self.bar(drawing, bar);
        if let Some(bad) = bad {
            let fits = end + text_width(&bad, size, Face::Sans) <= right;
            let place = if fits { (end, y) } else { (x, y + size + 8.0) };
            let bad = fitted(&bad, size, Face::Sans, right - place.0);
            drawing.add(Element::text(place.0, place.1, size, bad).class("strong bad"));
            drawing.height = drawing.height.max(place.1 + MARGIN);
        }
    }
}

/// A body's count, how its end is announced, and what is missing.
fn counted(canvas: &Canvas, body: BodyCount) -> (String, String, Option<String>) {
    let text = canvas.text;
    let (number, key) = match body.promise {
        Promise::Length(length) => (format!("{} / {length}", body.read), "buffers-length"),
        Promise::Chunked => (body.read.to_string(), "buffers-chunked"),
        Promise::UntilClose => (body.read.to_string(), "buffers-until-close"),
    };
    let missing = body.cut_off.map(|missing| match missing {
        Some(missing) => text.get("buffers-missing", &[("octets", &octets(missing))]),
        None => text.plain("buffers-cut-off"),
    });
    (number, text.plain(key), missing)
}

fn room_of(place: TilePlace) -> Room {
    match place {
        TilePlace::Read => Room::Application,
        TilePlace::Unread | TilePlace::Discarded => Room::Receive,
        TilePlace::OnItsWay | TilePlace::NeverArrived => Room::Coming,
    }
}

/// A tile's words: the message, and how much of it where it is divided.
fn words(tile: &BufferTile) -> String {
    match (tile.is_whole, tile.label.is_empty()) {
        (true, false) => tile.label.to_string(),
        (_, true) => octets(tile.octets),
        (false, false) => format!("{} · {}", tile.label, octets(tile.octets)),
    }
}
