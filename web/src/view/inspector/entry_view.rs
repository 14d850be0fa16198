//! A selected entry other than a segment.

use playground_core::trace::Trace;
use playground_playback::{CallView, Dissection, Selection, describe};
use yew::prelude::*;

use super::why_chain::WhyChain;
use crate::language::Text;
use crate::rc_eq::RcEq;
use crate::view::common::who::who;
use crate::view::common::{phrase, time_text};

/// The entry as a sentence, a socket call as a program would print it, and the causes.
pub(super) fn entry_view(
    text: Text,
    trace: &RcEq<Trace>,
    dissection: &RcEq<Dissection>,
    entry_index: u32,
    happened: bool,
    on_select: &Callback<Selection>,
) -> Html {
    let Some(entry) = trace.entries.get(entry_index as usize) else { return Html::default() };
    let who = who(text, trace, entry.node);
    html! {
        <article class="inspected">
            <header class={who.class}>
                <h2 class="is-sentence">{ phrase(text, &describe(trace, dissection, entry_index)) }</h2>
                <p class="inspected-way">
                    <span class={classes!("inspected-node", who.class)}>{ who.name }</span>
                    <span class="inspected-times">{ time_text::moment(entry.at) }</span>
                </p>
                if !happened {
                    <p class="tags"><span class="tag">{ text.plain("inspector-future") }</span></p>
                }
            </header>
            if let Some(call) = CallView::of(trace, entry_index) {
                <pre class="inspected-call"><code>
                    { format!("> {}\n", call.call) }
                    <span class={classes!(call.error.map(|_| "is-error"))}>
                        { call.error.map_or_else(|| call.result.clone(), |error| format!("{} {}", call.result, error.message())) }
                    </span>
                </code></pre>
            }
            <WhyChain trace={trace.clone()} dissection={dissection.clone()} entry={entry_index} on_select={on_select.clone()} />
        </article>
    }
}
