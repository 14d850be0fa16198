//! The edits of the run that the selection allows.

use playground_core::event::Event;
use playground_core::scenario::{Action as UserAction, Intervention, LinkSpec};
use playground_core::time::Duration;
use playground_playback::Selection;
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// The delay of a delayed segment.
const DELAY: Duration = Duration::from_millis(1_000);

/// Properties of [`Breaking`].
#[derive(Properties, PartialEq)]
pub struct BreakingProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The selection.
    pub selection: Selection,
    /// The edits made so far.
    pub edits: Vec<Edit>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The edits that the selection allows.
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
        buttons
            .push(button("break-close", Action::Intervene(UserAction::Close { node: node.clone(), socket })));
        buttons.push(button(
            "break-shutdown",
            Action::Intervene(UserAction::Shutdown { node: node.clone(), socket }),
        ));
        buttons.push(button("break-abort", Action::Intervene(UserAction::Abort { node, socket })));
    }
    if let Some(link) = link_of(&props.model, props.selection) {
        let between = link.between.clone();
        let is_out =
            props.edits.iter().rev().find_map(|edit| match edit {
                Edit::Intervene(Intervention {
                    action: UserAction::PullCable { between: other }, ..
                }) if *other == between => Some(true),
                Edit::Intervene(Intervention {
                    action: UserAction::PutCableBack { between: other }, ..
                }) if *other == between => Some(false),
                _ => None,
            });
        buttons.push(if is_out == Some(true) {
            button("break-put-back", Action::Intervene(UserAction::PutCableBack { between }))
        } else {
            button("break-pull", Action::Intervene(UserAction::PullCable { between }))
        });
    }
    if buttons.is_empty() {
        return Html::default();
    }
    html! {
        <section class="breaking" aria-label={text.plain("break")}>
            <div class="buttons"><h3>{ text.plain("break") }</h3>{ buttons }</div>
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
