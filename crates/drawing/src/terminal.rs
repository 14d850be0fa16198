//! A terminal: what a program prints, line by line; a place is kept for a line that did not come.

use playground_playback::{LineKind, TerminalLine, TerminalView};
use playground_words::node_name;

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::selection;
use crate::text_width::{Face, fitted, text_width, wrapped};

const MARGIN: f64 = 16.0;
const PAD: f64 = 20.0;
/// The longest line that is not broken: the summary.
const COLUMNS: f64 = 64.0;
/// The lines of four echoes with their summary, for which the room is kept.
const LINES: f64 = 10.9;

/// The terminal at a moment.
pub fn draw(view: &TerminalView, canvas: &Canvas) -> Drawing {
    let host = node_name(canvas.text, &view.host);
    let label = canvas.text.get("terminal-label", &[("node", &host)]);
    let mut drawing = Drawing::new(canvas, label.clone());
    let width = (canvas.width - 2.0 * MARGIN).min(960.0);
    let left = (canvas.width - width) / 2.0;
    let room = width - 2.0 * PAD;
    // The whole summary has room: its longest line, and all lines.
    let tall = (canvas.height - canvas.small() * 2.4 - PAD - 16.0) / (LINES * 1.65 + 0.5);
    let size = (room / (COLUMNS * 0.605)).min(canvas.roomy().type_size + 4.0).min(tall);
    let size = size.max(Canvas::SMALLEST).floor();
    let line = (size * 1.65).round();
    let bar = (canvas.small() * 2.4).round();
    let rows = view.lines.iter().map(|line| broken(line, size, room).len()).sum::<usize>();
    let height = bar + (rows.max(1) as f64 + 1.9).max(LINES) * line + PAD;
    let top = ((canvas.height - height) * 0.4).max(8.0).round();

    let mut window = Element::group("tty")
        .add(Element::rect(left, top, width, height).number("rx", 12.0).class("screen"))
        .add(Element::line((left, top + bar), (left + width, top + bar)).class("rule"));
    for (place, class) in ["bad-dot", "proxy", "server"].into_iter().enumerate() {
        let x = left + PAD + place as f64 * 18.0;
        window = window.add(Element::circle(x, top + bar / 2.0, 5.0).class(class));
    }
    window = window.add(
        Element::text(left + width / 2.0, top + bar / 2.0 + canvas.small() * 0.35, canvas.small(), label)
            .class("quiet")
            .anchor("middle"),
    );
    let mut y = top + bar + PAD * 0.5 + line * 0.5 + size * 0.35;
    for printed in &view.lines {
        if printed.kind == LineKind::Summary && printed.text.starts_with("---") {
            y += (line * 0.4).round();
        }
        let mut group = Element::group("printed");
        if let Some(entry) = printed.entry {
            group = group.entry(entry).selects(selection(entry), printed.text.clone());
        }
        if printed.kind == LineKind::Missing {
            window = window.add(missing(group, printed, canvas, (left + PAD, y, size, line), room));
            y += line;
            continue;
        }
        for words in broken(printed, size, room) {
            group = group.add(Element::text(left + PAD, y, size, words).class(class(printed.kind)));
            y += line;
        }
        window = window.add(group);
    }
    if view.is_running {
        window =
            window.add(Element::rect(left + PAD, y - size * 0.85, size * 0.6, size * 1.1).class("caret"));
    } else {
        window = window.add(Element::text(left + PAD, y, size, "$").class("mono quiet"));
    }
    drawing.add(window);
    drawing.height = drawing.height.max(top + height + 8.0);
    drawing
}

const fn class(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Command | LineKind::Summary => "mono strong",
        LineKind::Output | LineKind::Missing => "mono",
        LineKind::Failure => "mono bad",
    }
}

/// A line as a narrow terminal breaks it.
fn broken(line: &TerminalLine, size: f64, room: f64) -> Vec<String> {
    wrapped(&line.text, size, Face::Mono, room, 3)
}

/// The place of a line that did not come.
fn missing(
    group: Element,
    printed: &TerminalLine,
    canvas: &Canvas,
    (x, y, size, line): (f64, f64, f64, f64),
    room: f64,
) -> Element {
    let small = (size - 3.0).max(Canvas::SMALLEST);
    let word = canvas.text.plain("terminal-missing");
    let number = text_width(&printed.text, size, Face::Mono);
    let word = fitted(&word, small, Face::Sans, room - number - 44.0);
    let width = number + text_width(&word, small, Face::Sans) + 44.0;
    let top = y - size * 0.35 - line / 2.0 + 2.0;
    group
        .add(Element::rect(x - 8.0, top, width, line - 4.0).number("rx", 6.0).class("place is-gap"))
        .add(Element::text(x, y, size, printed.text.clone()).class("mono bad"))
        .add(Element::text(x + number + 16.0, y, small, word).class("strong bad"))
}
