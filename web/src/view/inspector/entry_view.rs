//! A selected entry that is about no segment.

use playground_core::trace::Trace;
use playground_playback::{CallView, Dissection, Selection, describe};

use super::why_chain::WhyChain;
use crate::language::use_text;
use crate::markup::prelude::*;
use crate::shared::Shared;
use crate::view::common::who::who;
use crate::view::common::{phrase, time_text};

#[derive(PartialEq)]
pub(super) struct Props {
    /// What happened.
    pub(super) trace: Shared<Trace>,
    /// Its connections and labels.
    pub(super) dissection: Shared<Dissection>,
    /// The entry.
    pub(super) entry: u32,
    /// Whether it has happened.
    pub(super) happened: bool,
    /// Told what was picked.
    pub(super) on_select: Callback<Selection>,
}

/// The entry as a sentence, a call as a program would print it, and why.
#[component]
pub(super) fn EntryView(props: &Props) -> Html {
    let text = use_text();
    let Some(entry) = props.trace.entries.get(props.entry as usize) else { return Html::default() };
    let who = who(text, &props.trace, entry.node);
    html! {
        <article class="inspected">
            <header class={who.class}>
                <h2 class="is-sentence">{ phrase(text, &describe(&props.trace, &props.dissection, props.entry)) }</h2>
                <p class="inspected-way">
                    <span class={classes!("inspected-node", who.class)}>{ who.name }</span>
                    <span class="inspected-times">{ time_text::moment(entry.at) }</span>
                </p>
                if !props.happened {
                    <p class="tags"><span class="tag">{ text.plain("inspector-future") }</span></p>
                }
            </header>
            if let Some(call) = CallView::of(&props.trace, props.entry) {
                <pre class="inspected-call"><code>
                    { format!("> {}\n", call.call) }
                    <span class={classes!(call.error.map(|_| "is-error"))}>
                        { call.error.map_or_else(|| call.result.clone(), |error| format!("{} {}", call.result, error.message())) }
                    </span>
                </code></pre>
            }
            <WhyChain trace={props.trace.clone()} dissection={props.dissection.clone()} entry={props.entry} on_select={props.on_select.clone()} />
        </article>
    }
}
