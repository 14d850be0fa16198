//! The layout of the stage: slots that depend on the run and are fixed during it.

use playground_core::event::HopId;
use playground_playback::{HopView, RoleKind};

use super::form::{Form, TypeSizes};
use super::rect::Rect;

/// The level of detail of a socket's slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// A single socket on a wide card: tiles in two rows.
    Broad,
    /// A single socket on its side of the card: state, both buffers, timers.
    Full,
    /// One of two or three: state and both buffers.
    Medium,
    /// One of many: state, and both buffers in one line.
    Small,
}

/// A socket's slot on a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Well {
    pub(super) hop: HopId,
    pub(super) row: u32,
    pub(super) rect: Rect,
    pub(super) room: Room,
}

/// The slots for the role's wait and belief; only for a single socket on its side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mind {
    pub(super) hop: HopId,
    pub(super) waiting: Rect,
    pub(super) belief: Rect,
    /// Maximum number of lines for the belief.
    pub(super) belief_lines: usize,
}

/// A node's card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CardBox {
    pub(super) rect: Rect,
    pub(super) header: Rect,
    pub(super) wells: Vec<Well>,
    pub(super) minds: Vec<Mind>,
    /// The last call; none without room.
    pub(super) terminal: Option<Rect>,
}

/// The slot of one pipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tube {
    pub(super) hop: HopId,
    pub(super) row: u32,
    pub(super) rect: Rect,
    /// Whether it is vertical.
    pub(super) upright: bool,
    /// Whether it has room for its name; if not, the sockets at both ends show its number.
    pub(super) named: bool,
    /// Whether all connections of the hop share it and are counted.
    pub(super) counted: bool,
}

/// The layout of the whole drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StageLayout {
    pub(super) form: Form,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) sizes: TypeSizes,
    pub(super) cards: Vec<CardBox>,
    pub(super) tubes: Vec<Tube>,
    /// The baseline of the legend.
    pub(super) legend: Option<f64>,
}

impl CardBox {
    /// Whether waits and beliefs of several sockets are listed together and need connection numbers.
    pub(super) fn mixes_minds(&self) -> bool {
        self.minds.len() > 1 && self.wells.windows(2).any(|pair| pair[0].rect.y == pair[1].rect.y)
    }
}

impl StageLayout {
    /// Lays out the nodes of a run, given their kinds in order and the hops between them.
    ///
    /// `calls` is whether the cards have a place for the last socket call.
    pub(super) fn new(form: Form, nodes: &[RoleKind], hops: &[HopView], calls: bool) -> Self {
        if let Some(hub) = super::layout_star::hub(nodes.len(), hops) {
            return super::layout_star::lay_out(form, nodes, hops, hub, calls);
        }
        if form == Form::Tall {
            return super::layout_tall::lay_out(nodes, hops);
        }
        super::layout_chain::lay_out(form, nodes, hops, calls)
            .unwrap_or_else(|| super::layout_wide::lay_out(form, nodes, hops, calls))
    }
}

/// The hops of a node, from left to right or from top to bottom.
pub(super) fn sides(node: usize, hops: &[HopView]) -> Vec<HopView> {
    let ends = |hop: &&HopView| hop.left.index() == node || hop.right.index() == node;
    let mut sides: Vec<HopView> = hops.iter().filter(ends).copied().collect();
    sides.sort_by_key(|hop| hop.left.index() == node);
    sides
}

#[cfg(test)]
mod tests {
    use playground_core::event::NodeId;

    use super::*;

    const FORMS: [Form; 6] = [Form::Page, Form::Flat, Form::Snug, Form::Slide, Form::Square, Form::Tall];

    fn chain(count: usize, rows: u32) -> Vec<HopView> {
        let hop = |left: usize| HopView {
            hop: HopId(left as u16),
            left: NodeId(left as u16),
            right: NodeId(left as u16 + 1),
            rows,
            is_bare: false,
        };
        (0..count - 1).map(hop).collect()
    }

    fn holds(outer: Rect, inner: Rect) -> bool {
        inner.x >= outer.x - 0.5
            && inner.y >= outer.y - 0.5
            && inner.right() <= outer.right() + 0.5
            && inner.bottom() <= outer.bottom() + 0.5
    }

    #[test]
    fn a_chain_is_laid_out_in_order() {
        for form in FORMS {
            for count in 2..=5 {
                for rows in 1..=3 {
                    let layout =
                        StageLayout::new(form, &vec![RoleKind::Proxy; count], &chain(count, rows), true);
                    let what = format!("{form:?}, {count} nodes, {rows} rows");
                    let picture = Rect::new(0.0, 0.0, layout.width, layout.height);
                    for card in &layout.cards {
                        assert!(holds(picture, card.rect), "{what}: a card outside of the picture");
                        let minds = card.minds.iter().flat_map(|mind| [mind.waiting, mind.belief]);
                        let parts = card.wells.iter().map(|well| well.rect).chain(minds).chain(card.terminal);
                        for part in parts {
                            assert!(holds(card.rect, part), "{what}: {part:?} outside of {:?}", card.rect);
                            assert!(part.w > 40.0 && part.h > 15.0, "{what}: {part:?} is too small");
                        }
                    }
                    for pair in layout.cards.windows(2) {
                        let (a, b) = (pair[0].rect, pair[1].rect);
                        assert!(
                            a.right() + 30.0 < b.x || a.bottom() + 30.0 < b.y,
                            "{what}: no room for a pipe"
                        );
                    }
                    assert_eq!(layout.tubes.len(), (count - 1) * rows as usize, "{what}");
                    assert!(
                        layout.tubes.iter().all(|tube| tube.rect.w > 30.0 && tube.rect.h > 15.0),
                        "{what}"
                    );
                }
            }
        }
    }
}
