//! The run at real scale: the same model, counted and not kept.

use playground_core::sim;
use playground_core::time::{Duration, Instant};
use playground_core::trace::{Count, Tally};
use playground_lessons::{KnobValues, Lesson, Value, real_scale};

use crate::language::{Text, use_text};
use crate::markup::prelude::*;
use playground_playback::decimal;

/// Properties of [`RealScale`].
#[derive(PartialEq)]
pub struct RealScaleProps {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// Its knobs.
    pub values: KnobValues,
}

/// What a run came to, and how long it took to compute, milliseconds.
#[derive(Clone, PartialEq)]
struct Outcome {
    values: KnobValues,
    tally: Tally,
    took_ms: u64,
}

/// A button that runs the lesson at real scale, and what came of it.
#[component]
pub fn RealScale(props: &RealScaleProps) -> Html {
    let text = use_text();
    let outcome = use_state(|| None::<Outcome>);
    let Some(scenario) = real_scale(props.lesson, &props.values) else {
        return Html::default();
    };
    let onclick = {
        let (outcome, values) = (outcome.clone(), props.values.clone());
        Callback::from(move |_: MouseEvent| {
            let started = js_sys::Date::now();
            if let Ok(tally) = sim::count(&scenario, Duration::from_secs(1)) {
                let took_ms = (js_sys::Date::now() - started).max(0.0) as u64;
                outcome.set(Some(Outcome { values: values.clone(), tally, took_ms }));
            }
        })
    };
    let known = (*outcome).clone().filter(|outcome| outcome.values == props.values);
    html! {
        <section class="real-scale" aria-label={text.plain("real-scale")}>
            <h3>{ text.plain("real-scale") }</h3>
            <button type="button" class="button" {onclick}>{ text.plain("real-scale-run") }</button>
            <div role="status">
                if let Some(outcome) = known {
                    { shown(text, &outcome) }
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
    /// The time in which connections were wanted.
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
            path.push_str(&format!("H{second}V{}", decimal(height, 1)));
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
