//! Notes beside the lifelines, as small cards: discarded octets, failed calls, unread data.

use super::lines::straight;
use super::plan::Plan;
use super::remarks::RemarkPlan;
use super::window::Window;
use crate::element::Element;
use crate::parts::{baseline, selection};

/// The notes that are wholly in the window.
pub(super) fn cards(plan: &Plan, window: Window) -> Element {
    let dot = plan.form.small * 0.3;
    let shown = plan.remarks.iter().filter(|remark| {
        let (top, bottom) = (remark.y.min(remark.about.1 - dot), remark.y + remark.h);
        window.holds(top, bottom.max(remark.about.1 + dot))
    });
    Element::group("ladder-remarks").add_all(shown.map(|remark| card(plan, remark)))
}

fn card(plan: &Plan, remark: &RemarkPlan) -> Element {
    let small = plan.form.small;
    let (pad, height) = (small * 0.65, small * 1.35);
    let near = if remark.x > remark.about.0 { remark.x } else { remark.x + remark.w };
    let middle = remark.about.1.min(remark.y + remark.h - 6.0).max(remark.y + 6.0);
    let class = if remark.alarming { "ladder-remark is-alarming" } else { "ladder-remark" };
    let lines = remark.lines.iter().enumerate().map(|(index, words)| {
        let y = remark.y + pad / 2.0 + (index as f64 + 0.5) * height;
        Element::text(remark.x + pad, baseline(y, small), small, words.clone())
    });
    let (x, y) = remark.about;
    Element::group(class)
        .entry(remark.entry)
        .selects(selection(remark.entry), remark.said.clone())
        .add(Element::path(straight(remark.about, (near, middle))).class("remark-leader"))
        .add(Element::circle(x, y, small * 0.3).class("remark-dot"))
        .add(Element::rect(remark.x, remark.y, remark.w, remark.h).class("remark-box").number("rx", 6.0))
        .add_all(lines)
}
