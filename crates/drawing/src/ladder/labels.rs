//! The labels of the arrows, and what a click on an arrow hits.

use playground_core::event::PacketId;

use super::arrows::{ArrowPlan, Words, sign_width};
use super::glyph::glyph;
use super::lines::{classes, straight};
use super::plan::Plan;
use super::window::Window;
use crate::element::Element;
use crate::parts::baseline;

/// All arrows in the window, as a list to move through by key.
pub(super) fn labels(plan: &Plan, window: Window, selected: Option<PacketId>) -> Element {
    let label = |arrow| label(plan, arrow, window, selected == Some(arrow.id));
    let marks: Vec<Element> = plan.arrows.iter().filter_map(label).collect();
    let active = selected.map(mark_id).filter(|id| marks.iter().any(|mark| mark.get("id") == Some(id)));
    let mut list = Element::group("ladder-arrows")
        .with("role", "listbox")
        .with("tabindex", "0")
        .with("aria-label", plan.text.plain("ladder-title"));
    if let Some(id) = active {
        list = list.with("aria-activedescendant", id);
    }
    list.add_all(marks)
}

/// The id of an arrow's mark.
fn mark_id(id: PacketId) -> String {
    format!("arrow-{}", id.0)
}

/// An arrow's label on a background, and a wide click target.
fn label(plan: &Plan, arrow: &ArrowPlan, window: Window, is_selected: bool) -> Option<Element> {
    let form = plan.form;
    let (from, to) = window.cut(arrow.from, arrow.to)?;
    let hit =
        Element::path(straight(from, to)).class("ladder-hit").number("stroke-width", form.line.max(16.0));
    let mut group = Element::group(&classes("ladder-arrow", arrow, is_selected))
        .with("id", mark_id(arrow.id))
        .entry(arrow.entry)
        .with("role", "option")
        .with("aria-selected", is_selected.to_string())
        .with("aria-label", arrow.said.clone())
        .add(hit);
    group.selects = Some(arrow.selection());
    let holds = |words: &&Words| {
        let (_, top, _, bottom) = words.bounds(form);
        window.holds(top, bottom)
    };
    if let Some(words) = arrow.words.as_ref().filter(holds) {
        group = group.add_all(worded(plan, arrow, words));
    }
    if let Some(words) = arrow.reason.as_ref().filter(holds) {
        let text = Element::text(words.x, baseline(words.y, form.small), form.small, words.text.clone());
        group = group.add(text.class("quiet halo").anchor("middle"));
    }
    Some(group)
}

fn worded(plan: &Plan, arrow: &ArrowPlan, words: &Words) -> Vec<Element> {
    let form = plan.form;
    let (left, top, right, bottom) = words.bounds(form);
    let sign = sign_width(arrow.kind, form);
    let ground = Element::rect(left, top, right - left, bottom - top)
        .class(if words.beside { "word-ground is-beside" } else { "word-ground" })
        .number("rx", (bottom - top) * 0.32);
    let sign_x = left + form.size * 0.4 + sign * 0.42;
    let text =
        Element::text(words.x + sign / 2.0, baseline(words.y, form.size), form.size, words.text.clone());
    let text = text.class("mono ladder-word halo").anchor("middle");
    let mut elements = vec![ground];
    elements.extend(glyph(arrow.kind, sign_x, words.y, form.size * 0.86));
    elements.push(text);
    elements
}
