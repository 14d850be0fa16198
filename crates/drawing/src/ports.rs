//! Ports as tiles that fill, tick down and empty, with the number of free ones below; a connect() that finds none
//! bounces off.

use playground_playback::{PortTile, PortUse, PortsView, Refusal, Selection};
use playground_words::{node_name, time_text};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::px;
use crate::parts::{baseline, selection};
use crate::text_width::{Face, fitted, text_width, wrapped};

/// Between the picture and its border, and between tiles.
const MARGIN: f64 = 16.0;
const GAP: f64 = 12.0;

/// The ports at a moment.
pub fn draw(view: &PortsView, canvas: &Canvas) -> Drawing {
    let canvas = &canvas.roomy();
    let text = canvas.text;
    let said = text.get("ports-label", &[("free", &view.free.to_string()), ("all", &view.all.to_string())]);
    let mut drawing = Drawing::new(canvas, said);
    let grid = Grid::new(view, canvas);
    let mut y = grid.top;
    for group in &view.groups {
        if view.groups.len() > 1 {
            let heading = text.get("ports-towards", &[("server", &node_name(text, &group.server))]);
            drawing.add(
                Element::text(
                    grid.left,
                    baseline(y + grid.heading / 2.0, canvas.small()),
                    canvas.small(),
                    heading,
                )
                .class("quiet"),
            );
            y += grid.heading;
        }
        for (place, tile) in group.tiles.iter().enumerate() {
            let (row, column) = (place / grid.columns, place % grid.columns);
            let x = grid.left + column as f64 * (grid.tile.0 + GAP);
            drawing.add(grid.tile(tile, canvas, (x, y + row as f64 * (grid.tile.1 + GAP))));
        }
        y += group.tiles.len().div_ceil(grid.columns) as f64 * (grid.tile.1 + GAP);
    }
    let bottom = below(view, canvas, &mut drawing, (grid.left, y + 4.0, grid.width));
    drawing.height = drawing.height.max(bottom);
    drawing
}

/// Where the tiles stand.
struct Grid {
    left: f64,
    top: f64,
    width: f64,
    columns: usize,
    tile: (f64, f64),
    heading: f64,
}

impl Grid {
    fn new(view: &PortsView, canvas: &Canvas) -> Self {
        let most = view.groups.iter().map(|group| group.tiles.len()).max().unwrap_or(1).max(1);
        let several = view.groups.len() > 1;
        let columns = match (canvas.is_narrow(), several) {
            (true, _) => 4,
            (false, true) => 12,
            (false, false) => 6,
        }
        .min(most);
        let room = canvas.width - 2.0 * MARGIN;
        let width = ((room + GAP) / columns as f64 - GAP).min(176.0);
        let whole = columns as f64 * (width + GAP) - GAP;
        let rows: usize = view.groups.iter().map(|group| group.tiles.len().div_ceil(columns)).sum();
        let heading = if several { canvas.small() * 1.8 } else { 0.0 };
        let others = heading * view.groups.len() as f64 + canvas.type_size * 9.0;
        let share = (canvas.height - others - 48.0) / rows.max(1) as f64 - GAP;
        let least = if canvas.is_narrow() { 4.2 } else { 4.8 };
        let high = share.clamp(canvas.type_size * least, canvas.type_size * 8.5).round();
        let used = rows as f64 * (high + GAP) + others;
        let top = ((canvas.height - used) * 0.45).max(12.0).round();
        Self { left: (canvas.width - whole) / 2.0, top, width: whole, columns, tile: (width, high), heading }
    }

    fn tile(&self, tile: &PortTile, canvas: &Canvas, (x, y): (f64, f64)) -> Element {
        let (width, height) = self.tile;
        let (class, entry, key) = match tile.usage {
            PortUse::Free => ("port is-free", None, None),
            PortUse::Open { key, entry, .. } => ("port is-open", Some(entry), Some(key)),
            PortUse::TimeWait { key, entry, .. } => ("port is-waiting", Some(entry), Some(key)),
        };
        let class = if tile.is_newest { format!("{class} is-newest") } else { class.to_owned() };
        let words = self.words(tile, canvas);
        let mut group = Element::group(&class);
        if let (Some(entry), Some(key)) = (entry, key) {
            group = group.entry(entry).selects(
                Selection { entry: Some(entry), ..Selection::of_socket(key) },
                format!("{}: {words}", tile.port),
            );
        }
        let middle = x + width / 2.0;
        let size = if text_width("00000", canvas.type_size + 2.0, Face::Mono) > width - 8.0 {
            canvas.small()
        } else {
            canvas.type_size + 2.0
        };
        let words = fitted(&words, canvas.small(), Face::Sans, width - 8.0);
        group = group
            .add(Element::rect(x, y, width, height).number("rx", 10.0))
            .add(
                Element::text(middle, baseline(y + height * 0.28, size), size, tile.port.to_string())
                    .class(if tile.usage == PortUse::Free { "mono quiet" } else { "mono strong" })
                    .anchor("middle"),
            )
            .add(
                Element::text(middle, baseline(y + height * 0.76, canvas.small()), canvas.small(), words)
                    .class("state")
                    .anchor("middle"),
            );
        if let PortUse::TimeWait { share, .. } = tile.usage {
            let room = width - 24.0;
            let bar =
                |width: f64| Element::rect(x + 12.0, y + height * 0.5 - 3.0, width, 6.0).number("rx", 3.0);
            group = group
                .add(bar(room).class("bar-room"))
                .add(bar(room * f64::from(share) / 1_000.0).class("bar-left"));
        }
        group
    }

    /// The use of a port in a word or two.
    fn words(&self, tile: &PortTile, canvas: &Canvas) -> String {
        match tile.usage {
            PortUse::Free => canvas.text.plain("ports-free"),
            PortUse::Open { state, .. } => {
                let state = state.to_string();
                // Beside each other there is no room for ESTABLISHED.
                let fits = text_width(&state, canvas.small(), Face::Sans) <= self.tile.0 - 8.0;
                if fits { state } else { canvas.text.plain("ports-open") }
            }
            PortUse::TimeWait { left, .. } => {
                let seconds = left.as_micros().div_ceil(1_000_000).to_string();
                let long = canvas.text.get("ports-left", &[("seconds", &seconds)]);
                let fits = text_width(&long, canvas.small(), Face::Sans) <= self.tile.0 - 8.0;
                if fits { long } else { format!("{seconds} s") }
            }
        }
    }
}

/// The number of free ports, what the others do, and a connect() that bounces off. Returns the lower end.
fn below(view: &PortsView, canvas: &Canvas, drawing: &mut Drawing, (x, y, width): (f64, f64, f64)) -> f64 {
    let text = canvas.text;
    let (size, small) = (canvas.type_size, canvas.small());
    let figure = (size * 2.4).round();
    let free = view.free.to_string();
    let line = y + figure * 0.9;
    let class = if view.free == 0 { "strong bad" } else { "strong" };
    drawing.add(Element::text(x, line, figure, free.clone()).class(class));
    let beside = x + text_width(&free, figure, Face::Sans) + 14.0;
    let number = |count: u32| count.to_string();
    let of = text.get("ports-of", &[("all", &number(view.all))]);
    drawing.add(Element::text(beside, line, size + 2.0, of.clone()).class("strong"));
    let mut facts = Vec::new();
    if view.waiting > 0 {
        facts.push(text.get("ports-waiting", &[("count", &number(view.waiting))]));
    }
    if view.waiting_at_servers > 0 {
        facts.push(text.get("ports-waiting-at-server", &[("count", &number(view.waiting_at_servers))]));
    }
    if view.refusals > 0 {
        facts.push(text.get("ports-refusals", &[("count", &number(view.refusals))]));
    }
    let bounce_width = size * 17.0;
    let under = canvas.is_narrow();
    let room = if view.refused.is_some() && !under { width - bounce_width - GAP } else { width };
    let mut at = line + size * 1.7;
    for words in wrapped(&facts.join(" · "), small, Face::Sans, room, 3) {
        if !words.is_empty() {
            drawing.add(Element::text(x, at, small, words).class("quiet"));
            at += small * 1.6;
        }
    }
    if let Some(rate) = rate(view, canvas) {
        for words in wrapped(&rate, size, Face::Sans, room, 2) {
            drawing.add(Element::text(x, at + 2.0, size, words).class("strong"));
            at += size * 1.5;
        }
    }
    if let Some(refusal) = &view.refused {
        let place = if under { (x, at + 8.0) } else { (x + width - bounce_width, y) };
        let room = if under { width } else { bounce_width };
        drawing.add(bounce(refusal, canvas, place, room));
        at = if under { at + 8.0 + size * 6.6 } else { at.max(y + size * 6.0) };
    }
    at
}

/// The division that limits the rate, once it does: 4-tuples / 2MSL.
fn rate(view: &PortsView, canvas: &Canvas) -> Option<String> {
    let two_msl = view.two_msl.filter(|_| view.refusals > 0)?;
    let every = two_msl.as_micros() / u64::from(view.all.max(1));
    let arguments = [
        ("all", view.all.to_string()),
        ("span", time_text::span(two_msl)),
        ("every", time_text::span(playground_core::time::Duration::from_micros(every))),
    ];
    let arguments: Vec<(&str, &str)> =
        arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(canvas.text.get("ports-rate", &arguments))
}

/// connect() bounces off the row of taken ports.
fn bounce(refusal: &Refusal, canvas: &Canvas, (x, y): (f64, f64), width: f64) -> Element {
    let (size, small) = (canvas.type_size, canvas.small());
    let call = "connect()";
    let chip = text_width(call, size, Face::Mono) + 24.0;
    let (top, low) = (y + 2.0, y + size * 2.6);
    let wall = x + width - chip - 8.0;
    let error = refusal.error.name();
    let (start, end) = (wall + chip / 2.0, x + text_width(error, size, Face::Mono) / 2.0);
    let middle = (start + end) / 2.0;
    let path = format!(
        "M{} {} Q{} {} {} {} Q{} {} {} {}",
        px(start),
        px(low - 6.0),
        px(start - 4.0),
        px(top + 10.0),
        px(middle),
        px(top + 4.0),
        px(end + 4.0),
        px(top + 10.0),
        px(end),
        px(low - 12.0)
    );
    let head = format!("M{} {} l-7 -13 h14 z", px(end), px(low - 2.0));
    let why = fitted(&canvas.text.plain("ports-refused"), small, Face::Sans, width);
    Element::group("bounce")
        .entry(refusal.entry)
        .selects(selection(refusal.entry), format!("connect() {error}"))
        .add(Element::line((middle - 40.0, top), (middle + 40.0, top)).class("wall"))
        .add(Element::path(path).class("bounce-line"))
        .add(Element::path(head).class("bounce-head"))
        .add(Element::rect(wall, low, chip, size * 1.8).number("rx", 8.0).class("slot"))
        .add(
            Element::text(wall + chip / 2.0, baseline(low + size * 0.9, size), size, call)
                .class("mono")
                .anchor("middle"),
        )
        .add(Element::text(x, baseline(low + size * 0.9, size), size, error).class("mono strong bad"))
        .add(Element::text(x, low + size * 1.8 + small * 1.3, small, why).class("quiet"))
}
