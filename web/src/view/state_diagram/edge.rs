//! An edge of the diagram.

use yew::prelude::*;

use super::routes::{Anchor, Route, head, path};
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Its route.
    pub(super) route: Route,
    /// Its label; empty for none.
    pub(super) words: String,
    /// Font size of the label.
    pub(super) size: f64,
    /// Whether it was taken last.
    pub(super) lit: bool,
    /// Whether it was taken before that.
    pub(super) taken: bool,
    /// Whether it leads out of the present state.
    pub(super) near: bool,
}

/// A line with its head and words.
#[component]
pub(super) fn Edge(props: &Props) -> Html {
    let Route { points, label: ((x, y), anchor) } = &props.route;
    let width = text_width(&props.words, props.size, Face::Sans);
    let (left, anchor) = match anchor {
        Anchor::Start => (*x, "start"),
        Anchor::Middle => (x - width / 2.0, "middle"),
        Anchor::End => (x - width, "end"),
    };
    let class = classes!(
        "state-edge",
        props.lit.then_some("is-lit"),
        props.taken.then_some("is-taken"),
        props.near.then_some("is-near"),
    );
    html! {
        <g {class}>
            <path class="state-way" d={path(points, 12.0)} />
            <path class="state-head" d={head(points, if props.lit { 11.0 } else { 8.5 })} />
            if !props.words.is_empty() {
                if props.lit {
                    <rect class="state-plate" x={px(left - 5.0)} y={px(y - props.size)} width={px(width + 10.0)}
                        height={px(props.size * 1.4)} rx="5" />
                }
                <text class="state-words" x={px(*x)} y={px(*y)} font-size={px(props.size)} text-anchor={anchor}>{ &props.words }</text>
            }
        </g>
    }
}
