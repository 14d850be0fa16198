//! A message at one hop.

use playground_core::rule::Rule;
use playground_playback::{HeaderLine, LineMark};
use yew::prelude::*;

use crate::language::use_text;
use crate::view::common::words;

use super::head_line::HeadLine;
use super::hop_place::HopPlace;
use super::rule_text::source;

/// What the lines of a card are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// They were sent.
    Sent,
    /// They were sent unread.
    Blind,
    /// They were not sent, but would have been by a proxy that follows the standard.
    ByTheBook,
}

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The two ends.
    pub(super) place: HopPlace,
    /// Its lines; none until the message has reached this hop.
    pub(super) lines: Option<Vec<HeaderLine>>,
    /// The kind of the lines.
    pub(super) telling: Telling,
}

/// The two ends, then the message as it is on the wire there.
#[component]
pub(super) fn HopCard(props: &Props) -> Html {
    let text = use_text();
    let by_the_book = props.telling == Telling::ByTheBook;
    let class = classes!(
        "hop-card",
        by_the_book.then_some("is-hypothetical"),
        props.lines.is_none().then_some("is-ahead")
    );
    let label = if by_the_book { text.plain("headers-by-the-book") } else { props.place.said(text) };
    html! {
        <section {class} aria-label={label}>
            <header class="hop-head">
                if by_the_book {
                    <h3>{ text.plain("headers-by-the-book") }</h3>
                    <p class="hop-remark">{ text.plain("headers-by-the-book-says") }</p>
                } else {
                    { between(&props.place) }
                    <span class="hop-connection">
                        { text.get("headers-connection", &[("number", &words::circled(props.place.connection))]) }
                    </span>
                    if props.telling == Telling::Blind && props.lines.is_some() {
                        <span class="hop-blind"><span aria-hidden="true">{ "⇢ " }</span>{ text.plain("headers-blind") }</span>
                    }
                }
            </header>
            if let Some(lines) = &props.lines {
                <ol class="head-lines">
                    { for told(lines).map(|(place, line, told)| html! { <HeadLine key={place} line={line.clone()} {told} /> }) }
                </ol>
                if let Some(rules) = kept(lines) {
                    <p class="hop-foot">
                        { text.plain("headers-kept") }
                        { for rules.map(|rule| html! { <>{ " " }<cite>{ source(text, rule) }</cite></> }) }
                    </p>
                } else {
                    <p class="hop-foot">{ text.plain("headers-original") }</p>
                }
            } else {
                <p class="hop-empty">{ text.plain("headers-not-yet") }</p>
            }
        </section>
    }
}

fn between(place: &HopPlace) -> Html {
    let (from, class) = &place.from;
    html! {
        <h3>
            <span class={classes!("hop-end", *class)}>{ from.clone() }</span>
            if let Some((to, class)) = &place.to {
                <span class="hop-arrow" aria-hidden="true">{ "→" }</span>
                <span class={classes!("hop-end", *class)}>{ to.clone() }</span>
            }
        </h3>
    }
}

/// The lines with their index, and whether each is the first with its rule.
fn told(lines: &[HeaderLine]) -> impl Iterator<Item = (usize, &HeaderLine, bool)> {
    lines.iter().enumerate().map(|(place, line)| {
        let before = lines.get(..place).unwrap_or_default();
        let marked = |other: &HeaderLine| !matches!(other.mark, LineMark::Original | LineMark::Kept);
        let told = !before.iter().any(|other| marked(other) && other.rule == line.rule);
        (place, line, told)
    })
}

/// The rules by which unmarked lines were forwarded, each once; none at the first hop.
fn kept(lines: &[HeaderLine]) -> Option<impl Iterator<Item = Rule>> {
    let mut rules: Vec<Rule> = Vec::new();
    for rule in lines.iter().filter(|line| line.mark == LineMark::Kept).filter_map(|line| line.rule) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    lines.iter().any(|line| line.mark != LineMark::Original).then(|| rules.into_iter())
}
