//! An edge of the diagram.

use yew::prelude::*;

use super::routes::{Anchor, Route, head, path};
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};

/// An edge and how it is drawn.
pub(super) struct Edge {
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

impl Edge {
    /// A line with its head and words.
    pub(super) fn draw(&self) -> Html {
        let Route { points, label: ((x, y), anchor) } = &self.route;
        let width = text_width(&self.words, self.size, Face::Sans);
        let (left, anchor) = match anchor {
            Anchor::Start => (*x, "start"),
            Anchor::Middle => (x - width / 2.0, "middle"),
            Anchor::End => (x - width, "end"),
        };
        let class = classes!(
            "state-edge",
            self.lit.then_some("is-lit"),
            self.taken.then_some("is-taken"),
            self.near.then_some("is-near"),
        );
        html! {
            <g {class}>
                <path class="state-way" d={path(points, 12.0)} />
                <path class="state-head" d={head(points, if self.lit { 11.0 } else { 8.5 })} />
                if !self.words.is_empty() {
                    if self.lit {
                        <rect class="state-plate" x={px(left - 5.0)} y={px(y - self.size)} width={px(width + 10.0)}
                            height={px(self.size * 1.4)} rx="5" />
                    }
                    <text class="state-words" x={px(*x)} y={px(*y)} font-size={px(self.size)} text-anchor={anchor}>{ &self.words }</text>
                }
            </g>
        }
    }
}
