//! Nodes from top to bottom, for phones. The picture is as high as it needs to be.

use playground_playback::{HopView, RoleKind};

use crate::canvas::Canvas;

use super::form::{Buffers, Detail, Form};
use super::layout::{Card, Layout, Mind, Tube, Well, columns, used_sides};
use super::rect::Rect;

const MARGIN: f64 = 10.0;
const PAD: f64 = 10.0;
const GAP: f64 = 8.0;
/// The least width of a card beside others: more of them than the canvas has room for are reached by scrolling.
const LEAST: f64 = 84.0;
/// The length of a pipe.
const PIPE: f64 = 84.0;
const HEADER: f64 = 46.0;

pub fn lay_out(nodes: &[RoleKind], hops: &[HopView], canvas: &Canvas) -> Layout {
    let (ranks, hub) = columns(nodes, hops);
    let rows = |node: usize| used_sides(node, hops).iter().map(|hop| hop.rows).sum::<u32>();
    let buffers = match (hub, (0..nodes.len()).any(|node| rows(node) > 2)) {
        (Some(_), _) => Buffers::None,
        (None, true) => Buffers::Line,
        (None, false) => Buffers::Lines,
    };
    let detail = Detail { subtitle: false, buffers, belief: 1, calls: 0, legend: false, ..Detail::ALL[0] };
    let form = Form::new(canvas, 1.0, detail);
    let mut cards = vec![Card::default(); nodes.len()];
    let most = ranks.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let width = canvas.width.max(2.0 * MARGIN + most * (LEAST + GAP) - GAP);
    let mut y = MARGIN;
    for rank in &ranks {
        let count = rank.len().max(1) as f64;
        let w = (width - 2.0 * MARGIN - GAP * (count - 1.0)) / count;
        for (place, node) in rank.iter().enumerate() {
            let passes = nodes[*node] == RoleKind::Network || hub == Some(*node);
            let at = (MARGIN + place as f64 * (w + GAP), y);
            cards[*node] =
                card(&form, at, w, if passes { Vec::new() } else { used_sides(*node, hops) }, count < 2.0);
        }
        let high = rank.iter().map(|node| cards[*node].rect.h).fold(0.0, f64::max);
        rank.iter().for_each(|node| cards[*node].rect.h = high);
        y += high + PIPE;
    }
    let tubes = hops.iter().flat_map(|hop| tubes(hop, &cards, hub.is_some())).collect();
    let height = y - PIPE + MARGIN + form.small * 0.7;
    Layout { form, width, height, cards, tubes, brief: false, legend: None, scale: 1.0 }
}

fn card(form: &Form, (x, y): (f64, f64), w: f64, sides: Vec<HopView>, alone: bool) -> Card {
    let inner = w - 2.0 * PAD;
    let header = Rect::new(x + PAD, y, inner, HEADER);
    let mut card = Card { header, ..Card::default() };
    let mut below = y + HEADER;
    let columns: u32 = sides.iter().map(|hop| hop.rows).sum();
    if alone && sides.iter().all(|hop| hop.rows == 1) {
        // The waits for two neighbours are in their slots.
        let high = if sides.len() > 1 { 0.0 } else { HEADER - 18.0 };
        let waiting = Rect::new(header.x + inner * 0.46, y + 9.0, inner * 0.54, high);
        for hop in &sides {
            let belief = Rect::new(header.x, below, inner, form.line());
            let mixed = sides.len() > 1;
            card.minds.push(Mind { hop: hop.hop, waiting, belief, lines: 1, mixed });
            below += form.line();
        }
        below += 6.0;
    }
    let slots = sides.iter().flat_map(|hop| (0..hop.rows).map(move |row| (hop.hop, row)));
    if columns > 2 || !alone {
        // As a list, for the width of a phone.
        for (hop, row) in slots {
            card.wells.push(Well { hop, row, rect: Rect::new(header.x, below, inner, form.well()) });
            below += form.well() + 6.0;
        }
    } else {
        let each = (inner - GAP * f64::from(columns.saturating_sub(1))) / f64::from(columns.max(1));
        for (place, (hop, row)) in slots.enumerate() {
            let x = header.x + place as f64 * (each + GAP);
            card.wells.push(Well { hop, row, rect: Rect::new(x, below, each, form.well()) });
        }
        below += if columns > 0 { form.well() } else { 0.0 };
    }
    card.rect = Rect::new(x, y, w, below + if columns > 0 { PAD } else { 2.0 } - y);
    card
}

fn tubes(hop: &HopView, cards: &[Card], star: bool) -> Vec<Tube> {
    let (one, other) = (&cards[hop.left.index()], &cards[hop.right.index()]);
    let (above, under) =
        if one.rect.y < other.rect.y { (one.rect, other.rect) } else { (other.rect, one.rect) };
    let (y, h) = (above.bottom(), under.y - above.bottom());
    let narrow = if above.w < under.w { above } else { under };
    // Several pipes share the width; their numbers are in the sockets.
    let named = hop.rows == 1 && !star;
    let (x, room) = match (star, hop.rows) {
        (true, _) => (narrow.middle().0 - narrow.w.min(220.0) / 2.0, narrow.w.min(220.0)),
        (_, 1) => (narrow.x + 24.0, narrow.w * 0.52),
        _ => (narrow.x, narrow.w),
    };
    let each = (room - GAP * f64::from(hop.rows - 1)) / f64::from(hop.rows);
    (0..hop.rows)
        .map(|row| {
            let rect = Rect::new(x + f64::from(row) * (each + GAP), y, each, h);
            Tube { hop: hop.hop, row, rect, upright: true, named, counted: false }
        })
        .collect()
}
