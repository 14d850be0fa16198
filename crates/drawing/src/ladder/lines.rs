//! The lines of the arrows, below all labels.

use playground_core::event::PacketId;
use playground_playback::SegmentKind;

use super::arrows::ArrowPlan;
use super::plan::Plan;
use super::window::Window;
use crate::element::Element;
use crate::number::px;

/// Line and head of each arrow; a lost segment ends in a cross.
pub(super) fn lines(plan: &Plan, window: Window, selected: Option<PacketId>) -> Element {
    let shown = plan.arrows.iter().filter_map(|arrow| line(plan, arrow, window, selected == Some(arrow.id)));
    // Slides are read from a distance.
    let class = if plan.form.compact { "ladder-lines is-large" } else { "ladder-lines" };
    Element::group(class).with("aria-hidden", "true").add_all(shown)
}

/// The class that colours an arrow: by its kind, or by who sent it.
const fn kind_class(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Syn | SegmentKind::SynAck => "is-syn",
        SegmentKind::Data => "is-data",
        SegmentKind::Ack | SegmentKind::Probe => "is-ack",
        SegmentKind::Fin => "is-fin",
        SegmentKind::Rst | SegmentKind::Unreachable => "is-rst",
        _ => "is-data is-letter",
    }
}

/// The classes of an arrow's line and of its label.
pub(super) fn classes(name: &str, arrow: &ArrowPlan, is_selected: bool) -> String {
    let mut classes = format!("{name} {} {}", kind_class(arrow.kind), arrow.class);
    for (holds, class) in
        [(arrow.again, " is-again"), (arrow.lost, " is-lost"), (is_selected, " is-selected")]
    {
        if holds {
            classes.push_str(class);
        }
    }
    classes
}

fn line(plan: &Plan, arrow: &ArrowPlan, window: Window, is_selected: bool) -> Option<Element> {
    let (from, to) = window.cut(arrow.from, arrow.to)?;
    let path = |class: &str| Element::path(straight(from, to)).class(class);
    let mut group = Element::group(&classes("ladder-line", arrow, is_selected)).entry(arrow.entry);
    if is_selected {
        group = group.add(path("ladder-glow"));
    }
    group = group.add(path("ladder-stroke"));
    let arm = plan.form.size * 0.62;
    if to != arrow.to {
        return Some(group);
    }
    Some(match arrow.lost {
        true => group.add(Element::path(cross(to, arm * 0.7)).class("ladder-cross")),
        false => group.add(Element::path(tip(arrow.from, to, arm)).class("ladder-tip")),
    })
}

/// A straight path.
pub(super) fn straight(from: (f64, f64), to: (f64, f64)) -> String {
    format!("M{} {} L{} {}", px(from.0), px(from.1), px(to.0), px(to.1))
}

/// The two strokes of an arrow head.
fn tip(from: (f64, f64), to: (f64, f64), arm: f64) -> String {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let stroke = |side: f64| {
        let half = side * arm * 0.55;
        format!("{} {}", px(to.0 - arm * ux - half * uy), px(to.1 - arm * uy + half * ux))
    };
    format!("M{} L{} {} L{}", stroke(1.0), px(to.0), px(to.1), stroke(-1.0))
}

fn cross((x, y): (f64, f64), arm: f64) -> String {
    let (left, right, top, bottom) = (px(x - arm), px(x + arm), px(y - arm), px(y + arm));
    format!("M{left} {top} L{right} {bottom} M{right} {top} L{left} {bottom}")
}
