//! The scrubber: the run from its beginning to its end, with the steps' marks and the compressed stretches.

use std::cmp::Ordering;

use playground_core::time::Instant;
use playground_lessons::Step;
use playground_playback::ViewTime;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::clock::seconds;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`Scrubber`].
#[derive(Properties, PartialEq)]
pub struct ScrubberProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The current step, from 0.
    pub step: usize,
    /// The simulated time.
    pub now: Instant,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The number of positions of the range; an arrow key moves by one.
const PLACES: u64 = 400;
/// A pointer this close to a mark, in thousandths of the range, selects the mark.
const CLOSE: u64 = 12;

/// A range with marks; dragging it pauses.
#[component]
pub fn Scrubber(props: &ScrubberProps) -> Html {
    let text = use_text();
    let pace = &props.model.pace;
    let end = pace.view_end().as_micros().max(1);
    let view = pace.to_view(props.now).as_micros().min(end);
    let at = view as f64 / end as f64 * 100.0;
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
    let pointing = use_mut_ref(|| false);
    let onpointerdown = {
        let pointing = pointing.clone();
        Callback::from(move |_: PointerEvent| *pointing.borrow_mut() = true)
    };
    let onkeydown = {
        let pointing = pointing.clone();
        Callback::from(move |_: KeyboardEvent| *pointing.borrow_mut() = false)
    };
    let oninput = {
        let (model, on_action) = (props.model.clone(), props.on_action.clone());
        Callback::from(move |event: InputEvent| {
            let place: u64 = event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(0);
            let view = ViewTime(end * place.min(PLACES) / PLACES);
            let mark = if *pointing.borrow() { mark_near(&model, view, end) } else { None };
            on_action.emit(mark.map_or(Action::SeekView(view), Action::GoToStep));
        })
    };
    html! {
        <div class="scrubber" ~style={format!("--at:{at:.3}%")}>
            <div class="track" aria-hidden="true"><div class="done"></div></div>
            <Idle model={props.model.clone()} />
            <Marks model={props.model.clone()} story={props.story.clone()} step={props.step} />
            <input type="range" min="0" max={PLACES.to_string()} step="1" value={((view * PLACES + end / 2) / end).to_string()}
                {oninput} {onpointerdown} {onkeydown} aria-label={text.plain("scrubber")} aria-valuetext={said} />
            <div class="thumb" aria-hidden="true"></div>
            <output class="now" aria-hidden="true">{ seconds(props.now) }</output>
        </div>
    }
}

/// The step whose mark is close to a position.
fn mark_near(model: &Model, view: ViewTime, end: u64) -> Option<usize> {
    let distance = |at: Instant| model.pace.to_view(at).as_micros().abs_diff(view.as_micros());
    let marks = model.run.steps.iter().enumerate().filter(|(_, mark)| mark.absent.is_none());
    let (step, mark) = marks.min_by_key(|(_, mark)| distance(mark.at))?;
    (distance(mark.at) <= end * CLOSE / 1_000).then_some(step)
}

/// Properties of [`Idle`].
#[derive(Properties, PartialEq)]
struct IdleProps {
    model: RcEq<Model>,
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
            <span class="idle" ~style={format!("--at:{middle:.3}%")} title={text.get("scrubber-idle", &[("span", &lasts)])}>
                <svg viewBox="0 0 20 14" aria-hidden="true"><path d="M3 1l4 4-4 4 4 4M12 1l4 4-4 4 4 4" /></svg>
            </span>
        }
    };
    knots.windows(2).map(zigzag).collect()
}

/// Properties of [`Marks`].
#[derive(Properties, PartialEq)]
struct MarksProps {
    model: RcEq<Model>,
    story: RcEq<Vec<Step>>,
    step: usize,
}

/// The steps' marks.
#[component]
fn Marks(props: &MarksProps) -> Html {
    let pace = &props.model.pace;
    let end = pace.view_end().as_micros().max(1) as f64;
    let mark = |(index, step): (usize, &Step)| {
        if step.absent {
            return Html::default();
        }
        let at = pace.to_view(step.at).as_micros() as f64 / end * 100.0;
        let state = match index.cmp(&props.step) {
            Ordering::Less => "past",
            Ordering::Equal => "told",
            Ordering::Greater => "to-come",
        };
        html! { <span key={index} class={classes!("mark", state)} ~style={format!("--at:{:.3}%", at.min(100.0))}></span> }
    };
    html! { <div class="marks" aria-hidden="true">{ for props.story.iter().enumerate().map(mark) }</div> }
}
