//! The background of the ladder: times, lifelines, waits, compressed stretches.

use playground_playback::Selection;
use yew::prelude::*;

use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::{pick, time_text};

use super::plan::{BarPlan, Lane, Plan, ZigzagPlan};
use super::window::Window;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
    /// The visible range.
    pub(super) window: Window,
    /// Selects the socket that waits.
    pub(super) on_select: Callback<Selection>,
}

/// The parts that depend on the run alone.
#[component]
pub(super) fn Ground(props: &Props) -> Html {
    let (plan, window) = (&*props.plan, props.window);
    let form = plan.form;
    let first = plan.lanes.first().map_or(form.gutter, |lane| lane.x);
    let shown = |y: f64| window.shows(y, y);
    html! {
        <g class="ladder-ground" aria-hidden="true">
            { for plan.zigzags.iter().filter(|zigzag| window.shows(zigzag.top, zigzag.bottom)).map(|zigzag| torn(plan, zigzag)) }
            { for plan.ticks.iter().filter(|tick| shown(form.y(tick.y))).map(|tick| {
                let y = form.y(tick.y);
                html! {
                    <g key={format!("tick-{}", tick.y.0)}>
                        <path class="ladder-tick" d={format!("M{} {} H{}", px(form.gutter - 2.0), px(y), px(first))} />
                        <text class="mono is-quiet end" x={px(form.gutter - 8.0)} y={px(y + form.small * 0.36)} font-size={px(form.small)}>
                            { time_text::axis(tick.at) }
                        </text>
                    </g>
                }
            }) }
            { for plan.lanes.iter().map(|lane| lifeline(plan, lane, window)) }
            { for plan.bars.iter().enumerate().filter(|(_, bar)| window.shows(bar.y, bar.y + bar.h)).map(|(place, bar)| {
                html! { <g key={format!("wait-{place}")}>{ wait(props, bar) }</g> }
            }) }
            { for plan.zigzags.iter().filter(|zigzag| window.shows(zigzag.top, zigzag.bottom)).map(|zigzag| told(plan, zigzag)) }
        </g>
    }
}

/// A lifeline: solid, dotted where time is compressed.
fn lifeline(plan: &Plan, lane: &Lane, window: Window) -> Html {
    let (start, end) = (window.top.max(0.0), window.bottom.min(plan.height));
    let mut y = start;
    let (mut solid, mut dotted) = (String::new(), String::new());
    for zigzag in plan.zigzags.iter().filter(|zigzag| zigzag.bottom > start && zigzag.top < end) {
        solid.push_str(&format!("M{} {} V{}", px(lane.x), px(y), px(zigzag.top.max(y))));
        dotted.push_str(&format!(
            "M{} {} V{}",
            px(lane.x),
            px(zigzag.top.max(y)),
            px(zigzag.bottom.min(end))
        ));
        y = zigzag.bottom;
    }
    if y < end {
        solid.push_str(&format!("M{} {} V{}", px(lane.x), px(y), px(end)));
    }
    html! {
        <g key={format!("lane-{}", lane.node.0)} class={lane.class}>
            <path class="lifeline" d={solid} />
            if !dotted.is_empty() {
                <path class="lifeline is-dotted" d={dotted} />
            }
        </g>
    }
}

fn wait(props: &Props, bar: &BarPlan) -> Html {
    let form = props.plan.form;
    let (onclick, _) = pick::handlers(bar.selects, &props.on_select);
    let x = bar.x + bar.w / 2.0;
    html! {
        <g class={classes!("ladder-wait", bar.class, bar.slim.then_some("is-slim"))} {onclick}>
            <rect x={px(bar.x)} y={px(bar.y)} width={px(bar.w)} height={px(bar.h)} rx={px((bar.w / 2.0).min(4.0))} />
            { for bar.words.iter().map(|words| {
                let turn = format!("translate({} {}) rotate(-90)", px(x + form.small * 0.36), px(words.y));
                html! { <text key={format!("word-{}", words.y.to_bits())} class="middle" transform={turn} font-size={px(form.small)}>{ words.text.clone() }</text> }
            }) }
        </g>
    }
}

/// The band of a compressed interval, torn at both edges, and a zigzag on the time axis.
fn torn(plan: &Plan, zigzag: &ZigzagPlan) -> Html {
    let form = plan.form;
    let tooth = form.small * 0.75;
    let left = form.gutter - 2.0;
    let count = ((plan.width - left) / tooth).ceil() as i32 + 1;
    let edge = |y: f64, step: i32| {
        format!(
            "{} {}",
            px(left + f64::from(step) * tooth),
            px(if step % 2 == 0 { y } else { y + tooth * 0.5 })
        )
    };
    let (top, bottom) = (zigzag.top + tooth * 0.25, zigzag.bottom - tooth * 0.75);
    let along: Vec<String> = (0..=count).map(|step| edge(top, step)).collect();
    let back: Vec<String> = (0..=count).map(|step| edge(bottom, step)).collect();
    let area: Vec<String> = along.iter().cloned().chain(back.iter().rev().cloned()).collect();
    let sign = axis_sign(form.gutter - 8.0 - form.small * 2.6, f64::midpoint(top, bottom), form.small);
    html! {
        <g key={format!("torn-{}", zigzag.top.to_bits())} class="ladder-torn">
            <path class="torn-ground" d={format!("M{} Z", area.join(" L"))} />
            <path class="torn-edge" d={format!("M{} M{}", along.join(" L"), back.join(" L"))} />
            <path class="axis-zigzag" d={sign} />
        </g>
    }
}

/// A zigzag from (x, y) to the right.
fn axis_sign(x: f64, y: f64, size: f64) -> String {
    let step = size * 0.43;
    let points: Vec<String> = (0..=6)
        .map(|place| {
            let rise = match place {
                0 | 6 => 0.0,
                odd if odd % 2 == 1 => -step * 0.9,
                _ => step * 0.9,
            };
            format!("{} {}", px(x + f64::from(place) * step), px(y + rise))
        })
        .collect();
    format!("M{}", points.join(" L"))
}

/// The labels in a compressed interval.
fn told(plan: &Plan, zigzag: &ZigzagPlan) -> Html {
    let form = plan.form;
    let (x, y) = zigzag.at;
    let (size, drop) = (px(form.small), form.small * 0.36);
    html! {
        <g key={format!("told-{}", zigzag.top.to_bits())} class="ladder-told">
            <text class="middle is-quiet" x={px(x)} y={px(y + drop)} font-size={size.clone()}>{ zigzag.words.clone() }</text>
            { for zigzag.waits.iter().enumerate().map(|(place, (class, x, y, words))| html! {
                <text key={place} class={classes!("ladder-wait-word", *class)} x={px(*x)} y={px(y + drop)} font-size={size.clone()}>{ words.clone() }</text>
            }) }
        </g>
    }
}
