//! The race view: one lane per policy on a common time axis, and a table of their costs.

use playground_core::time::{Duration, Instant};
use playground_playback::{Lane, Race, StretchKind};
use yew::prelude::*;

use super::common::number::px;
use super::common::{time_text, words};
use crate::language::Text;

/// Height of a connection, and the distance to the next.
const BAR: f64 = 8.0;
const ROW: f64 = 11.0;
/// What stays free above and below a lane's bars.
const MARGIN: f64 = 5.0;
/// Candidate tick intervals, milliseconds; the first one with few enough ticks is used.
const STEPS: [u64; 12] = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 120_000];
/// Limit on the number of ticks.
const MARKS: u64 = 6;

/// The lanes at the current time, and the table.
pub fn race_view(text: Text, race: Option<&Race>, now: Instant) -> Html {
    let Some(race) = race else {
        return html! { <p class="race-empty">{ text.plain("race-empty") }</p> };
    };
    let winner = race.winner();
    let lanes = race.lanes.iter().enumerate().map(|(place, lane)| {
        let class = classes!(
            "race-lane",
            lane.is_current.then_some("is-current"),
            (winner == Some(place)).then_some("is-first"),
        );
        html! {
            <div {class}>
                <p>
                    <b>{ name(text, lane) }</b>
                    <span>{ lane.total.map_or_else(|| "–".to_owned(), time_text::span) }</span>
                </p>
                { track(race, lane, now) }
            </div>
        }
    });
    html! {
        <div class="race">
            <div class="race-lanes" role="img" aria-label={text.plain("race-lanes")}>
                { for lanes }
                { clock(race) }
            </div>
            { legend(text) }
            { table(text, race, winner) }
            <p class="race-about">{ text.plain("race-about") }</p>
        </div>
    }
}

fn name(text: Text, lane: &Lane) -> String {
    text.plain(&format!("race-policy-{}", lane.policy.key()))
}

/// A time's position on the axis, as a percentage.
fn place(race: &Race, after: Duration) -> f64 {
    let end = race.end.as_micros().max(1) as f64;
    (after.as_micros() as f64 / end * 100.0).min(100.0)
}

fn percent(value: f64) -> String {
    format!("{}%", px(value))
}

/// The connections of a lane, when something showed, and when the page was complete.
fn track(race: &Race, lane: &Lane, now: Instant) -> Html {
    let height = f64::from(lane.rows) * ROW + 2.0 * MARGIN;
    let x = |at: Instant| place(race, at.since(Instant::ZERO));
    let stretches = lane.bars.iter().flat_map(|bar| {
        let top = MARGIN + f64::from(bar.row) * ROW;
        bar.stretches.iter().filter(move |stretch| x(stretch.from) < 100.0).map(move |stretch| {
            let (from, to) = (x(stretch.from), x(stretch.to));
            let thin = stretch.kind == StretchKind::Idle;
            let (y, height) = if thin { (top + BAR / 2.0 - 1.0, 2.0) } else { (top, BAR) };
            html! {
                <rect class={stretch.kind.key()} x={percent(from)} width={percent(to - from)} y={px(y)} height={px(height)} />
            }
        })
    });
    let line = |class: &'static str, after: Duration| {
        let x = percent(place(race, after));
        html! { <line {class} x1={x.clone()} x2={x} y1="0" y2="100%" /> }
    };
    let now = now.since(Instant::ZERO);
    html! {
        <svg class="race-track" height={px(height)} aria-hidden="true">
            { for stretches }
            { for lane.first_paint.map(|paint| line("race-paint", paint)) }
            { for lane.total.map(|total| line("race-total", total)) }
            if now < race.end {
                <rect class="race-future" x={percent(place(race, now))} width="100%" height="100%" />
                { line("race-now", now) }
            }
        </svg>
    }
}

/// The legend.
fn legend(text: Text) -> Html {
    let kinds = StretchKind::ALL.into_iter().map(|kind| (kind.key(), format!("race-{}", kind.key())));
    let lines = [("race-paint", "race-first-paint".to_owned()), ("race-total", "race-complete".to_owned())];
    let item = |(class, key): (&'static str, String)| {
        let is_line = class.starts_with("race-");
        html! {
            <li>
                <svg width="16" height="10" aria-hidden="true">
                    if is_line {
                        <line {class} x1="8" x2="8" y1="0" y2="10" />
                    } else if class == "idle" {
                        <rect {class} y="4" width="16" height="2" />
                    } else {
                        <rect {class} y="1" width="16" height="8" />
                    }
                </svg>
                { text.plain(&key) }
            </li>
        }
    };
    html! { <ul class="race-legend">{ for kinds.chain(lines).map(item) }</ul> }
}

/// The time axis that all lanes share.
fn clock(race: &Race) -> Html {
    let end = race.end.as_micros() / 1_000;
    let step = STEPS.into_iter().find(|step| end / step <= MARKS).unwrap_or(600_000);
    let marks = (0..=end / step).map(|count| {
        let after = Duration::from_millis(count * step);
        let x = place(race, after);
        let anchor = match x {
            _ if count == 0 => "start",
            94.0.. => "end",
            _ => "middle",
        };
        let words = if count == 0 { "0".to_owned() } else { time_text::span(after) };
        html! {
            <>
                <line class="race-mark" x1={percent(x)} x2={percent(x)} y1="0" y2="4" />
                <text class="race-mark" x={percent(x)} y="16" text-anchor={anchor}>{ words }</text>
            </>
        }
    });
    html! {
        <div class="race-lane">
            <p />
            <svg class="race-track race-clock" height="20" aria-hidden="true">
                { for marks }
            </svg>
        </div>
    }
}

/// The costs of each policy: the text alternative of the lanes.
fn table(text: Text, race: &Race, winner: Option<usize>) -> Html {
    const COLUMNS: [&str; 7] =
        ["policy", "connections", "handshakes", "round-trips", "octets", "first-paint", "total"];
    let time = |span: Option<Duration>| span.map_or_else(|| "–".to_owned(), time_text::span);
    let rows = race.lanes.iter().enumerate().map(|(place, lane)| {
        let is_first = winner == Some(place);
        html! {
            <tr class={classes!(is_first.then_some("is-first"), lane.is_current.then_some("is-current"))}>
                <th scope="row">{ name(text, lane) }</th>
                <td>{ lane.connections }</td>
                <td>{ lane.handshakes }</td>
                <td>{ lane.round_trips }</td>
                <td>{ words::octets(lane.octets) }</td>
                <td>{ time(lane.first_paint) }</td>
                <td>
                    { time(lane.total) }
                    if is_first {
                        <small>{ text.plain("race-winner") }</small>
                    }
                    if lane.failed > 0 {
                        <small>{ text.get("race-failed", &[("count", &lane.failed.to_string())]) }</small>
                    }
                </td>
            </tr>
        }
    });
    html! {
        <table class="race-table">
            <thead>
                <tr>{ for COLUMNS.iter().map(|column| html! { <th scope="col">{ text.plain(&format!("race-column-{column}")) }</th> }) }</tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}
