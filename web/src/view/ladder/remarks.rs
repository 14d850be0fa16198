//! Notes beside the lifelines.

use playground_playback::Selection;
use yew::prelude::*;

use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::pick;

use super::plan::{Plan, RemarkPlan};
use super::window::Window;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
    /// The visible range.
    pub(super) window: Window,
    /// Selects the entry that a note is about.
    pub(super) on_select: Callback<Selection>,
}

/// Notes as small cards: discarded octets, failed calls, unread data.
#[component]
pub(super) fn Remarks(props: &Props) -> Html {
    let plan = &*props.plan;
    let shown = plan
        .remarks
        .iter()
        .enumerate()
        .filter(|(_, remark)| props.window.shows(remark.y.min(remark.about.1), remark.y + remark.h));
    html! {
        <g class="ladder-remarks">
            { for shown.map(|(place, remark)| html! { <g key={place}>{ card(props, remark) }</g> }) }
        </g>
    }
}

fn card(props: &Props, remark: &RemarkPlan) -> Html {
    let form = props.plan.form;
    let (onclick, onkeydown) = pick::handlers(remark.selects, &props.on_select);
    let (pad, height) = (form.small * 0.65, form.small * 1.35);
    let (x, y) = (px(remark.x), px(remark.y));
    let (w, h) = (px(remark.w), px(remark.h));
    let near = if remark.x > remark.about.0 { remark.x } else { remark.x + remark.w };
    let middle = remark.about.1.min(remark.y + remark.h - 6.0).max(remark.y + 6.0);
    let leader = format!("M{} {} L{} {}", px(remark.about.0), px(remark.about.1), px(near), px(middle));
    html! {
        <g
            class={classes!("ladder-remark", "focusable", remark.alarming.then_some("is-alarming"))}
            data-entry={remark.selects.entry.map(|entry| entry.to_string())}
            role="button" tabindex="0" aria-label={remark.said.clone()} {onclick} {onkeydown}
        >
            <path class="remark-leader" d={leader} />
            <circle class="remark-dot" cx={px(remark.about.0)} cy={px(remark.about.1)} r={px(form.small * 0.3)} />
            <rect class="remark-box" x={x.clone()} y={y.clone()} width={w.clone()} height={h.clone()} rx="6" />
            <rect class="hit" {x} {y} width={w} height={h} rx="6" />
            { for remark.lines.iter().enumerate().map(|(index, words)| {
                let baseline = remark.y + pad / 2.0 + (index as f64 + 0.5) * height + form.small * 0.36;
                html! { <text key={index} x={px(remark.x + pad)} y={px(baseline)} font-size={px(form.small)}>{ words.clone() }</text> }
            }) }
        </g>
    }
}
