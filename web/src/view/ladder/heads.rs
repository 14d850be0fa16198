//! Node names above the lifelines, always in view.

use yew::prelude::*;

use crate::rc_eq::RcEq;
use crate::view::common::number::px;

use super::plan::Plan;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
}

/// One chip per node, in its colour.
#[component]
pub(super) fn Heads(props: &Props) -> Html {
    let plan = &*props.plan;
    let form = plan.form;
    let h = form.size * 2.0 + 2.0;
    let (top, middle) = ((form.heads - h) / 2.0, form.heads / 2.0);
    html! {
        <svg class="ladder-heads" width={px(plan.width)} height={px(form.heads)} aria-hidden="true">
            { for plan.lanes.iter().map(|lane| {
                let left = lane.x - lane.head_width / 2.0;
                html! {
                    <g key={lane.node.0} class={lane.class}>
                        <path class="lifeline" d={format!("M{} {} V{}", px(lane.x), px(middle), px(form.heads))} />
                        <rect class="ladder-head" x={px(left)} y={px(top)} width={px(lane.head_width)} height={px(h)} rx={px(h / 2.0)} />
                        <circle class="ladder-head-dot" cx={px(left + form.size * 0.95)} cy={px(middle)} r={px(form.size * 0.32)} />
                        <text class="ladder-head-name" x={px(left + form.size * 1.55)} y={px(middle + form.size * 0.36)} font-size={px(form.size)}>
                            { lane.head.clone() }
                        </text>
                    </g>
                }
            }) }
        </svg>
    }
}
