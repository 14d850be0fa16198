//! The stage in the height of a few lines, as over another view: who, the states, what is said in a line.

use playground_playback::{HopView, RoleKind};

use crate::canvas::Canvas;

use super::form::{Detail, Form};
use super::layout::{Card, Layout, Tube, columns};
use super::rect::Rect;

/// Above and below.
const TOP: f64 = 8.0;
const MARGIN: f64 = 20.0;
/// Gap between rows.
const GAP: f64 = 6.0;
/// More rows than this are one pipe with a number on it.
const MOST_ROWS: u32 = 3;
/// The least width of a card and of a pipe.
const LEAST: (f64, f64) = (112.0, 60.0);
/// The height that it never needs more of.
const MOST_HEIGHT: f64 = 108.0;
/// The least height.
const LEAST_HEIGHT: f64 = 92.0;
/// More columns than this are no longer reduced to the canvas, and more hosts in one than this not to its height: one
/// scrolls.
const MOST_COLUMNS: usize = 10;
const MOST_MATES: usize = 8;
/// The height of each of so many hosts.
const MATE: f64 = 30.0;

/// Lays it out on a canvas of any size; one that is too small for letters that can be read gets a smaller picture.
pub fn lay_out(nodes: &[RoleKind], hops: &[HopView], canvas: &Canvas) -> Layout {
    let form = Form::new(canvas, 2.0, Detail::ALL[6]);
    let (columns, _) = columns(nodes, hops);
    let count = columns.len().max(1) as f64;
    let least = count * LEAST.0 + (count - 1.0) * LEAST.1 + 2.0 * MARGIN;
    let most = columns.iter().map(Vec::len).max().unwrap_or(1);
    let mates = if most > MOST_MATES { most as f64 * (MATE + GAP) + 2.0 * TOP } else { 0.0 };
    let fitting = if columns.len() > MOST_COLUMNS { 1.0 } else { canvas.width / least };
    let scale = fitting.min(canvas.height / LEAST_HEIGHT).min(1.0);
    let (width, height) = ((canvas.width / scale).max(least), (canvas.height / scale).max(mates));
    let share = (width - 2.0 * MARGIN) * 0.66 / count;
    let breadth = share.clamp(LEAST.0, 220.0);
    let gap = (width - 2.0 * MARGIN - breadth * count) / (count - 1.0).max(1.0);
    let high = height.min(MOST_HEIGHT.max(mates)) - 2.0 * TOP;
    let top = (height - high) / 2.0;
    let mut cards = vec![Card::default(); nodes.len()];
    for (column, mates) in columns.iter().enumerate() {
        let h = (high - GAP * (mates.len() as f64 - 1.0)) / mates.len() as f64;
        let x = MARGIN + column as f64 * (breadth + gap);
        for (place, node) in mates.iter().enumerate() {
            let rect = Rect::new(x, top + place as f64 * (h + GAP), breadth, h);
            cards[*node] = Card { rect, header: rect, ..Card::default() };
        }
    }
    let tubes = hops.iter().flat_map(|hop| tubes(hop, &cards)).collect();
    Layout { form, width, height, cards, tubes, brief: true, legend: None, scale }
}

fn tubes(hop: &HopView, cards: &[Card]) -> Vec<Tube> {
    let (Some(left), Some(right)) = (cards.get(hop.left.index()), cards.get(hop.right.index())) else {
        return Vec::new();
    };
    // Level with the lower card of the two: the one that shares its column.
    let level = if left.rect.h < right.rect.h { left.rect } else { right.rect };
    let counted = hop.rows > MOST_ROWS;
    let rows = if counted { 1 } else { hop.rows };
    let each = (level.h - GAP * f64::from(rows - 1)) / f64::from(rows);
    let h = each.min(56.0);
    (0..rows)
        .map(|row| {
            let y = level.y + f64::from(row) * (each + GAP) + (each - h) / 2.0;
            let rect = Rect::new(left.rect.right(), y, right.rect.x - left.rect.right(), h);
            Tube { hop: hop.hop, row, rect, upright: false, named: false, counted }
        })
        .collect()
}
