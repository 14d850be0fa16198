//! The scrubber: the run from its beginning to its end, with the steps' marks and the compressed stretches.

use playground_core::time::Instant;
use playground_lessons::Step;
use playground_playback::ViewTime;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::clock::seconds;
use crate::language::use_text;
use crate::session::{Action, Model};
use crate::shared::Shared;

/// Properties of [`Scrubber`].
#[derive(Properties, PartialEq)]
pub struct ScrubberProps {
    /// The run.
    pub model: Shared<Model>,
    /// The words of the steps.
    pub story: Shared<Vec<Step>>,
    /// The step that is told, from 0.
    pub step: usize,
    /// The simulated time.
    pub now: Instant,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// A range with marks; dragging it pauses.
#[component]
pub fn Scrubber(props: &ScrubberProps) -> Html {
    let text = use_text();
    let pace = &props.model.pace;
    let end = pace.knots().last().map_or(1, |knot| knot.view.as_micros()).max(1);
    let share = |view: ViewTime| view.as_micros().min(end) as f64 / end as f64 * 100.0;
    let view = pace.to_view(props.now);
    let at = share(view);
    let title = props.story.get(props.step).map(|step| step.title.clone()).unwrap_or_default();
    let said = text.get(
        "scrubber-value",
        &[
            ("time", &seconds(props.now)),
            ("step", &(props.step + 1).to_string()),
            ("steps", &props.story.len().to_string()),
            ("title", &title),
        ],
    );
    let oninput = props.on_action.reform(|event: InputEvent| {
        let millis: u64 = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(0);
        Action::SeekView(ViewTime(millis.saturating_mul(1_000)))
    });
    html! {
        <div class="scrubber" style={format!("--at:{at:.3}%")}>
            <div class="track" aria-hidden="true"><div class="done"></div></div>
            <Idle model={props.model.clone()} />
            <input type="range" min="0" max={(end / 1_000).to_string()} step="1" value={(view.as_micros() / 1_000).to_string()}
                {oninput} aria-label={text.plain("scrubber")} aria-valuetext={said} />
            <Marks model={props.model.clone()} story={props.story.clone()} step={props.step} on_action={props.on_action.clone()} />
            <div class="thumb" aria-hidden="true"></div>
            <output class="now" aria-hidden="true">{ seconds(props.now) }</output>
        </div>
    }
}

/// Properties of [`Idle`].
#[derive(Properties, PartialEq)]
struct IdleProps {
    model: Shared<Model>,
}

/// The compressed stretches, as zigzags.
#[component]
fn Idle(props: &IdleProps) -> Html {
    let text = use_text();
    let knots = props.model.pace.knots();
    let end = knots.last().map_or(1, |knot| knot.view.as_micros()).max(1) as f64;
    let zigzag = |pair: &[playground_playback::PaceKnot]| {
        let [from, to] = pair else { return Html::default() };
        if !from.compressed {
            return Html::default();
        }
        let middle = (from.view.as_micros() + to.view.as_micros()) as f64 / 2.0 / end * 100.0;
        let lasts = super::clock::rough(to.at.since(from.at));
        html! {
            <span class="idle" style={format!("--at:{middle:.3}%")} title={text.get("scrubber-idle", &[("span", &lasts)])}>
                <svg viewBox="0 0 20 14" aria-hidden="true"><path d="M3 1l4 4-4 4 4 4M12 1l4 4-4 4 4 4" /></svg>
            </span>
        }
    };
    knots.windows(2).map(zigzag).collect()
}

/// Properties of [`Marks`].
#[derive(Properties, PartialEq)]
struct MarksProps {
    model: Shared<Model>,
    story: Shared<Vec<Step>>,
    step: usize,
    on_action: Callback<Action>,
}

/// The steps' marks; each is a button.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let text = use_text();
    let pace = &props.model.pace;
    let end = pace.knots().last().map_or(1, |knot| knot.view.as_micros()).max(1) as f64;
    let mark = |(index, step): (usize, &Step)| {
        if step.absent {
            return Html::default();
        }
        let at = pace.to_view(step.at).as_micros() as f64 / end * 100.0;
        let state = match index.cmp(&props.step) {
            std::cmp::Ordering::Less => "past",
            std::cmp::Ordering::Equal => "told",
            std::cmp::Ordering::Greater => "to-come",
        };
        let name = text.get("scrubber-step", &[("step", &(index + 1).to_string()), ("title", &step.title)]);
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::GoToStep(index));
        html! {
            <li key={index} style={format!("--at:{:.3}%", at.min(100.0))}>
                <button type="button" class={classes!("mark", state)} {onclick} title={name.clone()} aria-label={name}
                    aria-current={(index == props.step).then_some("step")}></button>
            </li>
        }
    };
    html! { <ol class="marks" role="list">{ for props.story.iter().enumerate().map(mark) }</ol> }
}
