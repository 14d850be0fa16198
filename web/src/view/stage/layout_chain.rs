//! The layout of a long chain: narrow cards from left to right, the two sockets of each stacked.

use playground_playback::{HopView, RoleKind};

use super::form::Form;
use super::layout::{CardBox, Mind, Room, StageLayout, Tube, Well, sides};
use super::rect::Rect;

/// Sizes that differ between forms.
struct Plan {
    width: f64,
    height: f64,
    card: f64,
    header: f64,
    band: f64,
    line: f64,
    legend: f64,
}

const MARGIN: f64 = 8.0;
const PAD: f64 = 9.0;
/// Gap between a socket's slot, its wait and its belief.
const BETWEEN: f64 = 4.0;
const TERMINAL: f64 = 46.0;

fn plan(form: Form, count: usize) -> Option<Plan> {
    Some(match (form, count) {
        (Form::Flat, 4) => Plan {
            width: 1000.0,
            height: 318.0,
            card: 176.0,
            header: 40.0,
            band: 24.0,
            line: 17.0,
            legend: 6.0,
        },
        (Form::Page, 4) => Plan {
            width: 1040.0,
            height: 408.0,
            card: 186.0,
            header: 66.0,
            band: 28.0,
            line: 20.0,
            legend: 44.0,
        },
        (Form::Slide, 4) => Plan {
            width: 960.0,
            height: 410.0,
            card: 176.0,
            header: 70.0,
            band: 32.0,
            line: 21.0,
            legend: 12.0,
        },
        (Form::Square, 4) => Plan {
            width: 880.0,
            height: 500.0,
            card: 150.0,
            header: 64.0,
            band: 30.0,
            line: 19.0,
            legend: 10.0,
        },
        (Form::Square, 5) => Plan {
            width: 960.0,
            height: 550.0,
            card: 142.0,
            header: 64.0,
            band: 30.0,
            line: 19.0,
            legend: 10.0,
        },
        (Form::Snug, 4) => Plan {
            width: 800.0,
            height: 318.0,
            card: 150.0,
            header: 40.0,
            band: 24.0,
            line: 17.0,
            legend: 6.0,
        },
        (Form::Snug, 5) => Plan {
            width: 940.0,
            height: 330.0,
            card: 142.0,
            header: 40.0,
            band: 24.0,
            line: 17.0,
            legend: 6.0,
        },
        (Form::Flat, 5) => Plan {
            width: 1060.0,
            height: 320.0,
            card: 160.0,
            header: 40.0,
            band: 24.0,
            line: 17.0,
            legend: 6.0,
        },
        (Form::Page, 5) => Plan {
            width: 1040.0,
            height: 408.0,
            card: 160.0,
            header: 60.0,
            band: 28.0,
            line: 20.0,
            legend: 44.0,
        },
        (Form::Slide, 5) => Plan {
            width: 960.0,
            height: 410.0,
            card: 150.0,
            header: 66.0,
            band: 32.0,
            line: 21.0,
            legend: 12.0,
        },
        _ => return None,
    })
}

/// Lays out a long chain; none if there is room for sockets side by side.
pub(super) fn lay_out(form: Form, nodes: &[RoleKind], hops: &[HopView], calls: bool) -> Option<StageLayout> {
    let plan = plan(form, nodes.len())?;
    let rows = hops.iter().map(|hop| hop.rows).max().unwrap_or(1);
    let is_roomy = rows == 1 && nodes.len() == 4 && matches!(form, Form::Page | Form::Slide);
    if is_roomy || hops.iter().any(|hop| hop.is_bare) || nodes.contains(&RoleKind::Network) {
        return None;
    }
    let top = 8.0;
    let step = (plan.width - 2.0 * MARGIN - plan.card) / (nodes.len() - 1) as f64;
    let rect = |node: usize| Rect::new(MARGIN + step * node as f64, top, plan.card, plan.height);
    let cards: Vec<CardBox> =
        (0..nodes.len()).map(|node| card(&plan, rect(node), node, hops, rows, calls)).collect();
    let mut tubes = Vec::new();
    for hop in hops {
        let (Some(left), Some(right)) = (cards.get(hop.left.index()), cards.get(hop.right.index())) else {
            continue;
        };
        let (left, right) = (left.rect, right.rect);
        for row in 0..hop.rows {
            let slot = slot(&plan, left, hop, row, rows);
            // Two lines above the pipe: its number and its ports.
            let named = slot.h >= 64.0;
            let above = if named { 2.2 * form.type_sizes().small } else { 0.0 };
            let h = (slot.h - above - 4.0).min(76.0);
            let y = slot.middle().1 - (h + above) / 2.0 + above;
            let rect = Rect::new(left.right(), y, right.x - left.right(), h);
            tubes.push(Tube { hop: hop.hop, row, rect, upright: false, named, counted: false });
        }
    }
    Some(StageLayout {
        form,
        width: plan.width,
        height: top + plan.height + plan.legend,
        sizes: form.type_sizes(),
        cards,
        tubes,
        legend: matches!(form, Form::Page).then_some(top + plan.height + plan.legend * 0.6),
    })
}

/// The slot of a connection's socket. Hops alternate between upper and lower slots, so both ends are level.
fn slot(plan: &Plan, card: Rect, hop: &HopView, row: u32, rows: u32) -> Rect {
    let place = f64::from(2 * row) + (hop.left.index().min(hop.right.index()) % 2) as f64;
    let all = plan.height - plan.header;
    let each = all / f64::from(2 * rows) - PAD;
    Rect::new(card.x + PAD, card.y + plan.header + (each + PAD) * place, card.w - 2.0 * PAD, each)
}

fn card(plan: &Plan, rect: Rect, node: usize, hops: &[HopView], rows: u32, calls: bool) -> CardBox {
    let header = Rect::new(rect.x + PAD, rect.y, rect.w - 2.0 * PAD, plan.header);
    let sides = sides(node, hops);
    let (mut wells, mut minds, mut terminal) = (Vec::new(), Vec::new(), None);
    let under = plan.band + 2.0 * plan.line + 2.0 * BETWEEN;
    for hop in &sides {
        let mut room = Room::Medium;
        if rows > 1 {
            for row in 0..hop.rows {
                let rect = slot(plan, rect, hop, row, rows);
                let room = if rect.h < 54.0 { Room::Small } else { room };
                wells.push(Well { hop: hop.hop, row, rect, room });
            }
            continue;
        }
        let mut slot = slot(plan, rect, hop, 0, rows);
        if sides.len() == 1 {
            // A node at an end of the chain has one socket, which fills the card.
            let upper = rect.y + plan.header;
            slot = Rect::new(slot.x, upper, slot.w, rect.bottom() - PAD - upper);
            if calls {
                slot.h -= TERMINAL + 8.0;
                terminal = Some(Rect::new(slot.x, slot.bottom() + 8.0, slot.w, TERMINAL));
            }
            room = Room::Full;
        }
        let well = Rect::new(slot.x, slot.y, slot.w, slot.h - under);
        let waiting = Rect::new(slot.x, well.bottom() + BETWEEN, slot.w, plan.band);
        let belief = Rect::new(slot.x, waiting.bottom() + BETWEEN, slot.w, 2.0 * plan.line);
        wells.push(Well { hop: hop.hop, row: 0, rect: well, room });
        minds.push(Mind { hop: hop.hop, waiting, belief, belief_lines: 2 });
    }
    CardBox { rect, header, wells, minds, terminal }
}
