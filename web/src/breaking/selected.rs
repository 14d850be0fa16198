//! What can be done where something is selected: to a segment, a socket, its node, its link.

use playground_core::event::Event;
use playground_core::scenario::{LinkSpec, Scenario};
use playground_drawing::host_title;
use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use super::actions::{of_link, of_node, of_segment, of_socket};
use super::amount::{Amounts, button, interventions, row};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`Breaking`].
#[derive(Properties, PartialEq)]
pub struct BreakingProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The cursor: what is done, is done there.
    pub cursor: Cursor,
    /// The selection.
    pub selection: Selection,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The buttons that the selection allows.
#[component]
pub fn Breaking(props: &BreakingProps) -> Html {
    let text = use_text();
    let amounts = use_state_eq(Amounts::default);
    let (model, cursor, on_action) = (&props.model, props.cursor, &props.on_action);
    let mut rows = Vec::new();
    if let Some(id) = props.selection.segment {
        let buttons = of_segment(model, cursor, id, amounts.delay()).into_iter();
        let buttons = buttons.map(|(key, action)| button(text, key, action, &amounts, on_action));
        rows.push(row(text.plain("break"), buttons));
    } else if let Some(key) = props.selection.socket
        && let Some(spec) = model.trace.scenario.nodes.get(key.node.index())
    {
        rows.push(row(
            text.plain("break"),
            interventions(text, of_socket(&spec.name, key), &amounts, on_action),
        ));
        let of_node = interventions(text, of_node(model, cursor, &spec.name), &amounts, on_action);
        rows.push(row(host_title(text, spec), of_node));
    }
    if let Some(link) = link_of(model, props.selection) {
        let actions = of_link(model, cursor, link, amounts.loss);
        rows.push(row(
            ends(text, &model.trace.scenario, &link.between),
            interventions(text, actions, &amounts, on_action),
        ));
    }
    if rows.is_empty() {
        return Html::default();
    }
    html! { <section class="breaking" aria-label={text.plain("break")}>{ for rows }</section> }
}

/// A link by its ends.
fn ends(text: Text, scenario: &Scenario, between: &(String, String)) -> String {
    let title = |name: &String| {
        let node = scenario.nodes.iter().find(|node| node.name == *name);
        node.map_or_else(|| name.clone(), |node| host_title(text, node))
    };
    format!("{} – {}", title(&between.0), title(&between.1))
}

/// The link that the selected segment crosses, or the selected socket's connection uses.
fn link_of(model: &Model, selection: Selection) -> Option<&LinkSpec> {
    let hop = model.trace.entries.iter().find_map(|entry| match &entry.event {
        Event::PacketSent { id, hop, .. } if Some(*id) == selection.segment => Some(*hop),
        Event::PacketSent { socket: Some(socket), hop, .. }
            if selection.segment.is_none()
                && selection.socket.is_some_and(|key| (key.node, key.socket) == (entry.node, *socket)) =>
        {
            Some(*hop)
        }
        _ => None,
    })?;
    model.trace.scenario.links.get(hop.index())
}
