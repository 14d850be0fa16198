//! The cache view: stored responses with their ages, and each cache's last decision.

use playground_core::event::CacheAction;
use playground_core::rule::Rule;
use playground_core::trace::Trace;
use playground_playback::{CacheContents, CacheEvent, CacheRow, Dissection, Selection};
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::who::who;
use crate::view::common::{time_text, words};

/// A section per cache. Ages run with simulated time; a click selects the entry that a line describes.
pub fn cache_view(
    text: Text,
    trace: &Trace,
    dissection: &Dissection,
    caches: &[CacheContents],
    on_select: &Callback<Selection>,
) -> Html {
    let sections = caches.iter().map(|cache| {
        let who = who(text, trace, cache.node);
        let pick = |entry: u32| {
            let (selection, on_select) = (Selection::of_entry(trace, dissection, entry), on_select.clone());
            Callback::from(move |_: MouseEvent| on_select.emit(selection))
        };
        html! {
            <section class={classes!("cache", who.class)}>
                <h3>{ text.get("cache-of", &[("node", &who.name)]) }</h3>
                if cache.rows.is_empty() {
                    <p class="cache-empty">{ text.plain("cache-empty") }</p>
                }
                <ul class="cache-copies">{ for cache.rows.iter().map(|row| copy(text, trace, row)) }</ul>
                if !cache.history.is_empty() {
                    <h4>{ text.plain("cache-doings") }</h4>
                    <ol class="cache-doings">{ for cache.history.iter().map(|done| doing(text, done, pick(done.entry))) }</ol>
                }
            </section>
        }
    });
    html! { <div class="caches">{ for sections }</div> }
}

/// A stored response: its target, the elapsed share of its freshness lifetime, and its origin.
fn copy(text: Text, trace: &Trace, row: &CacheRow) -> Html {
    let over = format!("inline-size:{:.1}%", 100.0 - row.freshness() * 100.0);
    let (class, state) =
        if row.is_fresh() { ("is-fresh", "cache-fresh") } else { ("is-stale", "cache-stale") };
    let (age, lifetime) = (time_text::running(row.age), time_text::span(row.lifetime));
    let fact = |key: &str, value: String| {
        html! { <div><dt>{ text.plain(key) }</dt><dd>{ value }</dd></div> }
    };
    let size = words::octets(row.octets);
    let used = text.get("cache-times", &[("count", &row.served.to_string())]);
    html! {
        <li key={row.target.clone()} class={classes!("cache-copy", class)}>
            <p class="cache-target"><code>{ &row.target }</code><strong class="cache-state">{ text.plain(state) }</strong></p>
            <p class="cache-age">
                <span class="cache-clock"><i ~style={over} /></span>
                <span>{ text.get("cache-age-of", &[("age", &age), ("lifetime", &lifetime)]) }</span>
            </p>
            <dl>
                { for row.from.map(|node| fact("cache-from", who(text, trace, node).name)) }
                { fact("cache-size", size) }
                if !row.etag.is_empty() { { fact("cache-etag", row.etag.clone()) } }
                { fact("cache-used", used) }
            </dl>
            <p class="cache-why">{ sentence(text, row.lifetime_rule) }</p>
        </li>
    }
}

/// A cache's decision, its time and its rule.
fn doing(text: Text, done: &CacheEvent, onclick: Callback<MouseEvent>) -> Html {
    let key = match done.action {
        CacheAction::Missed => "cache-act-missed",
        CacheAction::Asked => "cache-act-asked",
        CacheAction::Served => "cache-act-served",
        CacheAction::Stored => "cache-act-stored",
        CacheAction::Refused => "cache-act-refused",
        CacheAction::Validated => "cache-act-validated",
        CacheAction::Removed => "cache-act-removed",
    };
    html! {
        <li key={done.entry}>
            <button type="button" {onclick}>
                <time>{ time_text::moment(done.at) }</time>
                <strong>{ text.plain(key) }</strong>
                <span>{ sentence(text, done.rule) }</span>
            </button>
        </li>
    }
}

fn sentence(text: Text, rule: Rule) -> String {
    text.plain(&format!("rule-{}", rule.key()))
}
