//! One arrow of the ladder.

use playground_playback::{Arrow, SegmentKind, Selection};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, fitted, text_width};
use crate::view::common::{pick, words};

use super::scale::Scale;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The segment.
    pub(super) arrow: Arrow,
    /// The ladder's scale.
    pub(super) scale: Scale,
    /// The class of the sending node.
    pub(super) role: &'static str,
    /// Names of sender and receiver.
    pub(super) between: (AttrValue, AttrValue),
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Selects it.
    pub(super) on_select: Callback<Selection>,
}

/// A slanted arrow with its words in a gap; a lost one ends in a cross.
#[component]
pub(super) fn ArrowLine(props: &Props) -> Html {
    let text = use_text();
    let (arrow, scale) = (&props.arrow, props.scale);
    let (ax, ay) = (scale.x(arrow.x0), scale.y(arrow.y0));
    let (bx, by) = (scale.x(arrow.x1), scale.y(arrow.y1));
    let at = |part: f64| (ax + (bx - ax) * part, ay + (by - ay) * part);
    let (tip_x, tip_y) = arrow.lost.map_or((bx, by), |(part, _)| at(part));
    let (onclick, _) = pick::handlers(pick::segment(arrow.id, arrow.entry), &props.on_select);
    let kind = match arrow.kind {
        SegmentKind::Syn | SegmentKind::SynAck => "is-syn",
        SegmentKind::Data => "is-data",
        SegmentKind::Ack | SegmentKind::Probe => "is-ack",
        SegmentKind::Fin => "is-fin",
        SegmentKind::Rst => "is-rst",
    };
    let words = arrow.label_at.map(|part| {
        let (x, y) = at(part);
        let room = (bx - ax).abs() - 20.0;
        let label = label(text, arrow, scale.size, room);
        html! {
            <text class="mono middle ladder-word" x={px(x)} y={px(y + scale.size * 0.36)} font-size={px(scale.size)}>{ label }</text>
        }
    });
    html! {
        <g
            id={format!("arrow-{}", arrow.id.0)}
            class={classes!(
                "ladder-arrow", kind, props.role,
                arrow.lost.is_some().then_some("is-lost"),
                props.selected.then_some("is-selected"),
            )}
            role="option"
            aria-selected={props.selected.to_string()}
            aria-label={spoken(text, props)}
            {onclick}
        >
            <line class="hit" x1={px(ax)} y1={px(ay)} x2={px(tip_x)} y2={px(tip_y)} />
            <line class="ladder-line" x1={px(ax)} y1={px(ay)} x2={px(tip_x)} y2={px(tip_y)} />
            if arrow.lost.is_some() {
                <path class="ladder-cross" d={cross(tip_x, tip_y)} />
            } else {
                <path class="ladder-tip" d={tip(ax, ay, bx, by)} />
            }
            { words }
        </g>
    }
}

/// The longest of the arrow's labels that fits.
fn label(text: Text, arrow: &Arrow, size: f64, room: f64) -> String {
    let mut long = arrow.label.to_string();
    if arrow.retransmission {
        long = text.get("ladder-again", &[("label", &arrow.label)]);
    }
    if text_width(&long, size, Face::Mono) <= room {
        return long;
    }
    fitted(&arrow.short, size, Face::Mono, room)
}

/// The two strokes of an arrow head at (bx, by).
fn tip(ax: f64, ay: f64, bx: f64, by: f64) -> String {
    let length = ((bx - ax).powi(2) + (by - ay).powi(2)).sqrt().max(1.0);
    let (ux, uy) = ((bx - ax) / length, (by - ay) / length);
    let arm = |side: f64| {
        let (x, y) = (bx - 8.0 * ux - side * 4.2 * uy, by - 8.0 * uy + side * 4.2 * ux);
        format!("{} {}", px(x), px(y))
    };
    format!("M{} L{} {} L{}", arm(1.0), px(bx), px(by), arm(-1.0))
}

fn cross(x: f64, y: f64) -> String {
    let (l, r, t, b) = (px(x - 5.0), px(x + 5.0), px(y - 5.0), px(y + 5.0));
    format!("M{l} {t} L{r} {b} M{r} {t} L{l} {b}")
}

fn spoken(text: Text, props: &Props) -> String {
    let (from, to) = &props.between;
    let arrow = &props.arrow;
    match arrow.lost {
        Some((_, reason)) => {
            let reason = text.plain(words::drop_key(reason));
            text.get("stage-flight-lost", &[("label", &arrow.label), ("from", from), ("to", to), ("reason", &reason)])
        }
        None => text.get("stage-flight", &[("label", &arrow.label), ("from", from), ("to", to)]),
    }
}
