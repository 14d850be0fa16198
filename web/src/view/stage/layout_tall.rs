//! The layout with nodes from top to bottom, for phones.

use playground_playback::{HopView, RoleKind};

use super::form::Form;
use super::layout::{CardBox, Mind, Room, StageLayout, Tube, Well, sides};
use super::rect::Rect;

const WIDTH: f64 = 390.0;
const MARGIN: f64 = 10.0;
const PAD: f64 = 10.0;
const HEADER: f64 = 44.0;
const BELIEF: f64 = 18.0;
const CALL: f64 = 24.0;
const PIPE: f64 = 76.0;

pub(super) fn lay_out(nodes: &[RoleKind], hops: &[HopView]) -> StageLayout {
    let alone = nodes.len() <= 2;
    let mut y = MARGIN;
    let mut cards: Vec<CardBox> = Vec::new();
    for node in 0..nodes.len() {
        let passes = nodes.get(node) == Some(&RoleKind::Network);
        let card = card(node, passes, y, hops, alone);
        y = card.rect.bottom() + PIPE;
        cards.push(card);
    }
    let tubes = hops.iter().flat_map(|hop| tubes(hop, &cards)).collect();
    StageLayout {
        form: Form::Tall,
        width: WIDTH,
        height: y - PIPE + MARGIN,
        sizes: Form::Tall.type_sizes(),
        cards,
        tubes,
        legend: None,
    }
}

fn card(node: usize, passes: bool, y: f64, hops: &[HopView], alone: bool) -> CardBox {
    let sides: Vec<HopView> = sides(node, hops).into_iter().filter(|hop| !hop.is_bare && !passes).collect();
    let most = sides.iter().map(|hop| hop.rows).max().unwrap_or(1);
    let columns: u32 = sides.iter().map(|hop| hop.rows).sum::<u32>().max(1);
    let (x, w) = (MARGIN + PAD, WIDTH - 2.0 * (MARGIN + PAD));
    let header = Rect::new(x, y, w, HEADER);

    let mut below = y + HEADER;
    let mut minds = Vec::new();
    if most == 1 {
        let slot = Rect::new(x + w * 0.48, y + 9.0, w * 0.52, 26.0);
        for hop in sides.iter().filter(|hop| !hop.is_bare) {
            let belief = Rect::new(x, below, w, BELIEF);
            minds.push(Mind { hop: hop.hop, waiting: slot, belief, belief_lines: 1 });
            below += BELIEF;
        }
        below += 6.0;
    }

    if sides.is_empty() {
        return CardBox {
            rect: Rect::new(MARGIN, y, WIDTH - 2.0 * MARGIN, HEADER + 4.0),
            header,
            wells: Vec::new(),
            minds,
            terminal: None,
        };
    }
    if columns > 2 {
        return listed(node, header, below, w, &sides);
    }
    let (wells_h, room) = match (most == 1, alone, columns > 1) {
        (true, true, false) => (114.0, Room::Broad),
        (_, _, true) => (74.0, Room::Medium),
        _ => (54.0, Room::Small),
    };
    let between = 8.0;
    let column = (w - between * f64::from(columns - 1)) / f64::from(columns);
    let mut wells = Vec::new();
    let mut at = x;
    for hop in &sides {
        for row in 0..hop.rows {
            wells.push(Well { hop: hop.hop, row, rect: Rect::new(at, below, column, wells_h), room });
            at += column + between;
        }
    }
    below += wells_h + PAD;
    let terminal = alone.then(|| {
        let rect = Rect::new(x, below - 2.0, w, CALL);
        below += CALL + PAD - 2.0;
        rect
    });
    CardBox { rect: Rect::new(MARGIN, y, WIDTH - 2.0 * MARGIN, below - y), header, wells, minds, terminal }
}

/// A card with its sockets as a list, for the width of a phone.
fn listed(node: usize, header: Rect, top: f64, w: f64, sides: &[HopView]) -> CardBox {
    const LINE: f64 = 44.0;
    let mut wells = Vec::new();
    let mut y = top;
    for hop in sides {
        for row in 0..hop.rows {
            wells.push(Well { hop: hop.hop, row, rect: Rect::new(header.x, y, w, LINE), room: Room::Small });
            y += LINE + 6.0;
        }
        // A gap separates the lists of two neighbours.
        if hop.left.index() != node {
            y += 4.0;
        }
    }
    let rect = Rect::new(MARGIN, header.y, WIDTH - 2.0 * MARGIN, y + PAD - 6.0 - header.y);
    CardBox { rect, header, wells, minds: Vec::new(), terminal: None }
}

fn tubes(hop: &HopView, cards: &[CardBox]) -> Vec<Tube> {
    let (Some(above), Some(under)) = (cards.get(hop.left.index()), cards.get(hop.right.index())) else {
        return Vec::new();
    };
    let (y, until) = (above.rect.bottom(), under.rect.y);
    // Several pipes share the width; their numbers are in the sockets.
    let named = hop.rows == 1;
    let (x, w, step) = match hop.rows {
        1 => (40.0, 196.0, 0.0),
        2 => (24.0, 160.0, 182.0),
        rows => {
            let step = (WIDTH - 2.0 * MARGIN + 6.0) / f64::from(rows);
            (MARGIN, step - 6.0, step)
        }
    };
    (0..hop.rows)
        .map(|row| {
            let rect = Rect::new(x + f64::from(row) * step, y, w, until - y);
            Tube { hop: hop.hop, row, rect, upright: true, named, counted: false }
        })
        .collect()
}
