//! The programs of socket calls: their lines, the one that waits, the one that has just returned.

use playground_core::event::NodeId;
use playground_core::trace::Trace;
use playground_playback::{Cursor, LineState, Program, ProgramLine, RoleKind};
use playground_words::node_name;

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, role_class, selection};
use crate::text_width::{Face, text_width, wrapped};

const MARGIN: f64 = 16.0;
/// Between two programs.
const GAP: f64 = 24.0;
/// Between two lines.
const APART: f64 = 5.0;
const PADDING: f64 = 12.0;
/// The widest that a program becomes.
const WIDEST: f64 = 640.0;

/// The program of each host that has one, side by side; on a phone below each other.
pub fn draw(trace: &Trace, now: Cursor, canvas: &Canvas) -> Drawing {
    let canvas = &canvas.roomy();
    let lines = |node: NodeId| Some((node, Program::lines(trace, now.index, now.at, node)?));
    let programs: Vec<(NodeId, Vec<ProgramLine>)> =
        Program::nodes(&trace.scenario).into_iter().filter_map(lines).collect();
    let returned = |line: &ProgramLine| line.entry.filter(|_| line.state == LineState::Returned);
    let newest = programs.iter().flat_map(|(_, lines)| lines).filter_map(returned).max();
    let columns = if canvas.is_narrow() { 1 } else { programs.len().max(1) };
    let between = GAP * (columns as f64 - 1.0);
    let width = ((canvas.width - 2.0 * MARGIN - between) / columns as f64).min(WIDEST);
    let left = (canvas.width - width * columns as f64 - between) / 2.0;
    let mut blocks: Vec<Block> = programs
        .iter()
        .map(|(node, lines)| {
            let (name, kind) = trace.scenario.nodes.get(node.index()).map_or_else(
                || (String::new(), RoleKind::Network),
                |spec| (node_name(canvas.text, &spec.name), RoleKind::of(spec)),
            );
            let rows = lines.iter().map(|line| Row::new(line, returned(line) == newest, width, canvas));
            Block { name, role: role_class(kind), rows: rows.collect() }
        })
        .collect();
    let names: Vec<&str> = blocks.iter().map(|block| block.name.as_str()).collect();
    let label = canvas.text.get("program-of", &[("node", &names.join(", "))]);
    let mut drawing = Drawing::new(canvas, label);
    // Lines are as high as the canvas has room for, the same in all programs.
    let room = canvas.height - 2.0 * MARGIN;
    let (high, count) = if columns == 1 {
        let all = blocks.iter().map(|block| block.height(canvas) + GAP).sum::<f64>();
        (all - GAP, blocks.iter().map(|block| block.rows.len()).sum::<usize>())
    } else {
        let highest = blocks.iter().map(|block| block.height(canvas)).fold(0.0, f64::max);
        (highest, blocks.iter().map(|block| block.rows.len()).max().unwrap_or(0))
    };
    let more = ((room - high) / count.max(1) as f64).clamp(-canvas.type_size * 0.4, canvas.type_size * 1.2);
    for row in blocks.iter_mut().flat_map(|block| &mut block.rows) {
        row.height += more;
    }
    let used = high + more * count as f64;
    let top = MARGIN + ((room - used) * 0.4).max(0.0);
    let (mut x, mut y, mut bottom) = (left, top, top);
    for block in &blocks {
        bottom = block.draw(&mut drawing, (x, y, width), canvas).max(bottom);
        if columns == 1 {
            y = bottom + GAP;
        } else {
            x += width + GAP;
        }
    }
    drawing.height = drawing.height.max(bottom + APART);
    drawing
}

/// A program under the name of its host.
struct Block {
    name: String,
    role: &'static str,
    rows: Vec<Row>,
}

/// A line of a program.
struct Row {
    /// Its code, wrapped.
    code: Vec<String>,
    /// What has become of it, and its class.
    state: Option<(String, &'static str)>,
    /// Whether that stands below the code.
    is_below: bool,
    /// Whether the program waits in it.
    is_blocked: bool,
    /// Whether nothing has returned after it.
    is_newest: bool,
    entry: Option<u32>,
    said: String,
    height: f64,
}

impl Row {
    fn new(line: &ProgramLine, is_newest: bool, width: f64, canvas: &Canvas) -> Self {
        let (size, small, text) = (canvas.type_size, canvas.small(), canvas.text);
        let result = line.result.as_deref().unwrap_or_default();
        let state = match line.state {
            LineState::Blocked => Some((text.plain("program-waits"), "strong")),
            LineState::Returned => {
                let class = match (line.failed, is_newest) {
                    (true, _) => "bad strong",
                    (false, true) => "strong",
                    (false, false) => "quiet",
                };
                Some((text.get("program-result", &[("result", result)]), class))
            }
            LineState::ToCome => None,
        };
        let room = width - 2.0 * PADDING;
        let code = wrapped(&line.text, size, Face::Mono, room, 4);
        let last = code.last().map_or(0.0, |line| text_width(line, size, Face::Mono));
        let beside = state.as_ref().map_or(0.0, |(words, _)| text_width(words, small, Face::Sans) * 1.08);
        let is_below = state.is_some() && last + beside + PADDING > room;
        let lines = code.len() as f64 * size * 1.4 + if is_below { small * 1.4 } else { 0.0 };
        let said = match &state {
            Some((words, _)) => format!("{}, {words}", line.text),
            None => format!("{}, {}", line.text, text.plain("program-to-come")),
        };
        Self {
            code,
            state,
            is_below,
            is_blocked: line.state == LineState::Blocked,
            is_newest: is_newest && line.state == LineState::Returned,
            entry: line.entry,
            said,
            height: lines + size * 0.8,
        }
    }

    fn draw(&self, role: &str, (x, y, width): (f64, f64, f64), canvas: &Canvas) -> Element {
        let (size, small) = (canvas.type_size, canvas.small());
        let class = match (self.is_blocked, self.is_newest, &self.state) {
            (true, ..) => format!("outline {role}"),
            (_, true, _) => format!("card is-role {role}"),
            (_, _, Some(_)) => "card".to_owned(),
            (_, _, None) => "slot".to_owned(),
        };
        let mut group = Element::group("program-line");
        group = match self.entry {
            Some(entry) => group.entry(entry).selects(selection(entry), self.said.clone()),
            None => group.with("role", "img").with("aria-label", self.said.clone()),
        };
        group = group.add(Element::rect(x, y, width, self.height).number("rx", 8.0).class(class));
        if self.is_blocked {
            group = group.add(Element::rect(x, y, 5.0, self.height).number("rx", 2.5).class(role));
        }
        let below = if self.is_below { small * 1.4 } else { 0.0 };
        let first = y + (self.height - self.code.len() as f64 * size * 1.4 - below) / 2.0;
        let quiet = if self.state.is_none() { "mono quiet" } else { "mono" };
        let middle = |place: usize| first + (place as f64 + 0.5) * size * 1.4;
        for (place, line) in self.code.iter().enumerate() {
            let text = Element::text(x + PADDING, baseline(middle(place), size), size, line.clone());
            group = group.add(text.class(quiet));
        }
        let Some((words, class)) = &self.state else { return group };
        let at = if self.is_below {
            first + self.code.len() as f64 * size * 1.4 + small * 0.7
        } else {
            middle(self.code.len().saturating_sub(1))
        };
        let text = Element::text(x + width - PADDING, baseline(at, small), small, words.clone());
        group.add(text.class(*class).anchor("end"))
    }
}

impl Block {
    /// The height of the name.
    fn head(canvas: &Canvas) -> f64 {
        canvas.type_size * 1.8
    }

    fn height(&self, canvas: &Canvas) -> f64 {
        Self::head(canvas) + self.rows.iter().map(|row| row.height + APART).sum::<f64>()
    }

    /// Draws it; returns its lower end.
    fn draw(&self, drawing: &mut Drawing, (x, y, width): (f64, f64, f64), canvas: &Canvas) -> f64 {
        let size = canvas.type_size;
        let middle = y + size * 0.7;
        drawing.add(Element::circle(x + size * 0.35, middle, size * 0.35).class(self.role));
        let name = Element::text(x + size * 1.1, baseline(middle, size), size, self.name.clone());
        drawing.add(name.class(format!("strong {}", self.role)));
        let mut y = y + Self::head(canvas);
        for row in &self.rows {
            drawing.add(row.draw(self.role, (x, y, width), canvas));
            y += row.height + APART;
        }
        y
    }
}
