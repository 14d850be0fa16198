//! The layout with nodes from left to right.

use playground_playback::{HopView, RoleKind};

use super::form::Form;
use super::layout::{CardBox, Mind, Room, StageLayout, Tube, Well, sides};
use super::rect::Rect;

/// Sizes that differ between the page and slides.
struct Plan {
    width: f64,
    top: f64,
    card: f64,
    header: f64,
    pad: f64,
    band: f64,
    line: f64,
    terminal: f64,
    legend: f64,
    pipe: f64,
}

const SLIDE: Plan = Plan {
    width: 960.0,
    top: 12.0,
    card: 408.0,
    header: 70.0,
    pad: 12.0,
    band: 32.0,
    line: 21.0,
    terminal: 56.0,
    legend: 12.0,
    pipe: 92.0,
};

const FLAT: Plan = Plan {
    width: 1000.0,
    top: 6.0,
    card: 282.0,
    header: 46.0,
    pad: 10.0,
    band: 25.0,
    line: 19.0,
    terminal: 28.0,
    legend: 6.0,
    pipe: 72.0,
};

const SQUARE: Plan = Plan {
    width: 840.0,
    top: 10.0,
    card: 474.0,
    header: 68.0,
    pad: 10.0,
    band: 31.0,
    line: 20.0,
    terminal: 54.0,
    legend: 12.0,
    pipe: 92.0,
};

pub(super) fn lay_out(form: Form, nodes: &[RoleKind], hops: &[HopView], calls: bool) -> StageLayout {
    let mut plan = match form {
        Form::Slide | Form::Tall => SLIDE,
        Form::Page => Plan { legend: 44.0, ..SLIDE },
        Form::Flat => FLAT,
        Form::Snug => Plan { width: 800.0, ..FLAT },
        Form::Square if nodes.len() < 3 => Plan { width: 760.0, card: 430.0, ..SQUARE },
        Form::Square => SQUARE,
    };
    // Four stacked sockets are higher than any card on a low screen.
    if form.is_flat() && hops.iter().any(|hop| hop.rows > 3) {
        plan.card += 32.0;
    }
    if matches!(form, Form::Slide | Form::Page) && nodes.len() > 3 {
        plan.width = if form == Form::Page { 1040.0 } else { 960.0 };
    }
    if !calls && hops.iter().all(|hop| hop.rows == 1) {
        plan.card -= plan.terminal;
    }
    if hops.iter().all(|hop| hop.is_bare) {
        plan.card = 2.0 * plan.header + 32.0;
        if form == Form::Square {
            plan.width = 800.0;
        }
    }
    // Room for the line with the number of connections not shown.
    if hops.iter().any(|hop| hop.rows >= 6) {
        plan.legend = plan.legend.max(22.0);
    }
    let widths = card_widths(form, nodes, hops, plan.pad);
    // Five columns have minimal gaps.
    let is_narrow = nodes.len() > 3 && matches!(form, Form::Square | Form::Snug);
    let margin = if nodes.len() > 4 || is_narrow { 8.0 } else { 20.0 };
    let spare = plan.width - 2.0 * margin - widths.iter().sum::<f64>();
    let gap = spare / nodes.len().saturating_sub(1).max(1) as f64;

    let mut x = if nodes.len() == 1 { (plan.width - widths[0]) / 2.0 } else { margin };
    let mut cards = Vec::with_capacity(nodes.len());
    for (place, width) in widths.iter().enumerate() {
        let rect = Rect::new(x, plan.top, *width, plan.card);
        cards.push(match nodes.get(place) {
            Some(RoleKind::Network) => passing(&plan, rect),
            _ => card(&plan, form, rect, place, hops, nodes.len(), calls),
        });
        x += width + gap;
    }
    let tubes = hops.iter().flat_map(|hop| tubes(&plan, hop, &cards)).collect();
    StageLayout {
        form,
        width: plan.width,
        height: plan.top + plan.card + plan.legend,
        sizes: form.type_sizes(),
        cards,
        tubes,
        legend: matches!(form, Form::Page).then_some(plan.top + plan.card + plan.legend * 0.6),
    }
}

/// A node between two others has two sockets side by side, so its card is wider.
fn card_widths(form: Form, nodes: &[RoleKind], hops: &[HopView], pad: f64) -> Vec<f64> {
    let (one, two): (f64, f64) = match (form, nodes.len()) {
        (Form::Snug, 0..=2) => (308.0, 308.0),
        (Form::Snug, 3) => (184.0, 238.0),
        (Form::Square, 0..=2) => (288.0, 288.0),
        (Form::Square, 3) => (184.0, 264.0),
        (Form::Square | Form::Snug, _) => (148.0, 148.0),
        (_, 0..=2) => (356.0, 356.0),
        (_, 3) => (200.0, 300.0),
        (_, 4) => (176.0, 232.0),
        (_, _) => (148.0, 190.0),
    };
    let width = |node: usize| match nodes.get(node) {
        // A switch or router shows only its name.
        Some(RoleKind::Network) => one.min(PASSING + 2.0 * pad),
        _ if sides(node, hops).len() > 1 => two,
        _ => one,
    };
    (0..nodes.len()).map(width).collect()
}

/// The width of a switch or router: its sign above its name.
const PASSING: f64 = 88.0;

/// A card with only a name.
fn passing(plan: &Plan, rect: Rect) -> CardBox {
    let height = PASSING.min(rect.h);
    let header =
        Rect::new(rect.x + plan.pad, rect.middle().1 - height / 2.0, rect.w - 2.0 * plan.pad, height);
    CardBox { rect, header, wells: Vec::new(), minds: Vec::new(), terminal: None }
}

fn card(
    plan: &Plan,
    form: Form,
    rect: Rect,
    node: usize,
    hops: &[HopView],
    count: usize,
    calls: bool,
) -> CardBox {
    let header = Rect::new(rect.x + plan.pad, rect.y, rect.w - 2.0 * plan.pad, plan.header);
    // A hop without connections has no slots.
    let sides: Vec<HopView> = sides(node, hops).into_iter().filter(|hop| !hop.is_bare).collect();
    let rows = sides.iter().map(|hop| hop.rows).max().unwrap_or(1);
    // Rows align with those of the neighbours: the hop with the most rows decides.
    let most = hops.iter().map(|hop| hop.rows).max().unwrap_or(1).max(rows);
    let inner = Rect::new(
        rect.x + plan.pad,
        rect.y + plan.header,
        rect.w - 2.0 * plan.pad,
        rect.h - plan.header - plan.pad,
    );
    let has_terminal = calls && most <= 3 && count <= 4 && !sides.is_empty();
    let terminal =
        has_terminal.then(|| Rect::new(inner.x, inner.bottom() - plan.terminal, inner.w, plan.terminal));
    let (wells_h, room) = wells_room(plan, form, inner, most, has_terminal, count);

    let between = 8.0;
    let columns = sides.len().max(1) as f64;
    let column = (inner.w - between * (columns - 1.0)) / columns;
    let mut wells = Vec::new();
    for (side, hop) in sides.iter().enumerate() {
        let each = (wells_h - between * f64::from(hop.rows - 1)) / f64::from(hop.rows);
        let room = if hop.rows == 1 && most > 1 { Room::Full } else { room };
        for row in 0..hop.rows {
            let x = inner.x + side as f64 * (column + between);
            let y = inner.y + f64::from(row) * (each + between);
            wells.push(Well { hop: hop.hop, row, rect: Rect::new(x, y, column, each), room });
        }
    }

    let mut minds = Vec::new();
    if most == 1 {
        let first_band = inner.y + wells_h + 7.0;
        // On low screens a wide card has its wait beside its name.
        let in_head = form.is_flat() && count <= 2;
        let bands = if in_head { 0.0 } else { sides.len() as f64 };
        let mut y = first_band + (plan.band + 3.0) * bands + 2.0;
        let is_high = form == Form::Square || form == Form::Slide && count > 3;
        let belief_lines = if in_head || sides.len() > 1 && !is_high { 1 } else { 2 };
        for (side, hop) in sides.iter().enumerate() {
            let band = first_band + (plan.band + 3.0) * side as f64;
            let waiting = if in_head {
                Rect::new(inner.x + inner.w * 0.46, rect.y + 10.0, inner.w * 0.54, plan.band)
            } else {
                Rect::new(inner.x, band, inner.w, plan.band)
            };
            minds.push(Mind {
                hop: hop.hop,
                waiting,
                belief: Rect::new(inner.x, y, inner.w, plan.line * belief_lines as f64),
                belief_lines,
            });
            y += plan.line * belief_lines as f64 + 2.0;
        }
    }
    CardBox { rect, header, wells, minds, terminal }
}

fn wells_room(
    plan: &Plan,
    form: Form,
    inner: Rect,
    most: u32,
    has_terminal: bool,
    count: usize,
) -> (f64, Room) {
    if most == 1 && form.is_flat() {
        return if count <= 2 { (150.0, Room::Broad) } else { (86.0, Room::Medium) };
    }
    if most == 1 {
        return match count <= 2 {
            true => (if form == Form::Square { 206.0 } else { 196.0 }, Room::Broad),
            false => (134.0, Room::Full),
        };
    }
    let below = if has_terminal { plan.terminal + 8.0 } else { 0.0 };
    (inner.h - below, if most <= 3 { Room::Medium } else { Room::Small })
}

fn tubes(plan: &Plan, hop: &HopView, cards: &[CardBox]) -> Vec<Tube> {
    let (Some(left), Some(right)) = (cards.get(hop.left.index()), cards.get(hop.right.index())) else {
        return Vec::new();
    };
    let (x, until) = (left.rect.right(), right.rect.x);
    // Level with the sockets at both ends; centred without sockets.
    let wells = || left.wells.iter().chain(&right.wells);
    let well = |row: u32| {
        let found = wells().find(|well| well.hop == hop.hop && well.row == row).map(|well| well.rect);
        found.or((row == 0).then_some(left.rect))
    };
    (0..hop.rows)
        .filter_map(|row| {
            let rect = well(row)?;
            // Room for its name above the pipe.
            let named = rect.h >= 60.0;
            let name = if named { 16.0 } else { 0.0 };
            let h = plan.pipe.min(rect.h - name);
            let y = rect.middle().1 - h / 2.0 + if rect.h < 110.0 { name / 2.0 } else { 0.0 };
            Some(Tube {
                hop: hop.hop,
                row,
                rect: Rect::new(x, y, until - x, h),
                upright: false,
                named,
                counted: false,
            })
        })
        .collect()
}
