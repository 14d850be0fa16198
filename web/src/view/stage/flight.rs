//! A segment on its lane.

use playground_playback::{FlightPhase, FlightView, Selection};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::view::common::number::{px, translate};
use crate::view::common::{pick, words};

use super::flight_shape::Shape;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The segment.
    pub(super) flight: FlightView,
    /// Its shape.
    pub(super) shape: Shape,
    /// Centre.
    pub(super) x: f64,
    /// Centre.
    pub(super) y: f64,
    /// The number of stacked cards.
    pub(super) stacked: u32,
    /// Whether there is no room behind it.
    pub(super) begins: bool,
    /// The class of the sending node.
    pub(super) role: &'static str,
    /// Names of sender and receiver, for the label.
    pub(super) between: (AttrValue, AttrValue),
    /// Whether it is selected.
    pub(super) selected: bool,
    /// Selects it.
    pub(super) on_select: Callback<Selection>,
}

/// A segment in flight; a lost one cracks and falls.
#[component]
pub(super) fn Flight(props: &Props) -> Html {
    let text = use_text();
    let flight = &props.flight;
    let ahead = if flight.rightward { 1.0 } else { -1.0 };
    let (onclick, onkeydown) = pick::handlers(pick::segment(flight.id, flight.entry), &props.on_select);
    let shape = &props.shape;
    // Their number is behind them, or ahead at the start of the pipe.
    let behind = if props.begins { ahead } else { -ahead };
    let (place, opacity, lost) = match flight.phase {
        FlightPhase::Lost { fall, .. } => {
            let place = format!(
                "translate({} {}) rotate({})",
                px(props.x),
                px(props.y + fall * fall * 54.0),
                px(ahead * fall * 24.0)
            );
            (place, Some(format!("{:.2}", 1.0 - fall * 0.75)), true)
        }
        FlightPhase::Queued | FlightPhase::Flying => (translate(props.x, props.y), None, false),
    };
    let hit = (shape.w.max(28.0) + 8.0, shape.h.max(24.0) + 8.0);
    html! {
        <g
            class={classes!("flight", "focusable", props.role, lost.then_some("is-lost"), props.selected.then_some("is-selected"))}
            transform={place}
            {opacity}
            data-entry={flight.entry.to_string()}
            role="button"
            tabindex="0"
            aria-label={label(text, props)}
            aria-pressed={props.selected.to_string()}
            {onclick}
            {onkeydown}
        >
            <rect class="hit" x={px(-hit.0 / 2.0)} y={px(-hit.1 / 2.0)} width={px(hit.0)} height={px(hit.1)} rx="8" />
            { shape.draw(ahead, flight.retransmission) }
            if lost {
                <path class="flight-crack" d={crack(shape)} />
            } else if props.stacked > 1 {
                <text
                    class={classes!("mono", "flight-count", (behind < 0.0).then_some("end"))}
                    x={px(behind * (shape.w / 2.0 + 5.0))} y={px(-shape.h * 0.25)} font-size={px(shape.size - 0.5)}
                >
                    { format!("×{}", props.stacked) }
                </text>
            }
        </g>
    }
}

fn crack(shape: &Shape) -> String {
    let (w, h) = (shape.w, shape.h);
    format!(
        "M{} {} L{} {} L{} {} L{} {}",
        px(-w * 0.08),
        px(-h * 0.62),
        px(w * 0.05),
        px(-h * 0.18),
        px(-w * 0.06),
        px(h * 0.16),
        px(w * 0.08),
        px(h * 0.62)
    )
}

fn label(text: Text, props: &Props) -> String {
    let (from, to) = &props.between;
    let arguments = [("label", &*props.flight.label), ("from", from.as_str()), ("to", to.as_str())];
    match props.flight.phase {
        FlightPhase::Lost { reason, .. } => {
            let reason = text.plain(words::drop_key(reason));
            text.get("stage-flight-lost", &[arguments[0], arguments[1], arguments[2], ("reason", &reason)])
        }
        _ => text.get("stage-flight", &arguments),
    }
}
