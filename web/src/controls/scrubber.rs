//! The scrubber: the steps at even distances, and the compressed stretches between them.

use playground_core::time::Instant;
use playground_lessons::Step;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::clock::{rough, seconds};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Marks};

/// Properties of [`Scrubber`].
#[derive(Properties, PartialEq)]
pub struct ScrubberProps {
    /// The marks.
    pub marks: RcEq<Marks>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The told step, from 0.
    pub step: usize,
    /// The place, 0 to 1.
    pub place: f64,
    /// The simulated time.
    pub now: Instant,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The number of positions of the range; an arrow key moves by one.
const PLACES: f64 = 400.0;
/// A pointer this close to a mark selects the mark, as a part of the range.
const CLOSE: f64 = 0.012;

/// A range with marks; dragging it pauses. It goes no further than the first open question.
#[component]
pub fn Scrubber(props: &ScrubberProps) -> Html {
    let text = use_text();
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
        let (marks, on_action) = (props.marks.clone(), props.on_action.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let wanted = input.value_as_number() / PLACES;
            let place = wanted.min(limit(&marks));
            if place < wanted {
                input.set_value_as_number((place * PLACES).round());
            }
            let step = if *pointing.borrow() { mark_near(&marks, place) } else { None };
            on_action.emit(step.map_or(Action::SeekPlace(place), Action::GoToStep));
        })
    };
    html! {
        <div class="scrubber" ~style={format!("--at:{:.3}%", props.place * 100.0)}>
            <div class="track" aria-hidden="true"><div class="done"></div></div>
            <MarksView marks={props.marks.clone()} step={props.step} />
            <input type="range" min="0" max={PLACES.to_string()} step="1" value={(props.place * PLACES).round().to_string()}
                {oninput} {onpointerdown} {onkeydown} aria-label={text.plain("scrubber")} aria-valuetext={said} />
            <div class="thumb" aria-hidden="true"></div>
            <output class="now" aria-hidden="true">{ seconds(props.now) }</output>
        </div>
    }
}

/// The farthest place: that of the first open question, or the end.
fn limit(marks: &Marks) -> f64 {
    if marks.reach >= marks.steps.len() {
        1.0
    } else {
        marks.steps.get(marks.reach - 1).copied().unwrap_or(1.0)
    }
}

/// The step whose mark is close to a place.
fn mark_near(marks: &Marks, place: f64) -> Option<usize> {
    let distance = |step: usize| (marks.steps[step] - place).abs();
    let steps = 0..marks.reach.min(marks.steps.len());
    let step = steps.min_by(|one, other| distance(*one).total_cmp(&distance(*other)))?;
    (distance(step) <= CLOSE).then_some(step)
}

/// Properties of [`MarksView`].
#[derive(Properties, PartialEq)]
struct MarksViewProps {
    marks: RcEq<Marks>,
    step: usize,
}

/// A dot for each step, hollow beyond an open question; a zigzag for each wait.
#[component]
fn MarksView(props: &MarksViewProps) -> Html {
    let text = use_text();
    let style = |place: f64| format!("--at:{:.3}%", place * 100.0);
    let wait = |(place, lasts): &(f64, playground_core::time::Duration)| {
        html! {
            <span class="idle" ~style={style(*place)} title={text.get("scrubber-idle", &[("span", &rough(*lasts))])}>
                <svg viewBox="0 0 20 14" aria-hidden="true"><path d="M3 1l4 4-4 4 4 4M12 1l4 4-4 4 4 4" /></svg>
            </span>
        }
    };
    let mark = |(step, place): (usize, &f64)| {
        let state = match step {
            _ if step >= props.marks.reach => "beyond",
            _ if step < props.step => "past",
            _ if step == props.step => "told",
            _ => "to-come",
        };
        html! { <span key={step} class={classes!("mark", state)} ~style={style(*place)}></span> }
    };
    html! {
        <>
            { for props.marks.waits.iter().map(wait) }
            <div class="marks" aria-hidden="true">{ for props.marks.steps.iter().enumerate().map(mark) }</div>
        </>
    }
}
