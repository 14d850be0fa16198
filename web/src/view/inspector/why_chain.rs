//! The "Why?" chain: the causes of an entry, each with its rule.

use playground_core::trace::Trace;
use playground_playback::{Dissection, Selection, Why, WhyLink};
use web_sys::MouseEvent;
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::who::who;
use crate::view::common::{phrase, time_text};

/// Fewer omitted links than this are not mentioned.
const WORTH_SAYING: u32 = 2;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The trace.
    pub(super) trace: RcEq<Trace>,
    /// The dissection of the trace: streams, messages, labels.
    pub(super) dissection: RcEq<Dissection>,
    /// The entry to explain.
    pub(super) entry: u32,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// From the entry back to the first cause. A press on a link selects its entry.
#[component]
pub(super) fn WhyChain(props: &Props) -> Html {
    let text = use_text();
    let why = use_memo(
        (props.trace.clone(), props.dissection.clone(), props.entry),
        |(trace, dissection, entry)| Why::of(trace, dissection, *entry),
    );
    let draw = |link: &WhyLink| {
        let who = who(text, &props.trace, link.node);
        let selection = Selection::of_entry(&props.trace, &props.dissection, link.entry);
        let onclick = props.on_select.reform(move |_: MouseEvent| selection);
        let rule = format!("rule-{}", link.rule.key());
        let is_own = link.entry == props.entry;
        html! {
            <li key={link.entry} class={classes!("why-link", who.class, is_own.then_some("is-own"))}>
                if link.skipped > WORTH_SAYING {
                    <p class="why-skipped">{ text.get("why-skipped", &[("count", &link.skipped.to_string())]) }</p>
                }
                <button type="button" {onclick} aria-current={is_own.then_some("true")}>
                    <span class="why-where">
                        <span class="why-time">{ time_text::moment(link.at) }</span>
                        <span class="why-node">{ who.name }</span>
                    </span>
                    <span class="why-what">{ phrase(text, &link.phrase) }</span>
                </button>
                <p class="why-rule">
                    if text.has(&rule) {
                        { text.plain(&rule) }{ " " }
                    }
                    <cite>
                        { match link.rule.source() {
                            "Scenario" => text.plain("why-scenario"),
                            source => source.to_owned(),
                        } }
                    </cite>
                </p>
            </li>
        }
    };
    if why.links.is_empty() {
        return Html::default();
    }
    html! {
        <section class="why">
            <h3>{ text.plain("why") }</h3>
            <ol role="list">{ for why.links.iter().map(draw) }</ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use playground_core::rule::Rule;
    use playground_playback::DESCRIPTION_KEYS;

    use crate::language::{Language, Text};

    #[test]
    fn every_rule_and_every_event_has_a_sentence() {
        let text = Text::new(Language::Korean);
        let rules = Rule::ALL.iter().map(|rule| format!("rule-{}", rule.key()));
        let events = DESCRIPTION_KEYS.iter().map(|key| (*key).to_owned());
        let missing: Vec<String> = rules.chain(events).filter(|key| !text.has(key)).collect();
        assert!(missing.is_empty(), "no message in Korean for {missing:?}");
    }
}
