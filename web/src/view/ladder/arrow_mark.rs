//! The label of one arrow, and its click target.

use playground_playback::Selection;
use yew::prelude::*;

use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::pick;

use super::glyph::glyph;
use super::lines::kind_class;
use super::plan::{ArrowPlan, Plan, Words};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
    /// The index of the arrow.
    pub(super) place: usize,
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Selects it.
    pub(super) on_select: Callback<Selection>,
}

/// An arrow's label on a background, and a wide click target.
#[component]
pub(super) fn ArrowMark(props: &Props) -> Html {
    let Some(arrow) = props.plan.arrows.get(props.place) else { return Html::default() };
    let form = props.plan.form;
    let (onclick, _) = pick::handlers(pick::segment(arrow.id, arrow.entry), &props.on_select);
    let (from, to) = (arrow.from, arrow.to);
    html! {
        <g
            id={mark_id(arrow)}
            class={classes!(
                "ladder-arrow",
                kind_class(arrow.kind),
                arrow.class,
                arrow.lost.then_some("is-lost"),
                props.selected.then_some("is-selected"),
            )}
            data-entry={arrow.entry.to_string()}
            role="option"
            aria-selected={props.selected.to_string()}
            aria-label={arrow.said.clone()}
            {onclick}
        >
            <path
                class="ladder-hit" stroke-width={px(form.line.max(16.0))}
                d={format!("M{} {} L{} {}", px(from.0), px(from.1), px(to.0), px(to.1))}
            />
            if let Some(words) = &arrow.words {
                { worded(&props.plan, arrow, words) }
            }
            if let Some(words) = &arrow.reason {
                <rect class="word-ground" x={px(words.x - words.w / 2.0)} y={px(words.y - form.line / 2.0)} width={px(words.w)} height={px(form.line)} />
                <text class="middle is-quiet" x={px(words.x)} y={px(words.y + form.small * 0.36)} font-size={px(form.small)}>
                    { words.text.clone() }
                </text>
            }
        </g>
    }
}

/// The id of an arrow's mark.
pub(super) fn mark_id(arrow: &ArrowPlan) -> String {
    format!("arrow-{}", arrow.id.0)
}

fn worded(plan: &Plan, arrow: &ArrowPlan, words: &Words) -> Html {
    let form = plan.form;
    let (left, top, right, bottom) = words.bounds(form);
    let sign = super::plan::sign_width(arrow.kind, form);
    let middle = words.x + sign / 2.0;
    let sign_x = left + form.size * 0.4 + sign * 0.42;
    html! {
        <>
            <rect
                class={if words.beside { "word-ground is-beside" } else { "word-ground" }} x={px(left)} y={px(top)} width={px(right - left)} height={px(bottom - top)}
                rx={px((bottom - top) * 0.32)}
            />
            { glyph(arrow.kind, sign_x, words.y, form.size * 0.86) }
            <text class="mono middle ladder-word" x={px(middle)} y={px(words.y + form.size * 0.36)} font-size={px(form.size)}>
                { words.text.clone() }
            </text>
        </>
    }
}
