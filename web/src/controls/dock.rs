//! The dock at the bottom: transport buttons, scrubber, speed.

use playground_core::time::{Duration, Instant};
use playground_lessons::Step;
use playground_playback::{Pace, Speed, ViewTime};
use yew::prelude::*;

use super::clock::rough;
use super::scrubber::Scrubber;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Marks, Model};

/// Properties of [`Dock`].
#[derive(Properties, PartialEq)]
pub struct DockProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The scrubber's marks.
    pub marks: RcEq<Marks>,
    /// The told step, from 0.
    pub step: usize,
    /// The place on the scrubber, 0 to 1.
    pub place: f64,
    /// The simulated time.
    pub now: Instant,
    /// The speed.
    pub speed: Speed,
    /// Whether the run is playing.
    pub moving: bool,
    /// Whether the last step has been reached.
    pub at_end: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
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
            // On a phone the story may be scrolled out of view.
            <p class="dock-caption" aria-hidden="true">
                // A capture has no steps.
                if !props.story.is_empty() {
                    <span>{ props.step + 1 }{ " / " }{ props.story.len() }</span>
                }
                { props.story.get(props.step).map(|step| step.title.clone()) }
            </p>
            <Transport moving={props.moving} at_start={props.step == 0 && !props.moving} at_end={props.at_end}
                on_command={props.on_command.clone()} />
            <Scrubber marks={props.marks.clone()} story={props.story.clone()} step={props.step} place={props.place} now={props.now}
                on_action={props.on_action.clone()} />
            <Speeds speed={props.speed} {second} {on_speed} />
        </section>
    }
}

/// The simulated time per second of wall time at `now`.
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

/// Properties of [`Transport`].
#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// Whether the run is playing.
    pub moving: bool,
    /// Whether the first step is current and nothing moves.
    pub at_start: bool,
    /// Whether the last step has been reached.
    pub at_end: bool,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The three buttons. They use `aria-disabled` instead of `disabled`, so that the focus is never lost.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let text = use_text();
    let give = |command: Command| props.on_command.reform(move |_: MouseEvent| command);
    let (picture, name) =
        if props.moving { (Picture::Pause, "transport-pause") } else { (Picture::Play, "transport-play") };
    html! {
        <div class="transport">
            <button type="button" class="play" onclick={give(Command::PlayPause)} title={Command::PlayPause.tip(text)}
                aria-label={text.plain(name)}>
                { icon(picture) }
            </button>
            <button type="button" class="round" onclick={give(Command::PreviousStep)} title={Command::PreviousStep.tip(text)}
                aria-label={Command::PreviousStep.label(text)} aria-disabled={props.at_start.to_string()}>
                { icon(Picture::Previous) }
            </button>
            <button type="button" class="round" onclick={give(Command::NextStep)} title={Command::NextStep.tip(text)}
                aria-label={Command::NextStep.label(text)} aria-disabled={props.at_end.to_string()}>
                { icon(Picture::Next) }
            </button>
        </div>
    }
}

/// Properties of [`Speeds`].
#[derive(Properties, PartialEq)]
pub struct SpeedsProps {
    /// The speed.
    pub speed: Speed,
    /// The simulated time per second of wall time.
    pub second: AttrValue,
    /// Changes it.
    pub on_speed: Callback<Speed>,
}

/// Four speeds side by side.
#[component]
pub fn Speeds(props: &SpeedsProps) -> Html {
    let text = use_text();
    let speed = |speed: Speed| {
        let onchange = props.on_speed.reform(move |_: Event| speed);
        html! {
            <label class="choice">
                <input type="radio" name="speed" value={speed.text()} checked={speed == props.speed} {onchange} />
                <span>{ speed.text() }{ "×" }</span>
            </label>
        }
    };
    html! {
        <fieldset class="speeds" title={text.plain("speed-help")}>
            <legend class="hidden">{ text.plain("speed") }</legend>
            <div class="segmented">{ for Speed::ALL.into_iter().map(speed) }</div>
            <span class="ratio">{ text.get("speed-ratio", &[("span", &props.second)]) }</span>
        </fieldset>
    }
}
