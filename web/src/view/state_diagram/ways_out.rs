//! The possible next transitions as a list: the text alternative of the diagram.

use playground_core::tcp::State;
use playground_playback::StateDiagram;
use yew::prelude::*;

use super::trigger_words::{source, trigger_words};
use crate::language::Text;

/// The triggers out of a state, with target states and RFC sections.
pub(super) fn ways_out(text: Text, diagram: &StateDiagram, state: State) -> Html {
    let ways = diagram.edges.iter().filter(|edge| edge.from == state).flat_map(|edge| {
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
            <h3>{ text.get("state-ways-out", &[("state", state.name())]) }</h3>
            <ul role="list">{ for rows }</ul>
        </section>
    }
}
