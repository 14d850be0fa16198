//! The places of cards and pipes.

use playground_core::event::HopId;
use playground_playback::{HopView, RoleKind};

use crate::canvas::Canvas;

use super::form::Form;
use super::rect::Rect;
use super::{brief, lying, upright};

/// A socket's slot on a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Well {
    pub hop: HopId,
    pub row: u32,
    pub rect: Rect,
}

/// The places of what the role waits for on a connection, and of what it believes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mind {
    pub hop: HopId,
    pub waiting: Rect,
    pub belief: Rect,
    /// Lines of the belief.
    pub lines: usize,
    /// Whether it stands with that of another connection, so that numbers tell them apart.
    pub mixed: bool,
}

/// A node's card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    pub rect: Rect,
    pub header: Rect,
    pub wells: Vec<Well>,
    pub minds: Vec<Mind>,
    /// The last call.
    pub terminal: Option<Rect>,
}

/// The place of one pipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tube {
    pub hop: HopId,
    pub row: u32,
    pub rect: Rect,
    /// Whether it is vertical.
    pub upright: bool,
    /// Whether it has room for its name; if not, the sockets at both ends show its number.
    pub named: bool,
    /// Whether all connections of the hop share it and are counted.
    pub counted: bool,
}

/// The whole drawing, in its own units.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub form: Form,
    pub width: f64,
    pub height: f64,
    pub cards: Vec<Card>,
    pub tubes: Vec<Tube>,
    /// Whether the cards say in a line what they have no room to draw.
    pub brief: bool,
    /// The line of the legend, with the number of connections that have no place.
    pub legend: Option<f64>,
    /// CSS pixels a unit.
    pub scale: f64,
}

/// Lower canvases have a line for each thing.
const STRIP: f64 = 130.0;

impl Layout {
    /// Lays out the nodes of a run, given their kinds and the links between them.
    ///
    /// `calls` is whether the cards have a place for the last socket call.
    pub fn new(nodes: &[RoleKind], hops: &[HopView], calls: bool, canvas: &Canvas) -> Self {
        if canvas.is_narrow() && canvas.height > 0.8 * canvas.width {
            return upright::lay_out(nodes, hops, canvas);
        }
        if canvas.height < STRIP {
            return brief::lay_out(nodes, hops, canvas);
        }
        lying::lay_out(nodes, hops, calls, canvas).unwrap_or_else(|| brief::lay_out(nodes, hops, canvas))
    }
}

/// The hops of a node, from left to right or from top to bottom.
pub fn sides(node: usize, hops: &[HopView]) -> Vec<HopView> {
    let ends = |hop: &&HopView| hop.left.index() == node || hop.right.index() == node;
    let mut sides: Vec<HopView> = hops.iter().filter(ends).copied().collect();
    sides.sort_by_key(|hop| hop.left.index() == node);
    sides
}

/// The same without links that have had no connection.
pub fn used_sides(node: usize, hops: &[HopView]) -> Vec<HopView> {
    sides(node, hops).into_iter().filter(|hop| !hop.is_bare).collect()
}

/// The nodes by columns: one each; around a hub clients, the hub, and all others.
pub fn columns(nodes: &[RoleKind], hops: &[HopView]) -> (Vec<Vec<usize>>, Option<usize>) {
    let links = (0..nodes.len()).map(|node| (sides(node, hops).len(), node)).max();
    let Some((_, hub)) = links.filter(|(links, _)| *links > 2) else {
        return ((0..nodes.len()).map(|node| vec![node]).collect(), None);
    };
    let of = |client: bool| {
        (0..nodes.len()).filter(|node| *node != hub && (nodes[*node] == RoleKind::Client) == client).collect()
    };
    (vec![of(true), vec![hub], of(false)], Some(hub))
}
