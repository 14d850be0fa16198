//! What can be done to the host or link that is edited.

use playground_core::event::HopId;
use playground_core::scenario::Action as UserAction;
use playground_editor::Part;
use playground_playback::Frame;
use yew::prelude::*;

use super::actions::{closable, of_link, of_node};
use super::amount::{Amounts, interventions};
use crate::controls::seconds;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Properties of [`BreakingPart`].
#[derive(Properties, PartialEq)]
pub struct BreakingPartProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor: what is done, is done there.
    pub frame: RcEq<Frame>,
    /// The part.
    pub part: Part,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// Its buttons; where nothing is chosen, how one gets them.
#[component]
pub fn BreakingPart(props: &BreakingPartProps) -> Html {
    let text = use_text();
    let amounts = use_state_eq(Amounts::default);
    let (model, frame, cursor) = (&props.model, &props.frame, props.frame.cursor);
    let buttons = match &props.part {
        Part::Scenario => Vec::new(),
        Part::Node(name) => {
            let own = frame.nodes.iter().find(|node| *node.name == **name);
            let sockets: Vec<_> = own.into_iter().flat_map(|node| closable(node)).take(4).collect();
            let several = sockets.len() > 1;
            let close = sockets.into_iter().map(|(key, port)| {
                let action = UserAction::Close { node: name.clone(), socket: key.socket.0 };
                let onclick = props.on_action.reform(move |_: MouseEvent| Action::Intervene(action.clone()));
                let port = port.filter(|_| several).map(|port| format!(" :{port}")).unwrap_or_default();
                html! {
                    <button type="button" class="button small" {onclick}>{ text.plain("break-close") }{ port }</button>
                }
            });
            let of_node = interventions(text, of_node(model, cursor, name), &amounts, &props.on_action);
            of_node.into_iter().chain(close).collect()
        }
        Part::Link(index) => {
            let Some(link) = model.trace.scenario.links.get(*index) else { return Html::default() };
            let actions = of_link(model, cursor, link, amounts.loss);
            let mut buttons = interventions(text, actions, &amounts, &props.on_action);
            // A RST is forged for a connection that there is.
            let pipes =
                frame.pipes.iter().filter(|pipe| pipe.hop == HopId(*index as u16) && pipe.gone_at.is_none());
            let socket = pipes.filter_map(|pipe| pipe.left_socket).next();
            let node = socket.and_then(|key| model.trace.scenario.nodes.get(key.node.index()));
            let action = socket.zip(node).map(|(key, node)| UserAction::InjectReset {
                node: node.name.clone(),
                socket: key.socket.0,
                beyond: 0,
            });
            let disabled = action.is_none();
            let on_action = props.on_action.clone();
            let onclick = Callback::from(move |_: MouseEvent| {
                action.iter().for_each(|action| on_action.emit(Action::Intervene(action.clone())));
            });
            let title = disabled.then(|| text.plain("break-no-connection"));
            buttons.push(html! {
                <button type="button" class="button small" {onclick} {disabled} {title}>{ text.plain("break-reset") }</button>
            });
            buttons
        }
    };
    let hint = buttons.is_empty();
    html! {
        <section class="breaking breaking-part" aria-label={text.plain("break-part")}>
            <h3>{ text.get("break-at", &[("time", &seconds(cursor.at))]) }</h3>
            if hint {
                <p>{ text.plain("break-hint") }</p>
            } else {
                <div class="buttons">{ for buttons }</div>
            }
        </section>
    }
}
