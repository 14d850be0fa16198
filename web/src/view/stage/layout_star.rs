//! The star layout: a switch in the middle, clients on its left, all other nodes on its right.

use playground_playback::{HopView, RoleKind};

use super::form::Form;
use super::layout::{CardBox, Mind, Room, StageLayout, Tube, Well, sides};
use super::rect::Rect;

/// Sizes that differ between the page and slides.
struct Plan {
    width: f64,
    height: f64,
    top: f64,
    legend: f64,
    client: f64,
    hub: f64,
    other: f64,
    header: f64,
    band: f64,
    line: f64,
}

const MARGIN: f64 = 20.0;
const PAD: f64 = 10.0;
const BETWEEN: f64 = 12.0;
const TERMINAL: f64 = 50.0;

/// The hub: the node with the most links, if more than two.
pub(super) fn hub(nodes: usize, hops: &[HopView]) -> Option<usize> {
    let (links, hub) = (0..nodes).map(|node| (sides(node, hops).len(), node)).max()?;
    (links > 2).then_some(hub)
}

/// A node's column: clients left, the hub in the middle, all others right.
fn column(node: usize, hub: usize, nodes: &[RoleKind]) -> usize {
    match nodes.get(node) {
        _ if node == hub => 1,
        Some(RoleKind::Client) => 0,
        _ => 2,
    }
}

pub(super) fn lay_out(
    form: Form,
    nodes: &[RoleKind],
    hops: &[HopView],
    hub: usize,
    calls: bool,
) -> StageLayout {
    if form == Form::Tall {
        return tall(nodes, hops, hub);
    }
    let plan = match form {
        Form::Slide | Form::Page => Plan {
            width: 960.0,
            height: 408.0,
            top: 12.0,
            legend: if form == Form::Page { 44.0 } else { 12.0 },
            client: 250.0,
            hub: 136.0,
            other: 234.0,
            header: 66.0,
            band: 32.0,
            line: 21.0,
        },
        Form::Square => Plan {
            width: 840.0,
            height: 480.0,
            top: 10.0,
            legend: 10.0,
            client: 232.0,
            hub: 118.0,
            other: 216.0,
            header: 66.0,
            band: 31.0,
            line: 20.0,
        },
        Form::Flat | Form::Snug => Plan {
            width: if form == Form::Flat { 1000.0 } else { 800.0 },
            height: 300.0,
            top: 6.0,
            legend: 6.0,
            client: if form == Form::Flat { 230.0 } else { 200.0 },
            hub: 126.0,
            other: if form == Form::Flat { 216.0 } else { 190.0 },
            header: 46.0,
            band: 25.0,
            line: 19.0,
        },
        _ => Plan {
            width: 1120.0,
            height: 352.0,
            top: 12.0,
            legend: 40.0,
            client: 262.0,
            hub: 132.0,
            other: 256.0,
            header: 62.0,
            band: 27.0,
            line: 18.0,
        },
    };
    let of_column = |wanted: usize| -> Vec<usize> {
        (0..nodes.len()).filter(|node| column(*node, hub, nodes) == wanted).collect()
    };
    let (clients, others) = (of_column(0), of_column(2));
    let hub_x =
        MARGIN + plan.client + (plan.width - 2.0 * MARGIN - plan.client - plan.hub - plan.other) / 2.0;
    let mut cards = vec![None; nodes.len()];
    for (list, x, w) in [
        (&clients, MARGIN, plan.client),
        (&vec![hub], hub_x, plan.hub),
        (&others, plan.width - MARGIN - plan.other, plan.other),
    ] {
        let count = list.len().max(1) as f64;
        let each = (plan.height - BETWEEN * (count - 1.0)) / count;
        for (place, node) in list.iter().enumerate() {
            let rect = Rect::new(x, plan.top + place as f64 * (each + BETWEEN), w, each);
            cards[*node] = Some(match list.len() {
                1 if *node != hub => alone(&plan, rect, *node, hops, calls),
                _ => stacked(rect, *node, hub, hops, 44.0),
            });
        }
    }
    let cards: Vec<CardBox> = cards.into_iter().flatten().collect();
    let tubes = hops.iter().flat_map(|hop| lying(hop, hub, &cards)).collect();
    StageLayout {
        form,
        width: plan.width,
        height: plan.top + plan.height + plan.legend,
        sizes: form.type_sizes(),
        cards,
        tubes,
        legend: matches!(form, Form::Page).then_some(plan.top + plan.height + plan.legend * 0.6),
    }
}

/// The only card of a column: sockets, waits and beliefs.
fn alone(plan: &Plan, rect: Rect, node: usize, hops: &[HopView], calls: bool) -> CardBox {
    let inner = rect.w - 2.0 * PAD;
    let header = Rect::new(rect.x + PAD, rect.y, inner, plan.header);
    let (mut wells, mut minds) = (Vec::new(), Vec::new());
    let mut y = rect.y + plan.header;
    let hop = sides(node, hops).into_iter().find(|hop| !hop.is_bare);
    if let Some(hop) = hop {
        let single = hop.rows == 1;
        let rest = rect.bottom() - y - PAD - if single { plan.band + 2.0 * plan.line + 16.0 } else { 0.0 };
        let rest = if calls && rect.h > 320.0 { rest - TERMINAL - 8.0 } else { rest };
        let each = (rest.min(if single { 160.0 } else { f64::MAX }) - 8.0 * f64::from(hop.rows - 1))
            / f64::from(hop.rows);
        for row in 0..hop.rows {
            let room = if single { Room::Full } else { Room::Medium };
            wells.push(Well { hop: hop.hop, row, rect: Rect::new(rect.x + PAD, y, inner, each), room });
            y += each + 8.0;
        }
        if single {
            let waiting = Rect::new(rect.x + PAD, y, inner, plan.band);
            let belief = Rect::new(rect.x + PAD, y + plan.band + 6.0, inner, 2.0 * plan.line);
            minds.push(Mind { hop: hop.hop, waiting, belief, belief_lines: 2 });
        }
    }
    let terminal = (calls && rect.h > 320.0 && hop.is_some())
        .then(|| Rect::new(rect.x + PAD, rect.bottom() - PAD - TERMINAL, inner, TERMINAL));
    CardBox { rect, header, wells, minds, terminal }
}

/// One of several cards in a column, or the hub: its name and the states of its sockets.
fn stacked(rect: Rect, node: usize, hub: usize, hops: &[HopView], header: f64) -> CardBox {
    let inner = rect.w - 2.0 * PAD;
    let mut wells = Vec::new();
    let hop = sides(node, hops).into_iter().find(|hop| !hop.is_bare).filter(|_| node != hub);
    let header_h = if hop.is_some() { header } else { header.max(rect.h.min(96.0)) };
    let header_y = if hop.is_some() { rect.y } else { rect.middle().1 - header_h / 2.0 };
    if let Some(hop) = hop {
        let column = (inner - 6.0 * f64::from(hop.rows - 1)) / f64::from(hop.rows);
        for row in 0..hop.rows {
            let x = rect.x + PAD + f64::from(row) * (column + 6.0);
            let well = Rect::new(x, rect.y + header, column, (rect.h - header - PAD).max(40.0));
            let room = if hop.rows == 1 && well.h >= 56.0 { Room::Medium } else { Room::Small };
            wells.push(Well { hop: hop.hop, row, rect: well, room });
        }
    }
    let header = Rect::new(rect.x + PAD, header_y, inner, header_h);
    CardBox { rect, header, wells, minds: Vec::new(), terminal: None }
}

/// The pipes between the hub and a card, level with the card.
fn lying(hop: &HopView, hub: usize, cards: &[CardBox]) -> Vec<Tube> {
    let other = if hop.left.index() == hub { hop.right.index() } else { hop.left.index() };
    let (Some(middle), Some(card)) = (cards.get(hub), cards.get(other)) else { return Vec::new() };
    let (x, until) = if card.rect.x < middle.rect.x {
        (card.rect.right(), middle.rect.x)
    } else {
        (middle.rect.right(), card.rect.x)
    };
    let rows = f64::from(hop.rows);
    let room = (card.rect.h - 16.0).min(96.0 * rows);
    let each = (room - 6.0 * (rows - 1.0)) / rows;
    let named = each >= 64.0;
    let name = if named { 16.0 } else { 0.0 };
    let top = card.rect.middle().1 - room / 2.0;
    (0..hop.rows)
        .map(|row| {
            let y = top + f64::from(row) * (each + 6.0) + name;
            let rect = Rect::new(x, y, until - x, (each - name).min(78.0));
            Tube { hop: hop.hop, row, rect, upright: false, named, counted: false }
        })
        .collect()
}

/// The layout for phones: clients on top, the hub as a bar, the others in a row below.
fn tall(nodes: &[RoleKind], hops: &[HopView], hub: usize) -> StageLayout {
    const WIDTH: f64 = 390.0;
    const SIDE: f64 = 10.0;
    const HEADER: f64 = 44.0;
    const PIPE: f64 = 84.0;
    const GAP: f64 = 8.0;
    let rank = |wanted: usize| -> Vec<usize> {
        (0..nodes.len()).filter(|node| column(*node, hub, nodes) == wanted).collect()
    };
    let mut cards = vec![None; nodes.len()];
    let mut y = SIDE;
    for list in [rank(0), vec![hub], rank(2)] {
        let count = list.len().max(1) as f64;
        let w = (WIDTH - 2.0 * SIDE - GAP * (count - 1.0)) / count;
        let has_wells = |node: &usize| *node != hub && sides(*node, hops).iter().any(|hop| !hop.is_bare);
        let h = if list.iter().any(has_wells) { HEADER + 62.0 + PAD } else { HEADER + 4.0 };
        for (place, node) in list.iter().enumerate() {
            let rect = Rect::new(SIDE + place as f64 * (w + GAP), y, w, h);
            cards[*node] = Some(stacked(rect, *node, hub, hops, HEADER));
        }
        y += h + PIPE;
    }
    let cards: Vec<CardBox> = cards.into_iter().flatten().collect();
    let mut tubes = Vec::new();
    for hop in hops {
        let other = if hop.left.index() == hub { hop.right.index() } else { hop.left.index() };
        let (Some(middle), Some(card)) = (cards.get(hub), cards.get(other)) else { continue };
        let (top, bottom) = if card.rect.y < middle.rect.y {
            (card.rect.bottom(), middle.rect.y)
        } else {
            (middle.rect.bottom(), card.rect.y)
        };
        let each = (card.rect.w.min(220.0) - GAP * f64::from(hop.rows - 1)) / f64::from(hop.rows);
        let left = card.rect.middle().0 - card.rect.w.min(220.0) / 2.0;
        for row in 0..hop.rows {
            let rect = Rect::new(left + f64::from(row) * (each + GAP), top, each, bottom - top);
            tubes.push(Tube { hop: hop.hop, row, rect, upright: true, named: false, counted: false });
        }
    }
    StageLayout {
        form: Form::Tall,
        width: WIDTH,
        height: y - PIPE + SIDE,
        sizes: Form::Tall.type_sizes(),
        cards,
        tubes,
        legend: None,
    }
}
