//! The headers view: the same message at each hop, side by side, with the fate of every line.

use playground_core::event::NodeId;
use playground_core::rule::Rule;
use playground_core::time::Instant;
use playground_playback::{Cursor, HeaderHops, HeaderLine, HopColumn, Ladder, LineMark};
use yew::AttrValue;
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::words;

/// Properties of [`HeadersView`].
#[derive(Properties, PartialEq)]
pub struct HeadersViewProps {
    /// Every message at each hop.
    pub hops: RcEq<HeaderHops>,
    /// The ladder, for the nodes' names and colours.
    pub ladder: RcEq<Ladder>,
    /// How many entries of the trace have been applied.
    pub index: u32,
}

/// The exchange at the cursor, and whether its response.
type Spot = (usize, bool);

/// The same message at every hop, side by side. It follows the cursor until another message is chosen, and again when
/// the cursor reaches the next one.
#[component]
pub fn HeadersView(props: &HeadersViewProps) -> Html {
    let text = use_text();
    let hops = &*props.hops;
    let current: Option<Spot> = hops
        .current(Cursor::new(props.index, Instant::ZERO))
        .map(|(exchange, response, _)| (exchange, response));
    // The choice, and the cursor's exchange at that time.
    let chosen = use_state_eq(|| None::<(Spot, Option<Spot>)>);
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |spot: Spot| chosen.set(Some((spot, current))))
    };
    let spot = (*chosen).filter(|(_, then)| *then == current).map(|(spot, _)| spot).or(current);
    let (place, response) = spot.unwrap_or_default();
    let Some(exchange) = hops.exchanges.get(place) else {
        return html! { <div class="headers"><p class="headers-empty">{ text.plain("headers-none") }</p></div> };
    };
    let columns = if response { &exchange.response } else { &exchange.request };
    let missing = if response { "headers-no-response" } else { "headers-no-request" };
    html! {
        <div class="headers" role="group" aria-label={text.plain("headers-title")}>
            { chooser(text, &Choosing { exchange: place, count: hops.exchanges.len(), title: &exchange.title, response, on_choose }) }
            if current.is_none() {
                <p class="headers-empty">{ text.plain("headers-nothing-yet") }</p>
            } else if columns.is_empty() {
                <p class="headers-empty">{ text.plain(missing) }</p>
            } else {
                <div class="headers-hops">
                    { for columns.iter().enumerate().map(|(hop, column)| {
                        let key = format!("{place} {response} {hop}");
                        html! { <div {key} class="hop">{ cards(props, text, column) }</div> }
                    }) }
                </div>
            }
        </div>
    }
}

/// The message at a hop, and what a conforming proxy would have sent.
fn cards(props: &HeadersViewProps, text: Text, column: &HopColumn) -> Html {
    let place = HopPlace::new(text, &props.ladder, column);
    let lines = (column.entry < props.index).then(|| column.lines.clone());
    let hypothetical = column.by_the_book.clone().filter(|_| lines.is_some());
    let telling = if column.blind { Telling::Blind } else { Telling::Sent };
    html! {
        <>
            { hop_card(text, &place, lines.as_deref(), telling) }
            if let Some(lines) = hypothetical {
                { hop_card(text, &place, Some(&lines), Telling::ByTheBook) }
            }
        </>
    }
}

/// The message that is shown, and how another is chosen.
struct Choosing<'a> {
    /// The exchange shown, from 0.
    exchange: usize,
    /// How many there are.
    count: usize,
    /// Its request: `GET /a`.
    title: &'a str,
    /// Whether its response is shown.
    response: bool,
    /// Called with the chosen exchange and direction.
    on_choose: Callback<(usize, bool)>,
}

/// Back and forth between the exchanges, and a switch between request and response.
fn chooser(text: Text, props: &Choosing<'_>) -> Html {
    let (exchange, response) = (props.exchange, props.response);
    let step = |key: &str, sign: &'static str, to: Option<usize>| {
        let off = to.is_none();
        let onclick = props.on_choose.reform(move |_: MouseEvent| (to.unwrap_or(exchange), response));
        html! {
            <button type="button" class="round" aria-label={text.plain(key)} aria-disabled={off.to_string()} {onclick}>
                <span aria-hidden="true">{ sign }</span>
            </button>
        }
    };
    let way = |key: &str, to: bool| {
        let onclick = props.on_choose.reform(move |_: MouseEvent| (exchange, to));
        html! {
            <button type="button" aria-pressed={(response == to).to_string()} {onclick}>{ text.plain(key) }</button>
        }
    };
    html! {
        <div class="headers-bar">
            <div class="headers-exchange" role="group" aria-label={text.plain("headers-exchange")}>
                if props.count > 1 {
                    { step("headers-previous", "‹", exchange.checked_sub(1)) }
                }
                <strong class="headers-what">{ props.title }</strong>
                <span class="headers-count">{ exchange + 1 }{ " / " }{ props.count }</span>
                if props.count > 1 {
                    { step("headers-next", "›", Some(exchange + 1).filter(|next| *next < props.count)) }
                }
            </div>
            <div class="headers-way" role="group" aria-label={text.plain("headers-way")}>
                { way("headers-request", false) }
                { way("headers-response", true) }
            </div>
        </div>
    }
}

/// What the lines of a card are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    /// They were sent.
    Sent,
    /// They were sent unread.
    Blind,
    /// They were not sent, but would have been by a proxy that follows the standard.
    ByTheBook,
}

/// The two ends, then the message as it is on the wire there; no lines until it has reached this hop.
fn hop_card(text: Text, place: &HopPlace, lines: Option<&[HeaderLine]>, telling: Telling) -> Html {
    let by_the_book = telling == Telling::ByTheBook;
    let class =
        classes!("hop-card", by_the_book.then_some("is-hypothetical"), lines.is_none().then_some("is-ahead"));
    let label = if by_the_book { text.plain("headers-by-the-book") } else { place.said(text) };
    html! {
        <section {class} aria-label={label}>
            <header class="hop-head">
                if by_the_book {
                    <h3>{ text.plain("headers-by-the-book") }</h3>
                    <p class="hop-remark">{ text.plain("headers-by-the-book-says") }</p>
                } else {
                    { between(place) }
                    <span class="hop-connection">
                        { text.get("headers-connection", &[("number", &words::circled(place.connection))]) }
                    </span>
                    if telling == Telling::Blind && lines.is_some() {
                        <span class="hop-blind"><span aria-hidden="true">{ "⇢ " }</span>{ text.plain("headers-blind") }</span>
                    }
                }
            </header>
            if let Some(lines) = lines {
                <ol class="head-lines">
                    { for told(lines).map(|(line, told)| head_line(text, line, told)) }
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

/// The lines, and whether each is the first with its rule.
fn told(lines: &[HeaderLine]) -> impl Iterator<Item = (&HeaderLine, bool)> {
    lines.iter().enumerate().map(|(place, line)| {
        let before = lines.get(..place).unwrap_or_default();
        let marked = |other: &HeaderLine| !matches!(other.mark, LineMark::Original | LineMark::Kept);
        let told = !before.iter().any(|other| marked(other) && other.rule == line.rule);
        (line, told)
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

/// Names and colours of a hop's two ends, and its connection.
#[derive(Clone, Debug, PartialEq)]
struct HopPlace {
    /// The sender's name and class.
    from: (AttrValue, &'static str),
    /// The receiver's name and class; none when it is not known.
    to: Option<(AttrValue, &'static str)>,
    /// The connection's number.
    connection: u32,
}

impl HopPlace {
    /// The hop of a column.
    fn new(text: Text, ladder: &Ladder, column: &HopColumn) -> Self {
        let end = |node: NodeId| {
            let line = ladder.lifelines.iter().find(|line| line.node == node)?;
            Some((AttrValue::from(words::node_name(text, &line.name)), words::role_class(line.kind)))
        };
        Self {
            from: end(column.from).unwrap_or_default(),
            to: column.to.and_then(end),
            connection: column.connection.number(),
        }
    }

    /// The hop as text.
    fn said(&self, text: Text) -> String {
        let to = self.to.as_ref().map_or("", |(name, _)| name.as_str());
        text.get(
            "headers-hop",
            &[("from", &self.from.0), ("to", to), ("number", &self.connection.to_string())],
        )
    }
}

/// Sign and line; below them its fate and the rule, in full where it is `told`.
fn head_line(text: Text, line: &HeaderLine, told: bool) -> Html {
    let (sign, class, key) = look(line.mark);
    let code = match line.mark {
        LineMark::Removed => html! { <del>{ field(&line.text) }</del> },
        LineMark::Added => html! { <ins>{ field(&line.text) }</ins> },
        _ => field(&line.text),
    };
    html! {
        <li class={classes!("head-line", class)}>
            <span class="line-sign" aria-hidden="true">{ sign }</span>
            <div class="line-code">
                if let Some(before) = &line.before {
                    <del class="line-before"><span class="visually-hidden">{ text.plain("headers-before") }{ " " }</span>{ field(before) }</del>
                }
                <code>{ code }</code>
            </div>
            if let Some(key) = key {
                <p class="line-rule">
                    <strong>{ text.plain(key) }</strong>
                    if let Some(rule) = line.rule {
                        { " · " }
                        if told {
                            { sentence(text, rule) }{ " " }
                        }
                        <cite>{ source(text, rule) }</cite>
                    }
                </p>
            }
        </li>
    }
}

/// A mark's sign, class and label; a line that was forwarded correctly has none.
const fn look(mark: LineMark) -> (&'static str, &'static str, Option<&'static str>) {
    match mark {
        LineMark::Original | LineMark::Kept => ("", "is-plain", None),
        LineMark::Removed => ("−", "is-removed", Some("headers-mark-removed")),
        LineMark::Added => ("+", "is-added", Some("headers-mark-added")),
        LineMark::Changed => ("≠", "is-changed", Some("headers-mark-changed")),
        LineMark::PassedBlindly => ("⇢", "is-blind", Some("headers-mark-passed-blindly")),
    }
}

/// A field line with its name emphasized; a start line unchanged.
fn field(line: &str) -> Html {
    match line.split_once(": ") {
        Some((name, value)) if !name.contains(' ') => {
            html! { <><span class="head-name">{ name }{ ":" }</span>{ " " }{ value }</> }
        }
        _ => html! { { line } },
    }
}

/// The sentence of a rule.
fn sentence(text: Text, rule: Rule) -> String {
    text.plain(&format!("rule-{}", rule.key()))
}

/// The source of a rule: an RFC section, the book, or observed behaviour.
fn source(text: Text, rule: Rule) -> String {
    let source = rule.source();
    match source.strip_prefix("HTTP: The Definitive Guide §") {
        Some(section) => text.get("headers-source-book", &[("section", section)]),
        None if source == "Observed" => text.plain("headers-source-observed"),
        None => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Text};

    #[test]
    fn every_mark_has_a_sign_and_a_label() {
        for mark in [LineMark::Removed, LineMark::Added, LineMark::Changed, LineMark::PassedBlindly] {
            let (sign, _, key) = look(mark);
            assert!(
                !sign.is_empty() && key.is_some_and(|key| Text::new(Language::Korean).has(key)),
                "{mark:?}"
            );
        }
    }
}
