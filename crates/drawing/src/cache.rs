//! What caches hold: each copy with its size, its age and how often it was used; below, quieter, what the cache did last.

use playground_core::event::{CacheAction, NodeId};
use playground_core::rule::Rule;
use playground_core::trace::Trace;
use playground_playback::{
    CacheContents, CacheEvent, CacheRow, Caches, Cursor, Dissection, RoleKind, Selection,
};
use playground_words::{node_name, octets, time_text};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::parts::{baseline, role_class};
use crate::text_width::{Face, fitted, text_width, wrapped};

const MARGIN: f64 = 16.0;
const GAP: f64 = 10.0;
const PADDING: f64 = 16.0;
/// The widest that a copy becomes.
const WIDEST: f64 = 880.0;
/// Of what a cache did, the last so many at most.
const DOINGS: usize = 6;

/// The caches at a moment.
pub fn draw(
    caches: &Caches,
    trace: &Trace,
    dissection: &Dissection,
    now: Cursor,
    canvas: &Canvas,
) -> Drawing {
    let canvas = &canvas.roomy();
    let caches = caches.at(trace, dissection, now);
    let name = |node: NodeId| {
        trace
            .scenario
            .nodes
            .get(node.index())
            .map_or_else(String::new, |spec| node_name(canvas.text, &spec.name))
    };
    let title = |cache: &CacheContents| canvas.text.get("cache-of", &[("node", &name(cache.node))]);
    let titles: Vec<String> = caches.iter().map(title).collect();
    let mut drawing = Drawing::new(canvas, titles.join(", "));
    let width = (canvas.width - 2.0 * MARGIN).min(WIDEST);
    let picture = Picture { trace, dissection, canvas, left: (canvas.width - width) / 2.0, width };
    let mut y = MARGIN;
    for (place, (cache, title)) in caches.iter().zip(titles).enumerate() {
        let size = canvas.type_size;
        let kind = trace.scenario.nodes.get(cache.node.index()).map_or(RoleKind::Network, RoleKind::of);
        let heading = Element::text(picture.left, y + size, size, title);
        drawing.add(heading.class(format!("strong {}", role_class(kind))));
        y += size + GAP * 1.5;
        if cache.rows.is_empty() {
            y = picture.shelf(&mut drawing, y);
        }
        for row in &cache.rows {
            let from = row.from.map(name);
            y = picture.copy(&mut drawing, row, from, y) + GAP;
        }
        // Of one cache alone, as much of the history as there is room for.
        let room = if caches.len() == 1 || place + 1 == caches.len() { canvas.height - y } else { 0.0 };
        y = picture.doings(&mut drawing, &cache.history, y, room);
        y += GAP;
    }
    drawing.height = drawing.height.max(y - GAP);
    drawing
}

struct Picture<'t> {
    trace: &'t Trace,
    dissection: &'t Dissection,
    canvas: &'t Canvas,
    left: f64,
    width: f64,
}

impl Picture<'_> {
    fn selection(&self, entry: u32) -> Selection {
        Selection::of_entry(self.trace, self.dissection, entry)
    }

    /// An empty place for a copy.
    fn shelf(&self, drawing: &mut Drawing, y: f64) -> f64 {
        let size = self.canvas.type_size;
        let height = size * 6.0;
        let words = self.canvas.text.plain("cache-empty");
        let (x, middle) = (self.left + self.width / 2.0, baseline(y + height / 2.0, size));
        drawing.add(Element::rect(self.left, y, self.width, height).number("rx", 12.0).class("place"));
        drawing.add(Element::text(x, middle, size, words).class("quiet").anchor("middle"));
        y + height + GAP
    }

    /// A stored response: what it is, how large, how old.
    fn copy(&self, drawing: &mut Drawing, row: &CacheRow, from: Option<String>, top: f64) -> f64 {
        let (text, size, small) = (self.canvas.text, self.canvas.type_size, self.canvas.small());
        let (left, inner) = (self.left + PADDING, self.width - 2.0 * PADDING);
        let right = left + inner;
        let large = size * 1.25;
        let (class, state) =
            if row.is_fresh() { ("is-right", "cache-fresh") } else { ("is-stale", "cache-stale") };
        let state = text.plain(state);
        let pill = text_width(&state, small, Face::Sans) * 1.08 + 20.0;
        let mut group = Vec::new();
        // Target and state.
        let mut y = top + PADDING + large * 0.5;
        let target = fitted(&row.target, large, Face::Mono, inner - pill - GAP);
        group.push(Element::text(left, baseline(y, large), large, target).class("mono strong"));
        let high = small * 1.7;
        group.push(
            Element::rect(right - pill, y - high / 2.0, pill, high)
                .number("rx", high / 2.0)
                .class(format!("pill {class}")),
        );
        let words = Element::text(right - pill / 2.0, baseline(y, small), small, state);
        group.push(
            words
                .class(format!("strong {}", if row.is_fresh() { "right" } else { "blind" }))
                .anchor("middle"),
        );
        y += large * 0.5 + GAP * 1.6;
        // Its age, as the part of its lifetime that is left.
        let (age, lifetime) = (time_text::running(row.age), time_text::span(row.lifetime));
        let words = text.get("cache-age-of", &[("age", &age), ("lifetime", &lifetime)]);
        let wide = text_width(&words, size, Face::Sans) + GAP;
        let (bar, line) = (size * 0.9, size * 1.4);
        let beside = wide <= inner * 0.62;
        let length = if beside { inner - wide } else { inner };
        let colour = if row.is_fresh() { "server" } else { "proxy" };
        group.push(Element::rect(left, y, length, bar).number("rx", bar / 2.0).class("gauge"));
        let share = row.freshness();
        if share > 0.0 {
            let part = (length * share).max(bar.min(length));
            group.push(Element::rect(left, y, part, bar).number("rx", bar / 2.0).class(colour));
        }
        if beside {
            group.push(Element::text(right, baseline(y + bar / 2.0, size), size, words).anchor("end"));
        } else {
            y += bar + GAP * 0.5;
            for words in wrapped(&words, size, Face::Sans, inner, 2) {
                group.push(Element::text(left, y + size, size, words));
                y += line;
            }
            y -= bar;
        }
        y += bar + GAP * 1.6;
        // Facts, as many in a line as it has room for; the size is what lessons speak of.
        let used = text.get("cache-times", &[("count", &row.served.to_string())]);
        let mut facts = vec![("cache-size", octets(row.octets), "large"), ("cache-used", used, "strong")];
        facts.extend(from.map(|from| ("cache-from", from, "value")));
        if !row.etag.is_empty() {
            facts.push(("cache-etag", row.etag.clone(), "mono"));
        }
        let mut x = left;
        for (key, value, class) in facts {
            let key = text.plain(key);
            let before = text_width(&key, small, Face::Sans) + 8.0;
            let face = if class == "mono" { Face::Mono } else { Face::Sans };
            let size = if class == "large" { large } else { size };
            let width = before + text_width(&value, size, face) * 1.08;
            if x > left && x + width > right {
                x = left;
                y += line.max(large * 1.3);
            }
            group.push(Element::text(x, y + large, small, key).class("quiet"));
            let class = if class == "large" { "strong" } else { class };
            group.push(Element::text(x + before, y + large, size, value).class(class));
            x += width + PADDING * 1.5;
        }
        y += large + GAP;
        // A slide has room for the copies alone.
        let why = if self.canvas.height < 480.0 && !self.canvas.is_narrow() { 0 } else { 2 };
        let reason = sentence(self.canvas, row.lifetime_rule);
        for words in wrapped(&reason, small, Face::Sans, inner, 2).into_iter().take(why) {
            group.push(Element::text(left, y + small, small, words).class("quiet"));
            y += small * 1.4;
        }
        let height = y + PADDING * 0.8 - top;
        let card = Element::rect(self.left, top, self.width, height).number("rx", 12.0).class("card");
        let said = format!("{}, {}", row.target, octets(row.octets));
        drawing.add(
            Element::group("copy")
                .entry(row.entry)
                .selects(self.selection(row.entry), said)
                .add(card)
                .add_all(group),
        );
        top + height
    }

    /// What the cache did last, newest first, as much as there is room for.
    fn doings(&self, drawing: &mut Drawing, history: &[CacheEvent], top: f64, room: f64) -> f64 {
        let small = self.canvas.small();
        let line = small * 1.5;
        let narrow = self.canvas.is_narrow();
        let head = line + GAP;
        if history.is_empty() {
            return top;
        }
        let mut y = top + GAP;
        let title = self.canvas.text.plain("cache-doings");
        let lines = |done: &CacheEvent| self.doing(done);
        let mut left = room - head - GAP;
        let shown: Vec<(&CacheEvent, Vec<String>)> = history
            .iter()
            .take(DOINGS)
            .map(|done| (done, lines(done)))
            .take_while(|(_, lines)| {
                left -= lines.len() as f64 * line + 4.0;
                narrow || left >= 0.0
            })
            .collect();
        if shown.is_empty() {
            return top;
        }
        drawing.add(Element::text(self.left, y + small, small, title).class("quiet strong"));
        y += head;
        for (done, lines) in shown {
            let time = time_text::moment(done.at);
            let action = self.canvas.text.plain(action_key(done.action));
            let height = lines.len() as f64 * line;
            let (at, indent) = (text_width("00.000 s", small, Face::Mono) + GAP, self.indent());
            let said = format!("{time} {action}: {}", sentence(self.canvas, done.rule));
            let mut group = Element::group("doing")
                .entry(done.entry)
                .selects(self.selection(done.entry), said)
                .add(Element::rect(self.left, y, self.width, height).class("hit"))
                .add(Element::text(self.left, y + small, small, time).class("mono quiet"))
                .add(Element::text(self.left + at, y + small, small, action).class("strong"));
            for (place, words) in lines.into_iter().enumerate() {
                let x = if narrow { self.left + at } else { self.left + indent };
                let text = Element::text(x, y + place as f64 * line + small, small, words);
                group = group.add(text.class("quiet"));
            }
            drawing.add(group);
            y += height + 4.0;
        }
        y
    }

    /// Where the reasons begin.
    fn indent(&self) -> f64 {
        let small = self.canvas.small();
        let actions = [
            CacheAction::Missed,
            CacheAction::Asked,
            CacheAction::Served,
            CacheAction::Stored,
            CacheAction::Refused,
            CacheAction::Validated,
            CacheAction::Removed,
        ];
        let widths = actions
            .map(|action| text_width(&self.canvas.text.plain(action_key(action)), small, Face::Sans) * 1.08);
        text_width("00.000 s", small, Face::Mono) + widths.into_iter().fold(0.0, f64::max) + 2.0 * GAP
    }

    /// The reason of an action, wrapped; on a phone below the action.
    fn doing(&self, done: &CacheEvent) -> Vec<String> {
        let small = self.canvas.small();
        let words = sentence(self.canvas, done.rule);
        if self.canvas.is_narrow() {
            let indent = text_width("00.000 s", small, Face::Mono) + GAP;
            let lines = wrapped(&words, small, Face::Sans, self.width - indent, 3);
            return [String::new()].into_iter().chain(lines).collect();
        }
        wrapped(&words, small, Face::Sans, self.width - self.indent(), 2)
    }
}

const fn action_key(action: CacheAction) -> &'static str {
    match action {
        CacheAction::Missed => "cache-act-missed",
        CacheAction::Asked => "cache-act-asked",
        CacheAction::Served => "cache-act-served",
        CacheAction::Stored => "cache-act-stored",
        CacheAction::Refused => "cache-act-refused",
        CacheAction::Validated => "cache-act-validated",
        CacheAction::Removed => "cache-act-removed",
    }
}

fn sentence(canvas: &Canvas, rule: Rule) -> String {
    canvas.text.plain(&format!("rule-{}", rule.key()))
}
