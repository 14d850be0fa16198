//! What stands behind the arrows: time axis, lifelines, waits, compressed stretches.

use playground_playback::{Ladder, Lifeline, WaitingBar, Zigzag};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::shared::Shared;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, fitted};
use crate::view::common::{time_text, words};

use super::scale::Scale;
use super::window::Window;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The ladder.
    pub(super) ladder: Shared<Ladder>,
    /// Its scale.
    pub(super) scale: Scale,
    /// What is in view.
    pub(super) window: Window,
}

/// Bars wider than this many columns share the room.
const BAR: f64 = 7.0;

/// Everything that only depends on the run.
#[component]
pub(super) fn Backdrop(props: &Props) -> Html {
    let text = use_text();
    let (ladder, scale, window) = (&*props.ladder, props.scale, props.window);
    let first = ladder.lifelines.first().map_or(scale.gutter, |line| scale.x(line.x));
    let (top, bottom) = (window.top.max(0.0), window.bottom.min(scale.height));
    let zigzags = ladder.zigzags.iter().filter(|zigzag| window.shows(scale.y(zigzag.y0), scale.y(zigzag.y1)));
    html! {
        <g class="ladder-backdrop" aria-hidden="true">
            { for ladder.ticks.iter().filter(|tick| window.shows(scale.y(tick.y), scale.y(tick.y))).map(|tick| {
                let y = scale.y(tick.y);
                html! {
                    <g key={tick.y.0}>
                        <line class="ladder-tick" x1={px(scale.gutter)} x2={px(first)} y1={px(y)} y2={px(y)} />
                        <text class="mono quiet end" x={px(scale.gutter - 8.0)} y={px(y + 4.0)} font-size={px(scale.size - 1.0)}>
                            { time_text::axis(tick.at) }
                        </text>
                    </g>
                }
            }) }
            { for ladder.lifelines.iter().map(|line| {
                let x = px(scale.x(line.x));
                html! { <line key={line.node.0} class="lifeline" x1={x.clone()} x2={x} y1={px(top)} y2={px(bottom)} /> }
            }) }
            { for zigzags.map(|zigzag| compressed(text, props, zigzag)) }
            { for ladder.bars.iter().filter(|bar| window.shows(scale.y(bar.y0), scale.y(bar.y1))).map(|bar| {
                let class = classes!("ladder-wait", line_of(ladder, bar).map(|line| words::role_class(line.kind)));
                html! {
                    <rect
                        key={bar.entry}
                        {class}
                        x={px(bar_x(scale, bar))} y={px(scale.y(bar.y0))}
                        width={px(BAR)} height={px((scale.y(bar.y1) - scale.y(bar.y0)).max(3.0))} rx="3.5"
                    >
                        <title>{ format!("{} {}", text.plain(words::waiting_key(bar.waiting)), time_text::span(bar.until - bar.since)) }</title>
                    </rect>
                }
            }) }
        </g>
    }
}

fn line_of<'a>(ladder: &'a Ladder, bar: &WaitingBar) -> Option<&'a Lifeline> {
    ladder.lifelines.iter().find(|line| line.node == bar.socket.node)
}

/// The first bar lies on the lifeline, further ones beside it.
fn bar_x(scale: Scale, bar: &WaitingBar) -> f64 {
    scale.x(bar.x) - BAR / 2.0 + f64::from(bar.column.min(8)) * (BAR + 1.5)
}

/// A stretch drawn shorter than it is: zigzags on axis and lifelines, and what is waited for meanwhile.
fn compressed(text: Text, props: &Props, zigzag: &Zigzag) -> Html {
    let (ladder, scale) = (&*props.ladder, props.scale);
    let (y0, y1) = (scale.y(zigzag.y0), scale.y(zigzag.y1));
    let middle = f64::midpoint(y0, y1);
    let last = ladder.lifelines.len().saturating_sub(1);
    let space = (scale.width - scale.gutter) / ladder.lifelines.len().max(1) as f64 - 24.0;
    let waits = ladder.bars.iter().filter(|bar| bar.y0 <= zigzag.y0 && bar.y1 >= zigzag.y1 && bar.column == 0);
    html! {
        <g key={zigzag.y0.0} class="ladder-compressed">
            <rect class="ladder-gap" x={px(scale.gutter)} y={px(y0)} width={px(scale.width - scale.gutter)} height={px(y1 - y0)} />
            { for ladder.lifelines.iter().map(|line| html! { <path class="lifeline-zigzag" d={upright(scale.x(line.x), middle)} /> }) }
            <path class="axis-zigzag" d={upright(scale.gutter - 14.0, middle)} />
            <text class="quiet" x={px(scale.gutter + 6.0)} y={px(y0 + scale.size + 3.0)} font-size={px(scale.size - 1.0)}>
                { text.get("ladder-compressed", &[("time", &time_text::span(zigzag.lasts))]) }
            </text>
            { for waits.map(|bar| {
                let is_last = line_of(ladder, bar).is_some_and(|line| line.node.index() == last);
                let x = bar_x(scale, bar) + if is_last { -6.0 } else { BAR + 6.0 };
                let said = text.plain(words::waiting_key(bar.waiting));
                html! {
                    <text
                        key={bar.entry}
                        class={classes!("ladder-wait-word", is_last.then_some("end"), line_of(ladder, bar).map(|line| words::role_class(line.kind)))}
                        x={px(x)} y={px(middle + scale.size * 0.36)} font-size={px(scale.size)}
                    >
                        { fitted(&said, scale.size, Face::Sans, space) }
                    </text>
                }
            }) }
        </g>
    }
}

/// A zigzag down a line, around `y`.
fn upright(x: f64, y: f64) -> String {
    let at = |dx: f64, dy: f64| format!("{} {}", px(x + dx), px(y + dy));
    let points = [at(0.0, -14.0), at(5.0, -9.0), at(-5.0, -3.0), at(5.0, 3.0), at(-5.0, 9.0), at(0.0, 14.0)];
    format!("M{}", points.join(" L"))
}
