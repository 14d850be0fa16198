//! What may happen next, as a list: the diagram in words.

use playground_core::tcp::State;
use playground_playback::StateDiagram;

use super::trigger_words::{source, trigger_words};
use crate::language::use_text;
use crate::markup::prelude::*;
use crate::shared::Shared;

#[derive(PartialEq)]
pub(super) struct Props {
    /// States and edges.
    pub(super) diagram: Shared<StateDiagram>,
    /// The present state.
    pub(super) state: State,
}

/// The triggers out of a state, where each leads, and the section that says so.
#[component]
pub(super) fn WaysOut(props: &Props) -> Html {
    let text = use_text();
    let ways = props.diagram.edges.iter().filter(|edge| edge.from == props.state).flat_map(|edge| {
        let sends_fin = !matches!(edge.from, State::Listen | State::SynSent);
        edge.triggers
            .iter()
            .map(move |(trigger, section)| (edge.to, trigger_words(text, *trigger, sends_fin), *section))
    });
    let rows = ways.map(|(to, words, section)| {
        html! {
            <li key={format!("{words}{to}")}>
                <span class="way-words">{ words }</span>
                <span class="way-to"><span aria-hidden="true">{ "→ " }</span>{ to.name() }</span>
                <span class="way-source">{ source(section) }</span>
            </li>
        }
    });
    html! {
        <section class="ways-out">
            <h3>{ text.get("state-ways-out", &[("state", props.state.name())]) }</h3>
            <ul role="list">{ for rows }</ul>
        </section>
    }
}
