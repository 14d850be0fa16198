//! A countdown ring.

use playground_core::time::Instant;
use playground_playback::TimerView;
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::number::px;
use crate::view::common::time_text;

/// A ring that empties, and the remaining time.
pub(super) fn ring(text: Text, timer: &TimerView, now: Instant) -> Html {
    const RADIUS: f64 = 7.0;
    let around = core::f64::consts::TAU * RADIUS;
    let left = around * timer.fraction(now);
    let remaining = time_text::running(timer.remaining(now));
    html! {
        <span class="socket-clock">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle class="ring-track" cx="10" cy="10" r={px(RADIUS)} />
                <circle class="ring-left" cx="10" cy="10" r={px(RADIUS)} stroke-dasharray={format!("{} {}", px(left), px(around))}
                    transform="rotate(-90 10 10)" />
            </svg>
            <span class="socket-remaining">{ text.get("sockets-left", &[("time", &remaining)]) }</span>
        </span>
    }
}
