//! The run at real scale: the same model, tallied instead of traced.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use playground_core::sim::Counting;
use playground_core::time::{Duration, Instant};
use playground_core::trace::{Count, Tally};
use playground_lessons::{KnobValues, Lesson, Value};
use yew::prelude::*;

use crate::language::{Text, use_text};

/// Properties of [`RealScale`].
#[derive(Properties, PartialEq)]
pub struct RealScaleProps {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// Its knobs.
    pub values: KnobValues,
}

/// The tally of a run, and its computation time in milliseconds.
#[derive(Clone, PartialEq)]
struct Outcome {
    tally: Tally,
    took_ms: u64,
}

/// The state of the computation.
#[derive(Clone, PartialEq)]
enum Progress {
    Idle,
    /// Simulated seconds so far.
    Runs(u64),
    Done(Outcome),
}

/// The computation yields to the browser after this time.
const SLICE_MS: f64 = 96.0;
/// Events processed between two readings of the clock.
const EVENTS: u32 = 1_000;

/// A computation in slices, until it is replaced by another.
struct Run {
    counting: Counting,
    started: f64,
    /// The number of this run, and of the one that is wanted.
    number: u32,
    wanted: Rc<Cell<u32>>,
    shown: UseStateHandle<Progress>,
}

impl Run {
    /// Simulated seconds so far.
    fn second(&self) -> u64 {
        self.counting.now().as_micros() / 1_000_000
    }

    fn go_on(mut self) {
        if self.wanted.get() != self.number {
            return;
        }
        let from = js_sys::Date::now();
        let second = self.second();
        let mut more = true;
        while more && js_sys::Date::now() - from < SLICE_MS {
            more = self.counting.go_on(EVENTS);
        }
        if more {
            // Rendering takes time as well, so only whole seconds are shown.
            if self.second() != second {
                self.shown.set(Progress::Runs(self.second()));
            }
            Timeout::new(0, move || self.go_on()).forget();
        } else {
            let took_ms = (js_sys::Date::now() - self.started).max(0.0) as u64;
            self.shown.set(Progress::Done(Outcome { tally: self.counting.finish(), took_ms }));
        }
    }
}

/// A button that runs the lesson at real scale, and the result.
#[component]
pub fn RealScale(props: &RealScaleProps) -> Html {
    let text = use_text();
    let progress = use_state(|| Progress::Idle);
    let wanted = use_mut_ref(|| Rc::new(Cell::new(0_u32))).borrow().clone();
    {
        let (wanted, progress) = (wanted.clone(), progress.clone());
        // Changed knobs discard the result and stop the computation.
        use_effect_with(props.values.clone(), move |_| {
            progress.set(Progress::Idle);
            move || wanted.set(wanted.get() + 1)
        });
    }
    let Some(scenario) = props.lesson.real_scale.map(|scenario| scenario(&props.values)) else {
        return Html::default();
    };
    let runs = matches!(*progress, Progress::Runs(_));
    let onclick = {
        let progress = progress.clone();
        Callback::from(move |_: MouseEvent| {
            if let Ok(counting) = Counting::new(&scenario, Duration::from_secs(1)) {
                wanted.set(wanted.get() + 1);
                let (number, wanted, shown) = (wanted.get(), wanted.clone(), progress.clone());
                Run { counting, started: js_sys::Date::now(), number, wanted, shown }.go_on();
            }
        })
    };
    html! {
        <section class="real-scale" aria-label={text.plain("real-scale")}>
            <h3>{ text.plain("real-scale") }</h3>
            <button type="button" class="button" {onclick} disabled={runs}>{ text.plain("real-scale-run") }</button>
            if let Progress::Runs(seconds) = &*progress {
                <p class="real-scale-took">{ text.get("real-scale-runs", &[("seconds", &seconds.to_string())]) }</p>
            }
            <div role="status">
                if let Progress::Done(outcome) = &*progress {
                    { shown(text, outcome) }
                }
            </div>
        </section>
    }
}

fn shown(text: Text, outcome: &Outcome) -> Html {
    // The client is the node that opens connections.
    let Some(client) = outcome.tally.nodes.iter().max_by_key(|node| node.total.opened) else {
        return Html::default();
    };
    let held = outcome.tally.nodes.iter().map(|node| node.total.time_wait).max().unwrap_or(0);
    let seconds = (outcome.tally_until().as_micros() / 1_000_000).max(1);
    let number = |number: u64| Value::Count(number).show(text.language());
    let fact = |key: &str, value: String| html! { <li><span>{ text.plain(key) }</span><strong>{ value }</strong></li> };
    html! {
        <>
            <ul class="measures" role="list">
                { fact("real-scale-opened", number(u64::from(client.total.opened))) }
                { fact("real-scale-refused", number(u64::from(client.total.refused))) }
                { fact("real-scale-rate", number(u64::from(client.total.opened) / seconds)) }
                { fact("real-scale-held", number(u64::from(held))) }
                { fact("real-scale-segments", number(u64::from(outcome.tally.segments))) }
            </ul>
            { graph(text, &client.stretches, seconds) }
            <p class="real-scale-took">
                { text.get("real-scale-took", &[("seconds", &format!("{}.{}", outcome.took_ms / 1_000, outcome.took_ms % 1_000 / 100))]) }
            </p>
        </>
    }
}

impl Outcome {
    /// The time until the last second in which anything was opened, refused or completed.
    fn tally_until(&self) -> Duration {
        let busy = |count: &Count| count.opened + count.refused + count.completed > 0;
        let last = self.tally.nodes.iter().filter_map(|node| node.stretches.iter().rposition(busy)).max();
        Instant::from_millis((last.unwrap_or(0) as u64 + 1) * 1_000).since(Instant::ZERO)
    }
}

/// Connections opened and refused in each second, as bars up and down from one line.
fn graph(text: Text, stretches: &[Count], seconds: u64) -> Html {
    let shown = &stretches[..stretches.len().min(seconds as usize)];
    let most = shown.iter().map(|count| count.opened.max(count.refused)).max().unwrap_or(1).max(1);
    let path = |value: fn(&Count) -> u32, sign: f64| {
        let mut path = String::from("M0 50");
        for (second, count) in shown.iter().enumerate() {
            let height = 50.0 - sign * 46.0 * f64::from(value(count)) / f64::from(most);
            path.push_str(&format!("H{second}V{height:.1}"));
        }
        path.push_str(&format!("H{}V50Z", shown.len()));
        path
    };
    html! {
        <figure class="real-scale-graph">
            <svg viewBox={format!("0 0 {} 100", shown.len().max(1))} preserveAspectRatio="none" role="img" aria-label={text.plain("real-scale-graph")}>
                <path class="opened" d={path(|count| count.opened, 1.0)} />
                <path class="refused" d={path(|count| count.refused, -1.0)} />
            </svg>
            <figcaption>
                <span class="opened">{ text.plain("real-scale-up") }</span>
                <span class="refused">{ text.plain("real-scale-down") }</span>
                <span>{ text.get("real-scale-span", &[("seconds", &shown.len().to_string())]) }</span>
            </figcaption>
        </figure>
    }
}
