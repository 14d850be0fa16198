//! The table of two runs: what was changed, and what came of it.

use core::cmp::Ordering;

use playground_core::time::Duration;
use playground_editor::Difference;
use playground_playback::{Amount, Comparison, ComparisonRow, RowTitle};
use playground_words::time_text::span;
use playground_words::{node_name, octets};
use yew::prelude::*;

use super::changes;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Source};

/// The most changes that are listed one by one.
const MOST_CHANGES: usize = 8;

/// Properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// What came of each run.
    pub comparison: RcEq<Comparison>,
    /// What differs between their scenarios.
    pub changed: RcEq<Vec<Difference>>,
    /// Where A comes from.
    pub source: Source,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// Two runs on one clock: what differs between their scenarios, and what came of it.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let text = use_text();
    let act = |action: Action| props.on_action.reform(move |_: MouseEvent| action.clone());
    let share = props.on_command.reform(|_: MouseEvent| Command::Share);
    html! {
        <section class="story playground compare-table" id="story" tabindex="-1" aria-label={text.plain("compare")}>
            <button type="button" class="quiet" onclick={act(Action::ShowTable(false))}>
                { icon(Picture::Previous) }{ text.plain("compare-edit") }
            </button>
            <h2>{ text.plain("compare") }</h2>
            { match props.source {
                Source::Capture => html! { <p>{ text.plain("compare-captured") }</p> },
                Source::Recording => html! { <p>{ text.plain("compare-recorded") }</p> },
                Source::Run => html! {
                    <>
                        <p>{ text.plain("compare-lead") }</p>
                        { changed(text, &props.changed) }
                    </>
                },
            } }
            <h3>{ text.plain("compare-outcome") }</h3>
            <table>
                <thead>
                    <tr>
                        <td />
                        <th scope="col"><span class="run-name is-a">{ "A" }</span></th>
                        <th scope="col"><span class="run-name is-b">{ "B" }</span></th>
                        <th scope="col"><span class="hidden">{ text.plain("compare-difference") }</span></th>
                    </tr>
                </thead>
                <tbody>{ for props.comparison.rows.iter().map(|row| line(text, row, &props.on_action)) }</tbody>
            </table>
            <div class="buttons">
                <button type="button" class="button" onclick={act(Action::Swap)}>{ text.plain("compare-swap") }</button>
                <button type="button" class="button" onclick={share}>{ text.plain(if props.source != Source::Run { "compare-link-model" } else { "compare-link" }) }</button>
                <button type="button" class="button" onclick={act(Action::StopComparing)}>{ text.plain("compare-stop") }</button>
            </div>
        </section>
    }
}

fn changed(text: Text, changed: &[Difference]) -> Html {
    if changed.is_empty() {
        return html! { <p class="compare-same">{ text.plain("compare-same") }</p> };
    }
    let line = |one: &Difference| {
        html! {
            <li>
                <span>{ changes::name(text, one) }</span>
                <span class="compare-values">
                    <s>{ changes::value(text, &one.path, one.a.as_ref()) }</s>
                    <b>{ changes::value(text, &one.path, one.b.as_ref()) }</b>
                </span>
            </li>
        }
    };
    let more = changed.len().saturating_sub(MOST_CHANGES);
    html! {
        <>
            <h3>{ text.plain("compare-changed") }</h3>
            <ul role="list" class="compare-changes">
                { for changed.iter().take(MOST_CHANGES).map(line) }
                if more > 0 { <li>{ text.get("compare-more", &[("count", &more.to_string())]) }</li> }
            </ul>
        </>
    }
}

/// One line of the table; its name leads to where the runs part.
fn line(text: Text, row: &ComparisonRow, on_action: &Callback<Action>) -> Html {
    let name = match &row.title {
        RowTitle::Measure(measure) => text.plain(measure.key()),
        RowTitle::Request { title, client } => {
            text.get("compare-request", &[("request", title), ("client", &node_name(text, client))])
        }
    };
    let name = match row.parting {
        Some(parting) => {
            let go = on_action.reform(move |_: MouseEvent| Action::GoToParting(parting));
            html! { <button type="button" class="quiet" onclick={go} title={text.plain("compare-go")}>{ name }</button> }
        }
        None => html! { <>{ name }</> },
    };
    let (sign, difference) = difference(row);
    html! {
        <tr>
            <th scope="row">{ name }</th>
            <td>{ amount(text, row.a) }</td>
            <td>{ amount(text, row.b) }</td>
            <td class={sign}>{ difference }</td>
        </tr>
    }
}

fn amount(text: Text, amount: Option<Amount>) -> String {
    match amount {
        None => "–".to_owned(),
        Some(Amount::Never) => text.plain("compare-never"),
        Some(Amount::Time(time)) => span(time),
        Some(Amount::Count(count)) => count.to_string(),
        Some(Amount::Octets(count)) => octets(count),
    }
}

/// What B has more or less than A. Of every measure less is better.
fn difference(row: &ComparisonRow) -> (&'static str, String) {
    let written = |a: u64, b: u64, write: &dyn Fn(u64) -> String| match b.cmp(&a) {
        Ordering::Equal => ("is-same", "=".to_owned()),
        Ordering::Less => ("is-less", format!("−{}", write(a - b))),
        Ordering::Greater => ("is-more", format!("+{}", write(b - a))),
    };
    match (row.a, row.b) {
        (Some(Amount::Time(a)), Some(Amount::Time(b))) => {
            written(a.as_micros(), b.as_micros(), &|micros| span(Duration::from_micros(micros)))
        }
        (Some(Amount::Count(a)), Some(Amount::Count(b))) => written(a, b, &|count| count.to_string()),
        (Some(Amount::Octets(a)), Some(Amount::Octets(b))) => written(a, b, &octets),
        (Some(Amount::Never), Some(Amount::Never)) => ("is-same", "=".to_owned()),
        (Some(Amount::Never), _) => ("is-less", String::new()),
        (_, Some(Amount::Never)) => ("is-more", String::new()),
        _ => ("is-same", String::new()),
    }
}
