//! The names above the lifelines; they stay while the ladder scrolls.

use playground_playback::Ladder;
use yew::prelude::*;

use crate::language::use_text;
use crate::shared::Shared;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::words;

use super::scale::Scale;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The ladder.
    pub(super) ladder: Shared<Ladder>,
    /// Its scale.
    pub(super) scale: Scale,
}

/// One chip a node, in its colour.
#[component]
pub(super) fn Heads(props: &Props) -> Html {
    let text = use_text();
    let scale = props.scale;
    html! {
        <svg class="ladder-heads" viewBox={format!("0 0 {} 34", px(scale.width))} aria-hidden="true">
            { for props.ladder.lifelines.iter().map(|line| {
                let name = words::node_name(text, &line.name);
                let w = text_width(&name, scale.size, Face::Sans) + 22.0;
                let x = scale.x(line.x);
                html! {
                    <g key={line.node.0} class={words::role_class(line.kind)}>
                        <rect class="ladder-head" x={px(x - w / 2.0)} y="5" width={px(w)} height="24" rx="12" />
                        <text class="middle ladder-head-name" x={px(x)} y={px(17.0 + scale.size * 0.36)} font-size={px(scale.size)}>
                            { name }
                        </text>
                    </g>
                }
            }) }
        </svg>
    }
}
