//! The waits on a phone: the hosts below each other, the arrows between them.

use playground_playback::{Selection, WaitArrow, WaitsView};

use super::{MARGIN, Sizes, TAIL, balanced, wait};
use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::px;
use crate::parts::role_class as role;

/// The hosts from top to bottom, each with its bubble above it; between two of them the arrows, one in each half.
pub(super) fn draw(view: &WaitsView, canvas: &Canvas, drawing: &mut Drawing) {
    let sizes = Sizes::new(canvas, view.hosts.len());
    let width = canvas.width - 2.0 * MARGIN;
    let mut y = 8.0;
    for (place, host) in view.hosts.iter().enumerate() {
        let said = sizes.lines(host, canvas, width);
        if !said.is_empty() {
            let height = sizes.bubble_height(&said);
            drawing.add(sizes.bubble(host, &said, (MARGIN, y, width, height)));
            y += height + TAIL + 4.0;
        }
        let height = sizes.card_height(host, width);
        drawing.add(sizes.card(host, canvas, (MARGIN, y, width, height)));
        y += height + 8.0;
        if place + 1 == view.hosts.len() {
            break;
        }
        let crossing = view
            .arrows
            .iter()
            .filter(|arrow| arrow.from.min(arrow.to) <= place && arrow.from.max(arrow.to) > place);
        let down = crossing.clone().find(|arrow| arrow.to > arrow.from);
        let up = crossing.clone().find(|arrow| arrow.to < arrow.from);
        let fit = view.fits.iter().find(|(one, other, _)| (*one, *other) == (place, place + 1));
        let room = if fit.is_some() { sizes.line + 16.0 } else { 0.0 };
        let half = width / 2.0;
        let label = |arrow: Option<&WaitArrow>| {
            arrow.map(|arrow| balanced(&wait(arrow, canvas), canvas.small(), half - 36.0))
        };
        let labels = [label(down), label(up)];
        let most = labels.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let gap = if most > 0 { (most as f64 * sizes.line).max(36.0) } else { 0.0 } + room;
        for (arrow, lines, x) in [(down, &labels[0], MARGIN + 16.0), (up, &labels[1], MARGIN + half + 16.0)] {
            if let (Some(arrow), Some(lines)) = (arrow, lines) {
                drawing.add(straight(view, arrow, lines, (x, y, gap), &sizes, (canvas, room)));
            }
        }
        if let Some((_, _, fit)) = fit {
            drawing.add(Element::group("fit").add_all(sizes.verdict(
                canvas,
                *fit,
                (MARGIN + width * 0.8, y + (sizes.line + 8.0) / 2.0),
            )));
        }
        y += gap + 8.0;
    }
    drawing.height = drawing.height.max(y + 8.0);
}

/// A straight arrow down or up, with its label on its right.
fn straight(
    view: &WaitsView,
    arrow: &WaitArrow,
    lines: &[String],
    (x, top, height): (f64, f64, f64),
    sizes: &Sizes,
    (canvas, above): (&Canvas, f64),
) -> Element {
    let class = role(view.hosts[arrow.from].kind);
    let down = arrow.to > arrow.from;
    let (tail, tip) = if down { (top, top + height) } else { (top + height, top) };
    let back = if down { -12.0 } else { 12.0 };
    let room = (height - above - sizes.line * lines.len() as f64) / 2.0;
    let words = lines.iter().enumerate().map(|(place, line)| {
        let y = top + above + room + sizes.line * (place as f64 + 0.5) + canvas.small() * 0.35;
        Element::text(x + 14.0, y, canvas.small(), line.clone()).class(format!("strong {class}"))
    });
    Element::group("wait")
        .entry(arrow.entry)
        .selects(Selection::of_socket(arrow.key), wait(arrow, canvas))
        .add(Element::line((x, tail), (x, tip + back)).class(format!("arc {class}")))
        .add(Element::path(format!("M{} {} l-7 {back} h14 z", px(x), px(tip))).class(class))
        .add_all(words)
}
