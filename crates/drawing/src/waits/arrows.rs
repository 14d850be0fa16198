//! Arrows below the hosts: from the one that waits to the one it waits for.

use playground_playback::{Selection, WaitArrow, WaitsView};

use super::{balanced, wait};
use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::px;
use crate::parts::role_class as role;
use crate::text_width::{Face, text_width};

/// The arrows with their labels, each on a level of its own where they would cross.
pub struct Arrows {
    labels: Vec<Vec<String>>,
    levels: Vec<usize>,
    size: f64,
    line: f64,
    step: f64,
    /// The depth of the first level.
    first: f64,
}

impl Arrows {
    /// The arrows between hosts that stand `pitch` apart, with labels of a size of type.
    pub fn new(view: &WaitsView, size: f64, canvas: &Canvas, pitch: f64) -> Self {
        let line = (size * 1.3).round();
        let first = if canvas.height < 520.0 { 16.0 } else { 26.0 };
        let label = |arrow: &WaitArrow| {
            let room = pitch * arrow.from.abs_diff(arrow.to) as f64 - 28.0;
            balanced(&wait(arrow, canvas), size, room)
        };
        let labels: Vec<Vec<String>> = view.arrows.iter().map(label).collect();
        let most = labels.iter().map(Vec::len).max().unwrap_or(1);
        Self { labels, levels: levels(&view.arrows), size, line, step: line * most as f64 + 12.0, first }
    }

    /// The height of all levels.
    pub fn height(&self) -> f64 {
        match self.levels.iter().max() {
            Some(deepest) => self.first + 6.0 + self.step * (*deepest as f64 + 1.0),
            None => 0.0,
        }
    }

    /// Draws them below `top`; returns the lower end.
    pub fn draw(
        &self,
        view: &WaitsView,
        canvas: &Canvas,
        drawing: &mut Drawing,
        centre: &impl Fn(usize) -> f64,
        card: f64,
        top: f64,
    ) -> f64 {
        let top = top + 8.0;
        // The deepest first, so that their lines stand behind the labels of others.
        let mut order: Vec<usize> = (0..view.arrows.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(self.levels[*place]));
        for place in order {
            let arrow = &view.arrows[place];
            let level = self.levels[place];
            // The deeper it hangs, the nearer to the middle of the card it begins.
            let inset = card * (0.34 - 0.18 * level.min(1) as f64 - 0.04 * level.saturating_sub(1) as f64);
            let towards = if arrow.to > arrow.from { 1.0 } else { -1.0 };
            let (from, to) = (centre(arrow.from) + towards * inset, centre(arrow.to) - towards * inset);
            let depth = self.first + self.step * level as f64;
            drawing.add(self.arrow(view, arrow, &self.labels[place], (from, to, top, depth), canvas));
        }
        top + self.height() - 8.0
    }

    fn arrow(
        &self,
        view: &WaitsView,
        arrow: &WaitArrow,
        label: &[String],
        (from, to, top, depth): (f64, f64, f64, f64),
        canvas: &Canvas,
    ) -> Element {
        let class = role(view.hosts[arrow.from].kind);
        let radius = (depth * 0.75).min((from - to).abs() / 2.0).min(44.0);
        let way = if to > from { 1.0 } else { -1.0 };
        let bottom = top + depth;
        // Down, along, and up again to the head.
        let line = format!(
            "M{} {} V{} Q{} {} {} {} H{} Q{} {} {} {} V{}",
            px(from),
            px(top),
            px(bottom - radius),
            px(from),
            px(bottom),
            px(from + way * radius),
            px(bottom),
            px(to - way * radius),
            px(to),
            px(bottom),
            px(to),
            px(bottom - radius),
            px(top + 10.0)
        );
        let head = format!("M{} {} l-7 14 h14 z", px(to), px(top - 2.0));
        let width = label.iter().map(|line| text_width(line, self.size, Face::Sans)).fold(0.0, f64::max);
        let (middle, height) = ((from + to) / 2.0, self.line * label.len() as f64);
        let room = Element::rect(middle - width / 2.0 - 3.0, bottom + 3.0, width + 6.0, height);
        let words = label.iter().enumerate().map(|(place, line)| {
            let y = bottom + 3.0 + self.line * (place as f64 + 0.5) + self.size * 0.35;
            Element::text(middle, y, self.size, line.clone())
                .class(format!("strong {class}"))
                .anchor("middle")
        });
        Element::group("wait")
            .entry(arrow.entry)
            .selects(Selection::of_socket(arrow.key), wait(arrow, canvas))
            .add(Element::path(line).class(format!("arc {class}")))
            .add(Element::path(head).class(class))
            .add(room.class("paper"))
            .add_all(words)
    }
}

/// A level for each arrow, from 0: two that share a stretch between two hosts have different levels. Long ones hang
/// below short ones, and those to the left below those to the right.
fn levels(arrows: &[WaitArrow]) -> Vec<usize> {
    let reach = |arrow: &WaitArrow| (arrow.from.min(arrow.to), arrow.from.max(arrow.to));
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    order.sort_by_key(|place| {
        let (left, right) = reach(&arrows[*place]);
        (right - left, arrows[*place].from > arrows[*place].to, left)
    });
    let mut levels = vec![0; arrows.len()];
    let mut placed: Vec<usize> = Vec::new();
    for place in order {
        let (left, right) = reach(&arrows[place]);
        let crosses = |level: usize| {
            placed.iter().any(|other| {
                let (from, to) = reach(&arrows[*other]);
                levels[*other] == level && left < to && from < right
            })
        };
        let level = (0..).find(|level| !crosses(*level)).unwrap_or_default();
        levels[place] = level;
        placed.push(place);
    }
    levels
}
