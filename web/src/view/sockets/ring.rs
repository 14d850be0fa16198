//! A clock that runs out.

use playground_core::time::Instant;
use playground_playback::TimerView;

use crate::language::use_text;
use crate::markup::prelude::*;
use crate::view::common::number::{px, written};
use crate::view::common::time_text;

#[derive(PartialEq)]
pub(super) struct Props {
    /// The timer.
    pub(super) timer: TimerView,
    /// The simulated time.
    pub(super) now: Instant,
}

/// A ring that empties, and the time that is left.
#[component]
pub(super) fn Ring(props: &Props) -> Html {
    const RADIUS: f64 = 7.0;
    let text = use_text();
    let around = core::f64::consts::TAU * RADIUS;
    let left = around * props.timer.fraction(props.now);
    let remaining = time_text::running(props.timer.remaining(props.now));
    html! {
        <span class="socket-clock">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle class="ring-track" cx="10" cy="10" r={px(RADIUS)} />
                <circle class="ring-left" cx="10" cy="10" r={px(RADIUS)} stroke-dasharray={written("# #", &[left, around])}
                    transform="rotate(-90 10 10)" />
            </svg>
            <span class="socket-remaining">{ text.get("sockets-left", &[("time", &remaining)]) }</span>
        </span>
    }
}
