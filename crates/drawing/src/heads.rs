//! Message heads side by side: at each hop what its sender removed, kept, added, changed or passed on unread; or an
//! answer beside its request.

use playground_playback::{Announced, Head, HeaderLine, HeadsView, LineMark, NodeLabel, RoleKind, Selection};
use playground_words::{circled, node_name};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, role_class, selection, sentence};
use crate::text_width::{Face, fitted, text_width};

const MARGIN: f64 = 16.0;
const GAP: f64 = 16.0;
const PAD: f64 = 12.0;
/// The column of the sign before a line.
const SIGN: f64 = 20.0;

/// The heads at a moment.
pub fn draw(view: &HeadsView, canvas: &Canvas) -> Drawing {
    let canvas = &canvas.roomy();
    let mut drawing = Drawing::new(canvas, canvas.text.plain("headers-title"));
    if view.heads.is_empty() {
        drawing.add(sentence(canvas, "headers-empty"));
        return drawing;
    }
    let small = canvas.small();
    let larger = |scale: f64| (canvas.type_size * scale).round();
    let sizes = [
        (larger(1.35), true),
        (larger(1.15), true),
        (canvas.type_size, true),
        (small, true),
        (Canvas::SMALLEST, true),
        (Canvas::SMALLEST, false),
    ];
    let layouts: Vec<Layout> =
        sizes.into_iter().map(|(size, sources)| Layout::new(view, canvas, size, sources)).collect();
    // The largest type that has room and breaks the fewest lines, else the smallest.
    let fits = |layout: &&Layout| layout.height + 16.0 <= canvas.height;
    let best = layouts.iter().filter(fits).min_by_key(|layout| layout.broken);
    if let Some(layout) = best.or(layouts.last()) {
        layout.draw(view, canvas, &mut drawing);
    }
    drawing
}

/// The sizes of all cards.
struct Layout {
    size: f64,
    /// Whether the source of a rule is named.
    sources: bool,
    /// The width of a card.
    width: f64,
    left: f64,
    /// The height of each card.
    cards: Vec<f64>,
    head: f64,
    height: f64,
    stacked: bool,
    foot: f64,
    /// Lines that are longer than the room.
    broken: usize,
}

impl Layout {
    fn new(view: &HeadsView, canvas: &Canvas, size: f64, sources: bool) -> Self {
        let stacked = canvas.is_narrow();
        // A message that goes on to another hop finds the room for it.
        let columns = if stacked { 1 } else { view.places };
        let room = (canvas.width - 2.0 * MARGIN).min(620.0 * columns as f64);
        let width = (room + GAP) / columns as f64 - GAP;
        let head = (canvas.type_size * 2.6).round();
        let foot = if view.announced.is_empty() { 0.0 } else { (canvas.type_size * 3.2).round() };
        let mut layout = Self {
            size,
            sources,
            width,
            left: (canvas.width - room) / 2.0,
            cards: Vec::new(),
            head,
            height: 0.0,
            stacked,
            foot,
            broken: 0,
        };
        layout.cards = view
            .heads
            .iter()
            .map(|one| {
                let lines: f64 = one.lines.iter().map(|line| layout.line_height(line, canvas)).sum();
                head + lines + PAD
            })
            .collect();
        let lines = view.heads.iter().flat_map(|head| &head.lines);
        let written = lines.flat_map(|line| line.before.iter().chain([&line.text]));
        layout.broken = written.filter(|text| layout.wrapped(text).len() > 1).count();
        let sum: f64 = layout.cards.iter().map(|card| card + GAP).sum();
        layout.height = foot + if stacked { sum } else { layout.cards.iter().copied().fold(0.0, f64::max) };
        layout
    }

    fn row(&self) -> f64 {
        (self.size * 1.5).round()
    }

    fn reason_row(&self) -> f64 {
        (Canvas::SMALLEST * 1.35).round()
    }

    /// The room of a line's text.
    fn room(&self) -> f64 {
        self.width - 2.0 * PAD - SIGN
    }

    fn wrapped(&self, text: &str) -> Vec<String> {
        broken(text, self.size, self.room())
    }

    /// The reason of a line, and whether it stands beside the text.
    fn reason(&self, line: &HeaderLine, canvas: &Canvas) -> Option<(String, bool)> {
        let key = look(line.mark)?.2;
        let mark = canvas.text.plain(key);
        let words = match line.rule.filter(|_| self.sources) {
            Some(rule) => format!("{mark} · {}", source(rule.source(), canvas)),
            None => mark,
        };
        let lines = self.wrapped(&line.text);
        let last = lines.last().map_or(0.0, |last| text_width(last, self.size, Face::Mono));
        let beside = last + 16.0 + text_width(&words, Canvas::SMALLEST, Face::Sans) <= self.room();
        Some((words, beside))
    }

    fn line_height(&self, line: &HeaderLine, canvas: &Canvas) -> f64 {
        let before = line.before.as_ref().map_or(0, |before| self.wrapped(before).len());
        let lines = self.wrapped(&line.text).len() + before;
        let below = self.reason(line, canvas).is_some_and(|(_, beside)| !beside);
        let air = if look(line.mark).is_some() { 6.0 } else { 0.0 };
        lines as f64 * self.row() + if below { self.reason_row() } else { 0.0 } + air
    }

    fn draw(&self, view: &HeadsView, canvas: &Canvas, drawing: &mut Drawing) {
        let mut y = ((canvas.height - self.height) * 0.35).clamp(8.0, 120.0).round();
        let mut bottom = y;
        for (place, head) in view.heads.iter().enumerate() {
            let x = if self.stacked { self.left } else { self.left + head.place as f64 * (self.width + GAP) };
            drawing.add(self.card(head, canvas, (x, y, self.cards[place])));
            bottom = bottom.max(y + self.cards[place]);
            if self.stacked {
                y += self.cards[place] + GAP;
            }
        }
        if let Some(next) = self.next(view).filter(|_| !self.stacked) {
            let height = self.cards.iter().copied().fold(0.0, f64::max);
            drawing.add(self.empty(next, canvas, (y, height)));
        }
        if !view.announced.is_empty() {
            self.announced(&view.announced, canvas, drawing, bottom + 8.0);
        }
        drawing.height = drawing.height.max(bottom + self.foot + 8.0);
    }

    /// The place that the message comes to next, or its answer: who will send it there, and to whom, if that is known.
    fn next<'v>(&self, view: &'v HeadsView) -> Option<(usize, &'v NodeLabel, Option<&'v NodeLabel>)> {
        // An answer travels back.
        let newest = if view.heads.first()?.is_response { view.heads.first() } else { view.heads.last() }?;
        let place = if newest.is_response { newest.place.checked_sub(1)? } else { newest.place + 1 };
        let taken = view.heads.iter().any(|head| head.place == place);
        let from = newest.to.as_ref().filter(|_| place < view.places && !taken)?;
        match (from.kind, newest.is_response) {
            (RoleKind::Proxy, _) => Some((place, from, None)),
            (RoleKind::Server, false) => Some((place, from, Some(&newest.from))),
            _ => None,
        }
    }

    /// A place without a message yet.
    fn empty(
        &self,
        (place, from, to): (usize, &NodeLabel, Option<&NodeLabel>),
        canvas: &Canvas,
        (y, height): (f64, f64),
    ) -> Element {
        let x = self.left + place as f64 * (self.width + GAP);
        let size = canvas.type_size;
        let to = to.map_or_else(|| "…".to_owned(), |to| node_name(canvas.text, &to.name));
        let names = format!("{} → {to}", node_name(canvas.text, &from.name));
        let names = fitted(&names, size, Face::Sans, self.width - 2.0 * PAD);
        let words = fitted(&canvas.text.plain("headers-next-hop"), size, Face::Sans, self.width - 2.0 * PAD);
        let (left, top) = (x + PAD, y + self.head / 2.0);
        Element::group("to-come")
            .add(Element::rect(x, y, self.width, height).number("rx", 12.0).class("place"))
            .add(Element::text(left, baseline(top, size), size, names).class("quiet strong"))
            .add(
                Element::text(
                    x + self.width / 2.0,
                    baseline(y + (height + self.head / 2.0) / 2.0, size),
                    size,
                    words,
                )
                .class("quiet")
                .anchor("middle"),
            )
    }

    fn card(&self, head: &Head, canvas: &Canvas, (x, y, height): (f64, f64, f64)) -> Element {
        let class = role_class(head.from.kind);
        let mut group = Element::group("head").entry(head.entry).add(
            Element::rect(x, y, self.width, height).number("rx", 12.0).class(format!("card is-role {class}")),
        );
        group = group.add_all(self.title(head, canvas, (x + PAD, y)));
        let mut row = y + self.head;
        for line in &head.lines {
            if look(line.mark).is_none() && is_telling(&line.text) {
                let height = self.line_height(line, canvas);
                let wash = Element::rect(x + 1.0, row, self.width - 2.0, height);
                group = group.add(wash.class(format!("wash {class}")));
            }
            group = group.add(self.line(line, canvas, (x, row), class));
            row += self.line_height(line, canvas);
        }
        let spoken: Vec<&str> = head.lines.iter().map(|line| line.text.as_str()).collect();
        group.selects(Selection { entry: Some(head.entry), ..Selection::default() }, spoken.join("; "))
    }

    /// Sender, receiver, connection; whether it was passed on unread.
    fn title(&self, head: &Head, canvas: &Canvas, (x, y): (f64, f64)) -> Vec<Element> {
        let size = canvas.type_size;
        let line = baseline(y + self.head / 2.0, size);
        let right = x + self.width - 2.0 * PAD;
        let number = circled(head.connection.number());
        let mut room = right - text_width(&number, size, Face::Sans) - 8.0;
        let mut elements = vec![Element::text(right, line, size, number).class("quiet").anchor("end")];
        let mut at = x;
        for (place, label) in std::iter::once(&head.from).chain(&head.to).enumerate() {
            if place > 0 {
                elements.push(Element::text(at, line, size, "→").class("quiet"));
                at += size * 1.3;
            }
            let class = role_class(label.kind);
            let words = fitted(&node_name(canvas.text, &label.name), size, Face::Sans, room - at - 18.0);
            elements.push(Element::circle(at + 6.0, y + self.head / 2.0, 6.0).class(class));
            at += 18.0;
            let width = text_width(&words, size, Face::Sans);
            elements.push(Element::text(at, line, size, words).class(format!("strong {class}")));
            at += width + 8.0;
        }
        room -= at;
        let blind = format!("⇢ {}", canvas.text.plain("headers-blind"));
        if head.blind && text_width(&blind, canvas.small(), Face::Sans) <= room {
            let line = baseline(y + self.head / 2.0, canvas.small());
            elements.push(Element::text(at, line, canvas.small(), blind).class("blind strong"));
        }
        elements
    }

    fn line(&self, line: &HeaderLine, canvas: &Canvas, (x, y): (f64, f64), sender: &str) -> Element {
        let height = self.line_height(line, canvas);
        let mut group = Element::group("fated");
        let marked = look(line.mark);
        let plain = match &*line.text {
            text if is_telling(text) => format!("strong {sender}"),
            text if is_beside(text) => "quiet".to_owned(),
            _ => String::new(),
        };
        let (text, ink) = (x + PAD + SIGN, marked.map_or(&*plain, |(_, class, _)| class));
        if let Some((sign, class, _)) = marked {
            group = group
                .add(Element::rect(x + 1.0, y, self.width - 2.0, height - 2.0).class(format!("fate {class}")))
                .add(
                    Element::text(x + PAD, baseline(y + 2.0 + self.row() / 2.0, self.size), self.size, sign)
                        .class(format!("mono strong {class}")),
                );
        }
        let mut row = y + if marked.is_some() { 2.0 } else { 0.0 };
        let mut write = |group: Element, words: &str, class: &str, struck: bool, under: bool| {
            let mut group = group;
            for words in self.wrapped(words) {
                let line = baseline(row + self.row() / 2.0, self.size);
                let width = text_width(&words, self.size, Face::Mono);
                group = group.add(Element::text(text, line, self.size, words).class(format!("mono {class}")));
                if struck {
                    let middle = row + self.row() / 2.0;
                    group = group.add(Element::line((text, middle), (text + width, middle)).class("strike"));
                }
                if under {
                    group = group.add(
                        Element::line((text, line + 3.0), (text + width, line + 3.0)).class("underline"),
                    );
                }
                row += self.row();
            }
            group
        };
        if let Some(before) = &line.before {
            group = write(group, before, "removed", true, false);
        }
        let struck = line.mark == LineMark::Removed;
        group = write(group, &line.text, ink, struck, line.mark == LineMark::Added);
        if let Some((words, beside)) = self.reason(line, canvas) {
            let right = x + self.width - PAD;
            let size = Canvas::SMALLEST;
            let class = format!("reason {ink}");
            let words = fitted(&words, size, Face::Sans, self.room());
            group = group.add(if beside {
                Element::text(right, baseline(row - self.row() / 2.0, size), size, words)
                    .class(class)
                    .anchor("end")
            } else {
                Element::text(text, baseline(row + self.reason_row() / 2.0, size), size, words).class(class)
            });
        }
        group
    }

    /// What the server has announced so far, answer by answer.
    fn announced(&self, announced: &[Announced], canvas: &Canvas, drawing: &mut Drawing, y: f64) {
        let size = canvas.type_size;
        let middle = y + self.foot / 2.0;
        let label = canvas.text.plain("headers-announced");
        let mut x = self.left + text_width(&label, canvas.small(), Face::Sans) + 12.0;
        let line = baseline(middle, canvas.small());
        drawing.add(Element::text(self.left, line, canvas.small(), label).class("quiet"));
        let right = canvas.width - MARGIN;
        for (place, one) in announced.iter().enumerate() {
            let is_last = place + 1 == announced.len();
            let words = format!("max={}", one.max);
            let width = text_width(&words, size, Face::Mono) + 20.0;
            let arrow = if place > 0 { size * 1.6 } else { 0.0 };
            if x + arrow + width > right {
                break;
            }
            if place > 0 {
                drawing.add(Element::text(x, baseline(middle, size), size, "→").class("quiet"));
                x += arrow;
            }
            let class = if is_last { "slot is-lit" } else { "slot" };
            drawing.add(
                Element::group("announced")
                    .entry(one.entry)
                    .selects(selection(one.entry), format!("{}: {words}", one.request))
                    .add(Element::rect(x, middle - size, width, size * 2.0).number("rx", 8.0).class(class))
                    .add(
                        Element::text(x + width / 2.0, baseline(middle, size), size, words)
                            .class("mono")
                            .anchor("middle"),
                    ),
            );
            x += width + 8.0;
        }
    }
}

/// A mark's sign, class and message key; a line that was forwarded as it should be has none.
const fn look(mark: LineMark) -> Option<(&'static str, &'static str, &'static str)> {
    match mark {
        LineMark::Original | LineMark::Kept => None,
        LineMark::Removed => Some(("−", "removed", "headers-mark-removed")),
        LineMark::Added => Some(("+", "added", "headers-mark-added")),
        LineMark::Changed => Some(("≠", "altered", "headers-mark-changed")),
        LineMark::PassedBlindly => Some(("⇢", "blind", "headers-mark-passed-blindly")),
    }
}

/// The name of a field line.
fn field(line: &str) -> Option<&str> {
    line.split_once(':').map(|(name, _)| name).filter(|name| !name.contains(' '))
}

/// Whether a line says where a message ends, or whether its connection stays.
fn is_telling(line: &str) -> bool {
    let telling = ["connection", "proxy-connection", "keep-alive", "content-length", "transfer-encoding"];
    field(line).is_some_and(|name| telling.iter().any(|one| name.eq_ignore_ascii_case(one)))
}

/// Whether a line says nothing about connections, ends or copies.
fn is_beside(line: &str) -> bool {
    let beside = ["host", "date", "content-type"];
    field(line).is_some_and(|name| beside.iter().any(|one| name.eq_ignore_ascii_case(one)))
}

/// The source of a rule: an RFC section, the book, or observed behaviour.
fn source(source: &str, canvas: &Canvas) -> String {
    match source.strip_prefix("HTTP: The Definitive Guide §") {
        Some(section) => canvas.text.get("headers-source-book", &[("section", section)]),
        None if source == "Observed" => canvas.text.plain("headers-source-observed"),
        None => source.to_owned(),
    }
}

/// A line broken at spaces, and within a word that is longer than the room.
fn broken(text: &str, size: f64, room: f64) -> Vec<String> {
    let most = ((room / (size * 0.605)) as usize).max(8);
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let mut word: Vec<char> = word.chars().collect();
        let used = lines.last().map_or(0, |line| line.chars().count());
        // The space behind a word needs no room.
        let seen = |word: &[char]| word.len() - usize::from(word.last() == Some(&' '));
        if used > 0 && used + seen(&word) > most {
            lines.push(String::new());
        }
        while seen(&word) > most {
            // After a part of a URI, where one ends in the second half of the room.
            let part = word[..most].iter().rposition(|one| matches!(one, '/' | '.')).map(|place| place + 1);
            let rest = word.split_off(part.filter(|part| *part > most / 2).unwrap_or(most));
            if let Some(line) = lines.last_mut() {
                line.extend(word);
            }
            lines.push(String::new());
            word = rest;
        }
        if let Some(line) = lines.last_mut() {
            line.extend(word);
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}
