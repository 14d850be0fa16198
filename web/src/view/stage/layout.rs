//! Where everything on the stage stands: fixed slots that depend on the run, never on the moment.

use playground_core::order;
use playground_core::trace::HopId;
use playground_playback::{HopView, RoleKind};

use super::form::{Form, TypeSizes};
use super::rect::Rect;

/// How much a socket's well can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Alone on a broad card: tiles in two rows.
    Broad,
    /// Alone on its side of the card: state, both buffers, timers.
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

/// The slots for what a socket's role waits for and believes; only where it stands alone on its side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mind {
    pub(super) hop: HopId,
    pub(super) waiting: Rect,
    pub(super) belief: Rect,
    /// Lines that the belief may take.
    pub(super) belief_lines: usize,
}

/// A node's card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CardBox {
    pub(super) rect: Rect,
    pub(super) header: Rect,
    pub(super) wells: Vec<Well>,
    pub(super) minds: Vec<Mind>,
    /// The last call; none where there is no room.
    pub(super) terminal: Option<Rect>,
}

/// The slot of one pipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tube {
    pub(super) hop: HopId,
    pub(super) row: u32,
    pub(super) rect: Rect,
    /// Whether it runs top to bottom.
    pub(super) upright: bool,
    /// Whether there is room for its name; where not, the sockets at both ends carry its number.
    pub(super) named: bool,
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StageLayout {
    pub(super) form: Form,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) sizes: TypeSizes,
    pub(super) cards: Vec<CardBox>,
    pub(super) tubes: Vec<Tube>,
    /// Where the legend's line stands.
    pub(super) legend: Option<f64>,
}

impl CardBox {
    /// Whether the waits and beliefs of several sockets stand together, so that numbers tell whose they are.
    pub(super) fn mixes_minds(&self) -> bool {
        self.minds.len() > 1 && self.wells.windows(2).any(|pair| pair[0].rect.y == pair[1].rect.y)
    }
}

impl StageLayout {
    /// Lays out the nodes of a run, given their kinds in order and the hops between them.
    pub(super) fn new(form: Form, nodes: &[RoleKind], hops: &[HopView]) -> Self {
        if let Some(hub) = super::layout_star::hub(nodes.len(), hops) {
            return super::layout_star::lay_out(form, nodes, hops, hub);
        }
        if form == Form::Tall {
            return super::layout_tall::lay_out(nodes, hops);
        }
        super::layout_chain::lay_out(form, nodes, hops)
            .unwrap_or_else(|| super::layout_wide::lay_out(form, nodes, hops))
    }
}

/// The hops that end at a node, those to its left (above it) first.
pub(super) fn sides(node: usize, hops: &[HopView]) -> Vec<HopView> {
    let ends = |hop: &&HopView| hop.left.index() == node || hop.right.index() == node;
    let mut sides: Vec<HopView> = hops.iter().filter(ends).copied().collect();
    order::sort_by_key(&mut sides, |hop| (u64::from(hop.left.index() == node), 0));
    sides
}
