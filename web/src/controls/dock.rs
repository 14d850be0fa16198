//! The bar at the bottom.

use playground_core::time::{Duration, Instant};
use playground_lessons::Step;
use playground_playback::{Pace, Speed, ViewTime};
use yew::prelude::*;

use super::clock::rough;
use super::scrubber::Scrubber;
use super::speeds::Speeds;
use super::transport::Transport;
use crate::command::Command;
use crate::language::use_text;
use crate::session::{Action, Model};
use crate::shared::Shared;

/// Properties of [`Dock`].
#[derive(Properties, PartialEq)]
pub struct DockProps {
    /// The run.
    pub model: Shared<Model>,
    /// The words of the steps.
    pub story: Shared<Vec<Step>>,
    /// The step that is told, from 0.
    pub step: usize,
    /// The simulated time.
    pub now: Instant,
    /// The speed.
    pub speed: Speed,
    /// Whether it moves.
    pub moving: bool,
    /// Whether the last step has been reached.
    pub at_end: bool,
    /// Does something to the session.
    pub on_action: Callback<Action>,
    /// Gives a command.
    pub on_command: Callback<Command>,
}

/// Buttons, scrubber, speed.
#[component]
pub fn Dock(props: &DockProps) -> Html {
    let text = use_text();
    let on_speed = props.on_action.reform(Action::SetSpeed);
    let second = rough(second_at(&props.model.pace, props.now, props.speed));
    html! {
        <section class="dock" aria-label={text.plain("dock")}>
            // On a phone the story may be out of sight while the stage is looked at.
            <p class="dock-caption" aria-hidden="true">
                <span>{ props.step + 1 }{ " / " }{ props.story.len() }</span>
                { props.story.get(props.step).map(|step| step.title.clone()) }
            </p>
            <Transport moving={props.moving} at_start={props.step == 0 && !props.moving} at_end={props.at_end}
                on_command={props.on_command.clone()} />
            <Scrubber model={props.model.clone()} story={props.story.clone()} step={props.step} now={props.now}
                on_action={props.on_action.clone()} />
            <Speeds speed={props.speed} {second} {on_speed} />
        </section>
    }
}

/// The simulated time that passes in a second on the screen, by the stretch of the pace that `now` is in.
fn second_at(pace: &Pace, now: Instant, speed: Speed) -> Duration {
    let knots = pace.knots();
    let next = knots.partition_point(|knot| knot.at <= now).clamp(1, knots.len().saturating_sub(1).max(1));
    let (Some(from), Some(to)) = (knots.get(next - 1), knots.get(next)) else {
        return Duration::ZERO;
    };
    let view = u128::from(ViewTime::since(to.view, from.view)).max(1);
    let micros = u128::from(to.at.since(from.at).as_micros()) * u128::from(speed.scale(1_000_000)) / view;
    Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
}
