//! Remarks beside the lifelines.

use playground_playback::{Ladder, LadderNote, Selection};
use yew::prelude::*;

use crate::language::use_text;
use crate::shared::Shared;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width, wrapped};
use crate::view::common::{phrase, pick};

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
    /// Selects the entry that a remark is about.
    pub(super) on_select: Callback<Selection>,
}

/// Notes as small labels: thrown-away octets, failed calls, data nobody reads.
#[component]
pub(super) fn Remarks(props: &Props) -> Html {
    let text = use_text();
    let (ladder, scale) = (&*props.ladder, props.scale);
    let lines = ladder.lifelines.len().max(1) as f64;
    let space = ((scale.width - scale.gutter) / lines - 20.0).max(120.0);
    let shown = ladder.notes.iter().filter(|note| props.window.shows(scale.y(note.y) - 20.0, scale.y(note.y) + 60.0));
    // A remark that would cover the one before it at the same line moves down.
    let mut ends: Vec<(u16, f64)> = Vec::new();
    let notes: Vec<Html> = shown
        .map(|note| {
            let size = scale.size;
            let said = wrapped(&phrase(text, &note.phrase), size, Face::Sans, space - 16.0, 2);
            let h = said.len() as f64 * (size + 4.0) + 8.0;
            let w = said.iter().map(|line| text_width(line, size, Face::Sans)).fold(0.0, f64::max) + 16.0;
            let mut y = scale.y(note.y) - 4.0;
            if let Some((_, end)) = ends.iter().find(|(node, end)| *node == note.node.0 && *end > y) {
                y = end + 3.0;
            }
            ends.retain(|(node, _)| *node != note.node.0);
            ends.push((note.node.0, y + h));
            drawn(props, note, &said, y, w, h)
        })
        .collect();
    html! { <g class="ladder-remarks">{ for notes }</g> }
}

fn drawn(props: &Props, note: &LadderNote, said: &[String], y: f64, w: f64, h: f64) -> Html {
    let scale = props.scale;
    let line = scale.x(note.x);
    // To the right, unless it would reach over the edge.
    let x = if line + 10.0 + w <= scale.width - 4.0 { line + 10.0 } else { (line - 10.0 - w).max(scale.gutter) };
    let (onclick, onkeydown) = pick::handlers(pick::entry(note.entry), &props.on_select);
    let class = classes!("ladder-remark", "focusable", note.alarming.then_some("is-alarming"));
    html! {
        <g key={note.entry} {class} role="button" tabindex="0" aria-label={said.join(" ")} {onclick} {onkeydown}>
            <rect class="hit" x={px(x)} y={px(y)} width={px(w)} height={px(h)} rx="7" />
            <rect class="ladder-remark-box" x={px(x)} y={px(y)} width={px(w)} height={px(h)} rx="7" />
            { for said.iter().enumerate().map(|(index, words)| {
                let baseline = y + 4.0 + (index as f64 + 0.5) * (scale.size + 4.0) + scale.size * 0.36;
                html! { <text key={index} x={px(x + 8.0)} y={px(baseline)} font-size={px(scale.size)}>{ words.clone() }</text> }
            }) }
        </g>
    }
}
