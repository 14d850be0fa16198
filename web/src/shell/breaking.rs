//! Breaking things: what can be done to the selected segment or socket, at this moment.

use playground_core::event::Event;
use playground_core::scenario::{Action as Deed, Intervention, LinkSpec};
use playground_core::time::Duration;
use playground_playback::Selection;
use yew::prelude::*;

use super::chips::Chips;
use crate::language::use_text;
use crate::session::{Action, Edit, Model};
use crate::shared::Shared;

/// How much later a delayed segment arrives.
const DELAY: Duration = Duration::from_millis(1_000);

/// Properties of [`Breaking`].
#[derive(Properties, PartialEq)]
pub struct BreakingProps {
    /// The run.
    pub model: Shared<Model>,
    /// What is selected.
    pub selection: Selection,
    /// What was done so far.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// The buttons for what is selected, and what was done so far.
#[component]
pub fn Breaking(props: &BreakingProps) -> Html {
    let text = use_text();
    let button = |key: &str, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="button small" {onclick}>{ text.plain(key) }</button> }
    };
    let trace = &props.model.trace;
    let mut buttons = Vec::new();
    if let Some(id) = props.selection.segment {
        buttons.extend(Edit::lose(trace, id).map(|edit| button("break-lose", Action::Edit(edit))));
        buttons.extend(Edit::delay(trace, id, DELAY).map(|edit| button("break-delay", Action::Edit(edit))));
    } else if let Some(key) = props.selection.socket
        && let Some(node) = trace.scenario.nodes.get(key.node.index())
    {
        let (node, socket) = (node.name.clone(), key.socket.0);
        buttons.push(button("break-close", Action::Intervene(Deed::Close { node: node.clone(), socket })));
        buttons
            .push(button("break-shutdown", Action::Intervene(Deed::Shutdown { node: node.clone(), socket })));
        buttons.push(button("break-abort", Action::Intervene(Deed::Abort { node, socket })));
    }
    if let Some(link) = link_of(&props.model, props.selection) {
        let between = link.between.clone();
        let is_out = props.edits.iter().rev().find_map(|edit| match edit {
            Edit::Intervene(Intervention { action: Deed::PullCable { between: other }, .. })
                if *other == between =>
            {
                Some(true)
            }
            Edit::Intervene(Intervention { action: Deed::PutCableBack { between: other }, .. })
                if *other == between =>
            {
                Some(false)
            }
            _ => None,
        });
        buttons.push(if is_out == Some(true) {
            button("break-put-back", Action::Intervene(Deed::PutCableBack { between }))
        } else {
            button("break-pull", Action::Intervene(Deed::PullCable { between }))
        });
    }
    if buttons.is_empty() && props.edits.is_empty() && !props.replaced {
        return Html::default();
    }
    html! {
        <section class="breaking" aria-label={text.plain("break")}>
            if !buttons.is_empty() {
                <div class="buttons"><h3>{ text.plain("break") }</h3>{ buttons }</div>
            }
            <Chips edits={props.edits.clone()} replaced={props.replaced} model={props.model.clone()} on_action={props.on_action.clone()} />
        </section>
    }
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
