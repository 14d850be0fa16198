//! Nodes from left to right: one a column, or around a hub.

use playground_core::event::HopId;
use playground_playback::{HopView, RoleKind};

use crate::canvas::Canvas;
use crate::text_width::{Face, text_width};

use super::badge::badge_width;
use super::form::{Detail, Form};
use super::layout::{Card, Layout, Mind, Tube, Well, columns, sides, used_sides};
use super::rect::Rect;

/// Between the picture and its border; inside a card; between slots; between cards of a column.
const MARGIN: f64 = 16.0;
const PAD: f64 = 10.0;
const BETWEEN: f64 = 8.0;
const APART: f64 = 14.0;
/// The breadth of a pipe.
const PIPE: f64 = 92.0;
/// The widest cards.
const WIDEST: (f64, f64) = (380.0, 440.0);
/// The width of a switch or router.
const PASSING: f64 = 112.0;
/// A canvas of this size shows everything at its natural size; a much larger one has a larger picture.
const NATURAL: (f64, f64) = (1_100.0, 560.0);

/// Lays it out with as much detail as there is room for; none where letters would be too small to read.
pub fn lay_out(nodes: &[RoleKind], hops: &[HopView], calls: bool, canvas: &Canvas) -> Option<Layout> {
    let larger = (canvas.width / NATURAL.0).min(canvas.height / NATURAL.1);
    let scale = if larger > 1.15 { larger } else { 1.0 };
    let room = (canvas.width / scale, canvas.height / scale);
    (0..4).find_map(|less| {
        Detail::ALL.into_iter().find_map(|detail| {
            let form = Form::new(canvas, f64::from(less), detail);
            let plan = Plan::new(form, nodes, hops, calls, room.0)?;
            plan.lay_out(room, scale)
        })
    })
}

/// The widths, and what the cards have.
#[derive(Clone)]
struct Plan<'a> {
    form: Form,
    nodes: &'a [RoleKind],
    hops: &'a [HopView],
    columns: Vec<Vec<usize>>,
    hub: Option<usize>,
    widths: Vec<f64>,
    gap: f64,
    /// Whether the sockets of a node between two others stand side by side, not one above the other.
    beside: bool,
    /// Rows of pipes of the hop that has most.
    rows: u32,
    calls: bool,
}

impl<'a> Plan<'a> {
    fn new(form: Form, nodes: &'a [RoleKind], hops: &'a [HopView], calls: bool, width: f64) -> Option<Self> {
        let (columns, hub) = columns(nodes, hops);
        let rows = hops.iter().map(|hop| hop.rows).max().unwrap_or(1);
        let calls = calls && form.detail.calls > 0 && rows <= 3;
        let plan =
            Self { form, nodes, hops, columns, hub, widths: Vec::new(), gap: 0.0, beside: true, rows, calls };
        let between = |node: usize| nodes[node] != RoleKind::Network && sides(node, hops).len() > 1;
        if hub.is_some() || !(0..nodes.len()).any(between) {
            return plan.with_widths(width, 72.0);
        }
        let stacked = Self { beside: false, calls: false, ..plan.clone() };
        plan.with_widths(width, 100.0).or_else(|| stacked.with_widths(width, 58.0))
    }

    /// Cards share the width with pipes, none of which is shorter than `least`.
    fn with_widths(mut self, width: f64, least: f64) -> Option<Self> {
        let count = self.columns.len() as f64;
        let room = width - 2.0 * MARGIN;
        let number = if self.rows > 1 { badge_width(9, self.form.small * 0.6) + 6.0 } else { 0.0 };
        let well = text_width("ESTABLISHED", self.form.mono, Face::Mono) + 14.0 + number;
        let share = match self.columns.len() {
            ..=2 => 0.74,
            3 if self.hub.is_some() => 0.76,
            3 => 0.7,
            4 => 0.68,
            _ => 0.74,
        };
        let is_double = |column: &Vec<usize>| {
            self.beside && self.hub.is_none() && column.iter().any(|node| sides(*node, self.hops).len() > 1)
        };
        let passes = |column: &Vec<usize>| column.iter().all(|node| self.nodes[*node] == RoleKind::Network);
        let weight = |column: &Vec<usize>| if is_double(column) { 1.7 } else { 1.0 };
        let passing = self.columns.iter().filter(|column| passes(column)).count() as f64 * PASSING;
        let weights: f64 = self.columns.iter().filter(|column| !passes(column)).map(weight).sum();
        let unit = (room * share - passing) / weights.max(1.0);
        self.widths = self
            .columns
            .iter()
            .map(|column| match (passes(column), is_double(column)) {
                (true, _) => PASSING,
                (_, true) => (1.7 * unit).clamp(2.0 * well + BETWEEN + 2.0 * PAD, WIDEST.1),
                _ => unit.clamp(well + 2.0 * PAD, WIDEST.0),
            })
            .collect();
        self.gap = (room - self.widths.iter().sum::<f64>()) / (count - 1.0).max(1.0);
        (count < 2.0 || self.gap >= least).then_some(self)
    }

    fn lay_out(self, room: (f64, f64), scale: f64) -> Option<Layout> {
        let form = self.form;
        let mut cards = if self.hub.is_some() { self.star() } else { self.chain() };
        let bottom = |cards: &[Card]| cards.iter().map(|card| card.rect.bottom()).fold(0.0, f64::max);
        let high = bottom(&cards);
        let hidden = self.rows >= 6;
        let foot = if form.detail.legend || hidden { form.small + 20.0 } else { 0.0 };
        // Counters hang over the lower edge of a card.
        let around = 8.0 + form.small * 0.7 + 6.0;
        if high + foot + around > room.1 {
            return None;
        }
        let (left, top) = (MARGIN, 8.0 + ((room.1 - high - foot - around) / 2.0).max(0.0));
        for card in &mut cards {
            card.move_by(left, top);
        }
        let tubes = self.hops.iter().flat_map(|hop| self.tubes(hop, &cards)).collect();
        let legend = (foot > 0.0).then_some(top + high + foot * 0.7);
        Some(Layout { form, width: room.0, height: room.1, cards, tubes, brief: false, legend, scale })
    }

    fn x(&self, column: usize) -> f64 {
        let alone = if self.columns.len() == 1 { self.gap / 2.0 } else { 0.0 };
        alone + self.widths[..column].iter().sum::<f64>() + self.gap * column as f64
    }

    /// The height of a wait and a belief.
    fn mind(&self, sides: usize) -> f64 {
        let detail = self.form.detail;
        if self.rows > 1 || sides == 0 {
            return 0.0;
        }
        let waits = if detail.waits { self.form.band() + 4.0 } else { 0.0 };
        let lines = if sides > 1 { detail.belief.min(1) } else { detail.belief };
        sides as f64 * (waits + lines as f64 * self.form.line()) + 4.0
    }

    /// One node a column. Sockets at both ends of a connection are level.
    fn chain(&self) -> Vec<Card> {
        let form = self.form;
        let header = form.header();
        let is_used = self.hops.iter().any(|hop| !hop.is_bare);
        if !is_used {
            let high = header + form.name;
            return (0..self.nodes.len()).map(|node| self.bare(node, 0.0, high)).collect();
        }
        let double = self.nodes.len() > 2 && !self.beside;
        let step = if double { 2 } else { 1 };
        let unit = form.well() + if double { self.mind(1) } else { 0.0 } + BETWEEN;
        let slots = self.rows * step;
        let most = (0..self.nodes.len()).filter(|node| self.nodes[*node] != RoleKind::Network);
        let most = most.map(|node| sides(node, self.hops).len()).max().unwrap_or(1);
        let mind = if double { 0.0 } else { self.mind(most.min(2)) };
        let terminal = if self.calls { form.terminal() + BETWEEN } else { 0.0 };
        let high = header + f64::from(slots) * unit + mind + terminal + PAD - BETWEEN / 2.0;
        let slot = |hop: &HopView, row: u32| {
            let parity = if double { hop.left.index() as u32 % 2 } else { 0 };
            header + f64::from(row * step + parity) * unit
        };
        let card = |node: usize| {
            if self.nodes[node] == RoleKind::Network {
                return self.bare(node, 0.0, high);
            }
            let sides = sides(node, self.hops);
            let width = self.widths[node];
            let mut card = Card { rect: Rect::new(self.x(node), 0.0, width, high), ..Card::default() };
            let inner = width - 2.0 * PAD;
            let beside = if double { 1.0 } else { sides.len().max(1) as f64 };
            let each = (inner - BETWEEN * (beside - 1.0)) / beside;
            for (side, hop) in sides.iter().enumerate() {
                let x = card.rect.x + PAD + if double { 0.0 } else { side as f64 * (each + BETWEEN) };
                for row in 0..hop.rows {
                    let rect = Rect::new(x, slot(hop, row), each, form.well());
                    card.wells.push(Well { hop: hop.hop, row, rect });
                }
                if self.rows == 1 {
                    let (y, sides) = if double {
                        (slot(hop, 0) + form.well() + 4.0, 1)
                    } else {
                        (header + unit, sides.len())
                    };
                    card.minds.extend(self.minds(
                        hop.hop,
                        side % sides,
                        sides,
                        (card.rect.x + PAD, y, inner),
                    ));
                }
            }
            if double {
                // Only around its sockets.
                let tops = card.wells.iter().map(|well| well.rect.y);
                let (first, last) = (tops.clone().fold(f64::INFINITY, f64::min), tops.fold(0.0, f64::max));
                if first.is_finite() {
                    card.rect.y = first - header;
                    card.rect.h = last + unit + PAD - BETWEEN / 2.0 - card.rect.y;
                }
            }
            card.header = Rect::new(card.rect.x + PAD, card.rect.y, inner, header);
            if self.calls {
                let y = card.rect.bottom() - PAD - form.terminal();
                card.terminal = Some(Rect::new(card.rect.x + PAD, y, inner, form.terminal()));
            }
            card
        };
        (0..self.nodes.len()).map(card).collect()
    }

    /// The wait and the belief of the `side`th of `sides` connections, in the place `(x, y, width)`.
    fn minds(&self, hop: HopId, side: usize, sides: usize, (x, y, w): (f64, f64, f64)) -> Option<Mind> {
        let (form, detail) = (self.form, self.form.detail);
        if !detail.waits && detail.belief == 0 {
            return None;
        }
        let (side, sides_f) = (side as f64, sides as f64);
        let band = if detail.waits { form.band() } else { 0.0 };
        let pitch = if detail.waits { band + 4.0 } else { 0.0 };
        let lines = if sides > 1 { detail.belief.min(1) } else { detail.belief };
        let high = lines as f64 * form.line();
        let waiting = Rect::new(x, y + side * pitch, w, band);
        let belief = Rect::new(x, y + sides_f * pitch + side * high, w, high);
        Some(Mind { hop, waiting, belief, lines, mixed: sides > 1 })
    }

    /// A card with only a name.
    fn bare(&self, node: usize, y: f64, high: f64) -> Card {
        let column = self.columns.iter().position(|column| column.contains(&node)).unwrap_or(0);
        let rect = Rect::new(self.x(column), y, self.widths[column], high);
        let header =
            self.form.header().max(if self.nodes[node] == RoleKind::Network { high.min(90.0) } else { 0.0 });
        let y = rect.middle().1 - header.min(high) / 2.0;
        let header = Rect::new(rect.x + PAD, y, rect.w - 2.0 * PAD, header.min(high));
        Card { rect, header, ..Card::default() }
    }

    /// Around a hub: clients left, all others right.
    fn star(&self) -> Vec<Card> {
        let mut cards = vec![Card::default(); self.nodes.len()];
        let heights: Vec<f64> = self
            .columns
            .iter()
            .map(|column| {
                let all: f64 = column.iter().map(|node| self.around(*node, column.len() == 1).rect.h).sum();
                all + APART * (column.len() as f64 - 1.0)
            })
            .collect();
        let high = heights.iter().copied().fold(self.form.header() + 40.0, f64::max);
        for (place, column) in self.columns.iter().enumerate() {
            let mut y = (high - heights[place]) / 2.0;
            for node in column {
                if Some(*node) == self.hub {
                    cards[*node] = self.bare(*node, 0.0, high);
                    continue;
                }
                let mut card = self.around(*node, column.len() == 1);
                card.move_by(self.x(place), y);
                y = card.rect.bottom() + APART;
                cards[*node] = card;
            }
        }
        cards
    }

    /// A card beside the hub, as high as what it shows, at the origin.
    fn around(&self, node: usize, alone: bool) -> Card {
        let form = self.form;
        let column = self.columns.iter().position(|column| column.contains(&node)).unwrap_or(0);
        let (width, header) = (self.widths[column], form.header());
        let inner = width - 2.0 * PAD;
        let mut card = Card { header: Rect::new(PAD, 0.0, inner, header), ..Card::default() };
        let mut y = header;
        for hop in used_sides(node, self.hops).iter().filter(|_| self.nodes[node] != RoleKind::Network) {
            for row in 0..hop.rows {
                card.wells.push(Well { hop: hop.hop, row, rect: Rect::new(PAD, y, inner, form.well()) });
                y += form.well() + BETWEEN;
            }
            if alone && hop.rows == 1 {
                card.minds.extend(self.minds(hop.hop, 0, 1, (PAD, y, inner)));
                y += self.mind(1);
            }
        }
        let foot = if card.wells.is_empty() { 4.0 } else { PAD - BETWEEN };
        card.rect = Rect::new(0.0, 0.0, width, y + foot.max(0.0) + 2.0);
        card
    }

    /// The pipes of a hop, level with the sockets at their ends.
    fn tubes(&self, hop: &HopView, cards: &[Card]) -> Vec<Tube> {
        let (left, right) = (&cards[hop.left.index()], &cards[hop.right.index()]);
        // A node behind the hub may be left of it in the scenario.
        let (left, right) = if left.rect.x < right.rect.x { (left, right) } else { (right, left) };
        let (x, w) = (left.rect.right(), right.rect.x - left.rect.right());
        let small = self.form.small;
        let name = if w < 130.0 { 2.3 * small + 4.0 } else { small + 9.0 };
        let level = |row: u32| {
            let wells = left.wells.iter().chain(&right.wells);
            let found =
                wells.filter(|well| (well.hop, well.row) == (hop.hop, row)).map(|well| well.rect).next();
            let lower = if left.rect.h < right.rect.h { left.rect } else { right.rect };
            found.unwrap_or(lower)
        };
        let tube = |row: u32| {
            let place = level(row);
            let named = !hop.is_bare && place.h - name >= 44.0;
            let above = if named { name } else { 0.0 };
            let least = if hop.rows == 1 { 48.0f64.min(left.rect.h.min(right.rect.h) - 4.0) } else { 0.0 };
            let h = (place.h - above - 2.0).min(PIPE).max(least);
            let y = place.middle().1 + (above - h) / 2.0;
            let rect = Rect::new(x, y, w, h);
            Tube { hop: hop.hop, row, rect, upright: false, named, counted: false }
        };
        (0..hop.rows).map(tube).collect()
    }
}

impl Card {
    fn move_by(&mut self, x: f64, y: f64) {
        let wells = self.wells.iter_mut().map(|well| &mut well.rect);
        let minds = self.minds.iter_mut().flat_map(|mind| [&mut mind.waiting, &mut mind.belief]);
        let own = [&mut self.rect, &mut self.header].into_iter().chain(&mut self.terminal);
        for rect in wells.chain(minds).chain(own) {
            rect.x += x;
            rect.y += y;
        }
    }
}
