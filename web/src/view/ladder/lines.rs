//! The lines of the arrows, below all labels.

use playground_core::event::PacketId;
use playground_playback::SegmentKind;
use yew::prelude::*;

use crate::rc_eq::RcEq;
use crate::view::common::number::px;

use super::plan::{ArrowPlan, Plan};
use super::window::Window;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
    /// The visible range.
    pub(super) window: Window,
    /// The selected segment.
    pub(super) selected: Option<PacketId>,
}

/// Line and head of each arrow; a lost segment ends in a cross.
#[component]
pub(super) fn Lines(props: &Props) -> Html {
    let plan = &*props.plan;
    let shown = plan.arrows.iter().filter(|arrow| {
        let (top, bottom) = arrow.reach(plan.form);
        props.window.shows(top, bottom)
    });
    html! {
        <g class="ladder-lines" aria-hidden="true">
            { for shown.map(|arrow| line(plan, arrow, props.selected == Some(arrow.id))) }
        </g>
    }
}

/// The class that colours an arrow: by its kind, or by who sent it.
pub(super) const fn kind_class(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Syn | SegmentKind::SynAck => "is-syn",
        SegmentKind::Data => "is-data",
        SegmentKind::Ack | SegmentKind::Probe => "is-ack",
        SegmentKind::Fin => "is-fin",
        SegmentKind::Rst | SegmentKind::Unreachable => "is-rst",
        _ => "is-data is-letter",
    }
}

fn line(plan: &Plan, arrow: &ArrowPlan, selected: bool) -> Html {
    let (from, to) = (arrow.from, arrow.to);
    let class = classes!(
        "ladder-line",
        kind_class(arrow.kind),
        arrow.class,
        arrow.again.then_some("is-again"),
        arrow.lost.then_some("is-lost"),
        selected.then_some("is-selected"),
    );
    let d = format!("M{} {} L{} {}", px(from.0), px(from.1), px(to.0), px(to.1));
    let arm = plan.form.size * 0.62;
    html! {
        <g key={arrow.id.0} {class}>
            if selected {
                <path class="ladder-glow" d={d.clone()} />
            }
            <path class="ladder-stroke" {d} />
            if arrow.lost {
                <path class="ladder-cross" d={cross(to, arm * 0.7)} />
            } else {
                <path class="ladder-tip" d={tip(from, to, arm)} />
            }
        </g>
    }
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
