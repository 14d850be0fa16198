//! The layout of the strip: the stage in the height of a few lines, above another view.

use playground_playback::{HopView, RoleKind};

use super::form::{Form, TypeSizes};
use super::layout::{CardBox, StageLayout, Tube};
use super::rect::Rect;

/// The height of the strip, in CSS pixels.
pub(super) const HEIGHT: f64 = 108.0;
const TOP: f64 = 8.0;
const MARGIN: f64 = 20.0;
/// Gap between rows.
const GAP: f64 = 6.0;
/// More rows than this are one pipe with a number on it.
pub(super) const MOST_ROWS: u32 = 3;

const SIZES: TypeSizes = TypeSizes { name: 15.0, text: 13.0, mono: 14.5, small: 13.0 };

/// Lays out the nodes of a run in a container of a width, in CSS pixels.
pub(super) fn lay_out(width: f64, nodes: &[RoleKind], hops: &[HopView]) -> StageLayout {
    let high = HEIGHT - 2.0 * TOP;
    let hub = super::layout_star::hub(nodes.len(), hops);
    let column = |node: usize| match hub {
        None => node,
        Some(hub) if node == hub => 1,
        Some(_) if nodes.get(node) == Some(&RoleKind::Client) => 0,
        Some(_) => 2,
    };
    let columns = if hub.is_some() { 3 } else { nodes.len() };
    let each = match columns {
        0..=2 => 220.0f64,
        3 => 200.0,
        4 => 168.0,
        _ => 140.0,
    };
    let breadth = each.min((width - 2.0 * MARGIN) * 0.8 / columns.max(1) as f64);
    let gap = (width - 2.0 * MARGIN - breadth * columns as f64) / columns.saturating_sub(1).max(1) as f64;
    let cards: Vec<CardBox> = (0..nodes.len())
        .map(|node| {
            let mates: Vec<usize> = (0..nodes.len()).filter(|other| column(*other) == column(node)).collect();
            let place = mates.iter().position(|other| *other == node).unwrap_or(0) as f64;
            let count = mates.len() as f64;
            let h = (high - GAP * (count - 1.0)) / count;
            let x = MARGIN + column(node) as f64 * (breadth + gap);
            let rect = Rect::new(x, TOP + place * (h + GAP), breadth, h);
            CardBox { rect, header: rect, wells: Vec::new(), minds: Vec::new(), terminal: None }
        })
        .collect();
    let tubes = hops.iter().flat_map(|hop| tubes(hop, &cards)).collect();
    StageLayout { form: Form::Flat, width, height: HEIGHT, sizes: SIZES, cards, tubes, legend: None }
}

fn tubes(hop: &HopView, cards: &[CardBox]) -> Vec<Tube> {
    let (Some(left), Some(right)) = (cards.get(hop.left.index()), cards.get(hop.right.index())) else {
        return Vec::new();
    };
    // Level with the lower card of the two: the one that shares its column.
    let level = if left.rect.h < right.rect.h { left.rect } else { right.rect };
    let counted = hop.rows > MOST_ROWS;
    let rows = if counted { 1 } else { hop.rows };
    let each = (level.h - GAP * f64::from(rows - 1)) / f64::from(rows);
    let h = each.min(52.0);
    (0..rows)
        .map(|row| {
            let y = level.y + f64::from(row) * (each + GAP) + (each - h) / 2.0;
            let rect = Rect::new(left.rect.right(), y, right.rect.x - left.rect.right(), h);
            Tube { hop: hop.hop, row, rect, upright: false, named: false, counted }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use playground_core::event::{HopId, NodeId};

    use super::*;

    #[test]
    fn every_card_and_pipe_has_its_room() {
        for count in 2..=5usize {
            for rows in [1, 2, 3, 12] {
                let hop = |left: usize| HopView {
                    hop: HopId(left as u16),
                    left: NodeId(left as u16),
                    right: NodeId(left as u16 + 1),
                    rows,
                    is_bare: false,
                };
                let hops: Vec<HopView> = (0..count - 1).map(hop).collect();
                let layout = lay_out(900.0, &vec![RoleKind::Proxy; count], &hops);
                assert!(layout.cards.iter().all(|card| card.rect.right() <= 900.0 && card.rect.w >= 100.0));
                assert!(
                    layout.tubes.iter().all(|tube| tube.rect.h >= 18.0 && tube.rect.w >= 30.0),
                    "{count}"
                );
                assert_eq!(
                    layout.tubes.len(),
                    (count - 1) * if rows > MOST_ROWS { 1 } else { rows as usize }
                );
            }
        }
    }
}
