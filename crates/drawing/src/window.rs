//! Round trips as rows of squares, one for each segment, and the congestion window at their right.

use playground_playback::{WindowFate, WindowRound, WindowSegment, WindowSeries, WindowTable};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, role_class, selection, sentence};
use crate::text_width::{Face, fitted, text_width};

const MARGIN: f64 = 16.0;
/// Squares of a line for which there is room from the beginning.
const LEAST_LINE: usize = 8;
/// The least side of a square with its gap: a longer round trip takes several lines.
const LEAST_PITCH: f64 = 9.5;

/// The side of a segment that has not left, with its gap.
const UNSENT: f64 = 20.0;

/// The places of everything on a canvas.
struct Layout<'a> {
    canvas: &'a Canvas,
    colour: &'static str,
    /// Left edge and width of the squares.
    squares: (f64, f64),
    /// Squares in a line, and the side of each with its gap.
    line: usize,
    pitch: f64,
    /// The least height of a round trip.
    row: f64,
}

/// The round trips at a moment.
pub fn draw(table: Option<&WindowTable>, canvas: &Canvas) -> Drawing {
    let canvas = &canvas.roomy();
    let mut drawing = Drawing::new(canvas, canvas.text.plain("window-label"));
    let Some(table) = table else {
        drawing.add(sentence(canvas, "window-empty"));
        return drawing;
    };
    let layout = Layout::new(table, canvas);
    let mut y = MARGIN;
    for series in &table.series {
        y = layout.title(&mut drawing, series, y);
        for (number, round) in series.rounds.iter().enumerate() {
            drawing.elements.extend(layout.round(number, round, y));
            y += layout.height(round);
        }
        y += 16.0;
    }
    y = layout.unsent(&mut drawing, table.unsent as usize, y);
    let bottom = layout.legend(&mut drawing, table, y);
    drawing.height = drawing.height.max(bottom + MARGIN);
    drawing
}

impl<'a> Layout<'a> {
    fn new(table: &WindowTable, canvas: &'a Canvas) -> Self {
        let size = canvas.type_size;
        let label = text_width(&round_name(canvas, 10), size, Face::Sans) + 16.0;
        let cwnd = text_width(&cwnd_name(canvas, 990), size, Face::Mono) + 16.0;
        let left = MARGIN + label;
        let width = canvas.width - left - cwnd - MARGIN;
        let rounds = || table.series.iter().flat_map(|series| &series.rounds);
        let longest = rounds().map(|round| round.segments.len()).max().unwrap_or(1);
        // In steps, so that the squares seldom change their size while rows grow.
        let step = (longest.next_power_of_two() / 4).max(1);
        let line = longest.next_multiple_of(step).max(LEAST_LINE).min((width / LEAST_PITCH) as usize).max(1);
        let count = rounds().count();
        let unsent = if table.unsent > 0 { 2.0 * UNSENT + size + 20.0 } else { 0.0 };
        let titles = table.series.len() as f64 * (size + 32.0) + unsent;
        let row = (canvas.height - titles - canvas.small() - 2.0 * MARGIN) / count.max(5) as f64;
        let row = row.clamp(size + 6.0, 96.0).floor();
        let pitch = (width / line as f64).min(row).floor().max(4.0);
        Self { canvas, colour: role_class(table.sender.kind), squares: (left, width), line, pitch, row }
    }

    fn height(&self, round: &WindowRound) -> f64 {
        let lines = round.segments.len().div_ceil(self.line).max(1);
        self.row.max(lines as f64 * self.pitch + 4.0)
    }

    /// The message, whether its connection was used before, and what else limits it. Returns where the rows begin.
    fn title(&self, drawing: &mut Drawing, series: &WindowSeries, top: f64) -> f64 {
        let size = self.canvas.type_size;
        let mut y = top + size;
        let right = self.canvas.width - MARGIN;
        let key = if series.is_first { "window-new" } else { "window-used" };
        let label = fitted(&series.label, size, Face::Mono, self.canvas.width * 0.4);
        let after = MARGIN + text_width(&label, size, Face::Mono) + 12.0;
        let words = fitted(&self.canvas.text.plain(key), size, Face::Sans, right - after);
        let end = after + text_width(&words, size, Face::Sans);
        drawing.add(Element::text(MARGIN, y, size, label).class("mono strong"));
        drawing.add(Element::text(after, y, size, words).class("quiet"));
        if let Some(tenths) = series.peer_window_tenths {
            let words = self.canvas.text.get("window-peer", &[("count", &in_segments(tenths))]);
            if end + 16.0 + text_width(&words, size, Face::Sans) > right {
                y += size + 6.0;
            }
            drawing.add(Element::text(right, y, size, words).class("quiet").anchor("end"));
        }
        y + 16.0
    }

    fn round(&self, number: usize, round: &WindowRound, top: f64) -> Vec<Element> {
        let size = self.canvas.type_size;
        let middle = top + self.row / 2.0;
        let name = round_name(self.canvas, number + 1);
        let mut drawn = vec![Element::text(MARGIN, baseline(middle, size), size, name).class("quiet")];
        let lines = round.segments.len().div_ceil(self.line).max(1) as f64;
        let first = if lines > 1.0 { top + 2.0 } else { middle - self.pitch / 2.0 };
        for (place, segment) in round.segments.iter().enumerate() {
            let x = self.squares.0 + (place % self.line) as f64 * self.pitch;
            let y = first + (place / self.line) as f64 * self.pitch;
            drawn.push(self.square(*segment, (number + 1, place + 1), (x, y)));
        }
        let cwnd = cwnd_name(self.canvas, round.cwnd_tenths);
        let right = self.squares.0 + self.line as f64 * self.pitch + 16.0;
        drawn.push(Element::text(right, baseline(middle, size), size, cwnd).class("mono"));
        drawn
    }

    fn square(&self, segment: WindowSegment, (round, number): (usize, usize), (x, y): (f64, f64)) -> Element {
        let name = self
            .canvas
            .text
            .get("window-segment", &[("number", &number.to_string()), ("round", &round.to_string())]);
        Element::group("segment")
            .entry(segment.entry)
            .selects(selection(segment.entry), name)
            .add_all(self.shape(segment.fate, segment.again, (x, y)))
    }

    fn shape(&self, fate: WindowFate, again: bool, (x, y): (f64, f64)) -> Vec<Element> {
        let gap = if self.pitch > 14.0 { 4.0 } else { 1.0 };
        let side = self.pitch - gap;
        let radius = (side / 5.0).min(4.0);
        // An outline is drawn inside the square.
        let inset =
            |by: f64| Element::rect(x + by, y + by, side - 2.0 * by, side - 2.0 * by).number("rx", radius);
        let mut shapes = vec![match fate {
            WindowFate::Acknowledged => inset(0.0).class(self.colour),
            WindowFate::OnItsWay => inset(1.0).class(format!("outline {}", self.colour)),
            WindowFate::Lost => inset(1.0).class("slot is-bad"),
        }];
        if fate == WindowFate::Lost {
            let (near, far) = (side * 0.3, side * 0.7);
            let cross = format!(
                "M{:.1} {:.1} L{:.1} {:.1} M{:.1} {:.1} L{:.1} {:.1}",
                x + near,
                y + near,
                x + far,
                y + far,
                x + far,
                y + near,
                x + near,
                y + far
            );
            shapes.push(Element::path(cross).class("cross"));
        } else if again {
            shapes
                .push(Element::circle(x + side / 2.0, y + side / 2.0, (side / 5.0).max(1.5)).class("again"));
        }
        shapes
    }

    /// The segments that have not left, small and pale, at the foot of the picture. Returns where they end.
    fn unsent(&self, drawing: &mut Drawing, count: usize, top: f64) -> f64 {
        if count == 0 {
            return top;
        }
        let (size, left) = (self.canvas.small(), self.squares.0);
        let words = self.canvas.text.get("window-unsent", &[("count", &count.to_string())]);
        let room = self.canvas.width - MARGIN - left;
        let line = ((room / UNSENT) as usize).max(1);
        let height = size + 8.0 + count.div_ceil(line) as f64 * UNSENT + 12.0;
        let top = top.max(self.canvas.height - MARGIN - size - height);
        drawing.add(Element::text(left, baseline(top + size / 2.0, size), size, words).class("quiet"));
        let top = top + size + 8.0;
        drawing.add(Element::group("unsent").with("opacity", "0.3").add_all((0..count).map(|place| {
            let (x, y) = ((place % line) as f64 * UNSENT, (place / line) as f64 * UNSENT);
            let side = UNSENT - 4.0;
            Element::rect(left + x, top + y, side, side).number("rx", 3.0).class(self.colour)
        })));
        top + height - size - 8.0
    }

    /// What solid, outlined and crossed squares are. Returns its bottom.
    fn legend(&self, drawing: &mut Drawing, table: &WindowTable, mut y: f64) -> f64 {
        let small = self.canvas.small();
        let rounds = table.series.iter().flat_map(|series| &series.rounds);
        let segments: Vec<&WindowSegment> = rounds.flat_map(|round| &round.segments).collect();
        let entries = [
            ("window-acknowledged", WindowFate::Acknowledged, false, true),
            ("window-on-its-way", WindowFate::OnItsWay, false, true),
            ("window-lost", WindowFate::Lost, false, segments.iter().any(|is| is.fate == WindowFate::Lost)),
            ("window-again", WindowFate::Acknowledged, true, segments.iter().any(|is| is.again)),
        ];
        let mut x = MARGIN;
        let layout = Self { pitch: 16.0, squares: self.squares, ..*self };
        for (key, fate, again, _) in entries.into_iter().filter(|(.., is_there)| *is_there) {
            let words = self.canvas.text.plain(key);
            let width = 20.0 + text_width(&words, small, Face::Sans);
            if x + width > self.canvas.width - MARGIN {
                (x, y) = (MARGIN, y + small + 8.0);
            }
            let middle = y + small * 0.5;
            drawing.elements.extend(layout.shape(fate, again, (x, middle - 6.0)));
            drawing.add(Element::text(x + 20.0, baseline(middle, small), small, words).class("quiet"));
            x += width + 20.0;
        }
        y + small
    }
}

fn round_name(canvas: &Canvas, number: usize) -> String {
    canvas.text.get("window-round", &[("number", &number.to_string())])
}

/// `cwnd 4`, `cwnd 5.5`.
fn cwnd_name(canvas: &Canvas, tenths: u32) -> String {
    canvas.text.get("window-cwnd", &[("count", &in_segments(tenths))])
}

/// Tenths as a number; large ones without a fraction.
fn in_segments(tenths: u32) -> String {
    match (tenths / 10, tenths % 10) {
        (whole @ 10.., _) | (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest}"),
    }
}
