//! Node names above the lifelines.

use super::lanes::Lane;
use super::plan::Plan;
use crate::element::Element;
use crate::parts::baseline;

/// One chip per node, in its colour.
pub(super) fn heads(plan: &Plan) -> impl Iterator<Item = Element> + '_ {
    plan.lanes.iter().map(|lane| head(plan, lane))
}

fn head(plan: &Plan, lane: &Lane) -> Element {
    let form = plan.form;
    let h = form.size * 2.0 + 2.0;
    let (top, middle) = ((form.heads - h) / 2.0, form.heads / 2.0);
    let left = lane.x - lane.head_width / 2.0;
    let name =
        Element::text(left + form.size * 1.55, baseline(middle, form.size), form.size, lane.head.clone());
    Element::group(lane.class)
        .add(Element::line((lane.x, middle), (lane.x, form.heads)).class("lifeline"))
        .add(Element::rect(left, top, lane.head_width, h).class("ladder-head").number("rx", h / 2.0))
        .add(Element::circle(left + form.size * 0.95, middle, form.size * 0.32).class("ladder-head-dot"))
        .add(name.class("ladder-head-name"))
}
