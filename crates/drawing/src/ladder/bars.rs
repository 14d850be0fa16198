//! Waiting bars on the lifelines.

use std::collections::BTreeMap;

use playground_core::event::NodeId;
use playground_playback::{Ladder, Selection, SocketKey, waiting_key};

use super::form::Form;
use super::lanes::{Lane, lane_of};
use crate::text_width::{Face, text_width};
use playground_words::{Text, time_text};

/// The label of a long bar is repeated after this many lines.
const SAID_AGAIN_LINES: f64 = 26.0;
/// Further simultaneous waits overlap.
const MOST_COLUMNS: u32 = 8;

/// A waiting bar.
#[derive(Clone, Debug, PartialEq)]
pub struct BarPlan {
    /// The node that waits.
    pub node: NodeId,
    /// Class of its colour.
    pub class: &'static str,
    /// Its box.
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
    /// Whether it is too narrow for a label.
    pub slim: bool,
    /// The labels along the bar, where there is room.
    pub words: Vec<BarWords>,
    /// The label beside the bar: full and short.
    pub long: String,
    pub short: String,
    /// The entry that began it.
    pub entry: u32,
    /// What a click selects.
    pub selects: Selection,
}

/// A label along a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct BarWords {
    /// Its centre.
    pub y: f64,
    /// Its length.
    pub w: f64,
    /// The text.
    pub text: String,
}

/// The bars: wide ones with labels where a node waits for one thing at a time, narrow ones otherwise.
pub(super) fn bars(text: Text, ladder: &Ladder, lanes: &[Lane], form: Form) -> Vec<BarPlan> {
    let mut columns: BTreeMap<NodeId, u32> = BTreeMap::new();
    for bar in &ladder.bars {
        let most = columns.entry(bar.node).or_default();
        *most = (*most).max(bar.column + 1);
    }
    let plan = ladder.bars.iter().filter_map(|bar| {
        let lane = lane_of(lanes, bar.node)?;
        let count = columns.get(&bar.node).copied().unwrap_or(1);
        let broad = count == 1 && !form.narrow;
        let w = if broad { form.bar.0 } else { form.bar.1 };
        let (y, end) = (form.y(bar.y0), form.y(bar.y1));
        let h = (end - y).max(3.0);
        let key = waiting_key(bar.waiting);
        let (long, lasts) = (text.plain(key), time_text::span(bar.until.since(bar.since)));
        let short_key = format!("{key}.short");
        let short = text.plain(&short_key);
        let timed = format!("{long} · {lasts}");
        let fits = |said: &String| text_width(said, form.small, Face::Sans) + form.small * 1.6 <= h;
        let chosen = [&timed, &long, &short].into_iter().find(|said| broad && fits(said));
        Some(BarPlan {
            node: bar.node,
            class: lane.class,
            x: lane.x - w / 2.0 + offset(bar.column, count) * (w + 2.0),
            slim: !broad,
            y,
            w,
            h,
            words: chosen.map(|said| repeated(said, y, h, form)).unwrap_or_default(),
            long,
            short,
            entry: bar.entry,
            selects: bar.socket.map_or_else(Selection::default, |socket| {
                Selection::of_socket(SocketKey::new(bar.node, socket))
            }),
        })
    });
    plan.collect()
}

/// A column's offset from the lifeline, in columns; the columns of a node are centred on it.
fn offset(column: u32, count: u32) -> f64 {
    let most = count.min(MOST_COLUMNS);
    f64::from(column.min(most - 1)) - f64::from(most - 1) / 2.0
}

fn repeated(said: &str, y: f64, h: f64, form: Form) -> Vec<BarWords> {
    let times = ((h / (form.line * SAID_AGAIN_LINES)).floor()).clamp(1.0, 40.0);
    let part = h / times;
    (0..times as u32)
        .map(|place| BarWords {
            y: y + part * (f64::from(place) + 0.5),
            w: text_width(said, form.small, Face::Sans),
            text: said.to_owned(),
        })
        .collect()
}

/// The distance from the lifeline at which an arrow ends at `y`: the edge of the bar there, if any.
pub(super) fn clearance(bars: &[BarPlan], lane: &Lane, y: f64, to_the_right: bool) -> f64 {
    let sides =
        bars.iter().filter(|bar| bar.node == lane.node && bar.y <= y + 1.0 && bar.y + bar.h >= y - 1.0);
    let far = sides.map(|bar| if to_the_right { bar.x + bar.w - lane.x } else { lane.x - bar.x });
    far.fold(0.0, f64::max) + 1.0
}
