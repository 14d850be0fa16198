//! What can be done to the run where something is selected: to a segment, a socket, its node, its link.

use playground_core::event::{Event, PacketId};
use playground_core::scenario::{Action as UserAction, LinkSpec};
use playground_core::time::Duration;
use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// The delay of a delayed segment.
const DELAY: Duration = Duration::from_millis(1_000);
/// The loss of a link that is made lossy, in thousandths.
const LOSS: u16 = 100;

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
    let button = |key: &str, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" class="button small" {onclick}>{ text.plain(key) }</button> }
    };
    let trace = &props.model.trace;
    let mut rows: Vec<(String, Vec<Html>)> = Vec::new();
    if let Some(id) = props.selection.segment {
        let buttons = of_segment(&props.model, props.cursor, id);
        rows.push((
            text.plain("break"),
            buttons.into_iter().map(|(key, action)| button(key, action)).collect(),
        ));
    } else if let Some(key) = props.selection.socket
        && let Some(spec) = trace.scenario.nodes.get(key.node.index())
    {
        let (node, socket) = (|| spec.name.clone(), key.socket.0);
        let of_socket = [
            ("break-close", UserAction::Close { node: node(), socket }),
            ("break-shutdown", UserAction::Shutdown { node: node(), socket }),
            ("break-abort", UserAction::Abort { node: node(), socket }),
            ("break-reset", UserAction::InjectReset { node: node(), socket, beyond: 0 }),
            ("break-reset-guessed", UserAction::InjectReset { node: node(), socket, beyond: 1_000 }),
        ];
        let buttons = of_socket.map(|(key, action)| button(key, Action::Intervene(action)));
        rows.push((text.plain("break"), buttons.to_vec()));
        let world = trace.world_after(props.cursor.index);
        if let Some(state) = world.nodes.get(key.node.index()) {
            let mut actions =
                of_node(spec.name.clone(), state.down_since.is_some(), state.unread_since.is_some());
            if let playground_core::node::RoleSpec::Manual(_) = spec.role {
                // A program reads when it is told to.
                actions.retain(|(_, action)| !matches!(action, UserAction::StopReading { .. }));
            }
            let buttons = actions.into_iter().map(|(key, action)| button(key, Action::Intervene(action)));
            rows.push((text.node(&spec.name), buttons.collect()));
        }
    }
    if let Some(link) = link_of(&props.model, props.selection) {
        let actions = of_link(&props.model, props.cursor, link);
        let buttons = actions.into_iter().map(|(key, action)| button(key, Action::Intervene(action)));
        rows.push((ends(text, &link.between), buttons.collect()));
    }
    if rows.is_empty() {
        return Html::default();
    }
    let row = |(title, buttons): (String, Vec<Html>)| html! { <div class="buttons"><h3>{ title }</h3>{ buttons }</div> };
    html! {
        <section class="breaking" aria-label={text.plain("break")}>{ for rows.into_iter().map(row) }</section>
    }
}

/// A link by its ends.
fn ends(text: Text, between: &(String, String)) -> String {
    format!("{} – {}", text.node(&between.0), text.node(&between.1))
}

/// What can be done to a segment: at the cursor while it is on its way, else wherever it is sent in the run.
fn of_segment(model: &Model, cursor: Cursor, id: PacketId) -> Vec<(&'static str, Action)> {
    let is_under_way = model.dissection.segment(id).is_some_and(|label| {
        label.sent < cursor.index
            && label.lost.is_none()
            && label.ended.is_none_or(|ended| ended >= cursor.index)
    });
    let (trace, packet) = (&model.trace, id.0);
    if is_under_way {
        let actions = [
            ("break-lose", UserAction::Lose { packet }),
            ("break-delay", UserAction::Delay { packet, by_us: DELAY }),
            ("break-duplicate", UserAction::Duplicate { packet }),
            ("break-corrupt", UserAction::Corrupt { packet }),
        ];
        return actions.map(|(key, action)| (key, Action::Intervene(action))).to_vec();
    }
    let edits = [
        ("break-lose", Edit::lose(trace, id)),
        ("break-delay", Edit::delay(trace, id, DELAY)),
        ("break-duplicate", Edit::duplicate(trace, id)),
        ("break-corrupt", Edit::corrupt(trace, id)),
    ];
    edits.into_iter().filter_map(|(key, edit)| Some((key, Action::Edit(edit?)))).collect()
}

/// What can be done to a node now.
pub fn of_node(node: String, is_down: bool, is_unread: bool) -> Vec<(&'static str, UserAction)> {
    if is_down {
        return vec![("break-restart", UserAction::Restart { node })];
    }
    let reading = match is_unread {
        true => ("break-read-again", UserAction::ReadAgain { node: node.clone() }),
        false => ("break-stop-reading", UserAction::StopReading { node: node.clone() }),
    };
    vec![
        ("break-crash", UserAction::Crash { node: node.clone() }),
        ("break-restart", UserAction::Restart { node }),
        reading,
    ]
}

/// What can be done to a link now, by what was done to it before.
fn of_link(model: &Model, cursor: Cursor, link: &LinkSpec) -> Vec<(&'static str, UserAction)> {
    let between = || link.between.clone();
    let done = model.trace.entries.get(..cursor.index as usize).unwrap_or_default().iter().rev();
    let done = done.filter_map(|entry| match entry.event {
        Event::Intervened { intervention } => model.trace.scenario.interventions.get(intervention as usize),
        _ => None,
    });
    let done =
        done.map(|intervention| &intervention.action).filter(|action| action.link() == Some(&link.between));
    let is_cable = |action: &&UserAction| !matches!(action, UserAction::MakeLossy { .. });
    let is_out = matches!(done.clone().find(is_cable), Some(UserAction::PullCable { .. }));
    let loss = done.clone().find(|action| !is_cable(action));
    let is_lossy = matches!(loss, Some(UserAction::MakeLossy { per_mille: 1.., .. }));
    vec![
        match is_out {
            true => ("break-put-back", UserAction::PutCableBack { between: between() }),
            false => ("break-pull", UserAction::PullCable { between: between() }),
        },
        match is_lossy {
            true => ("break-heal", UserAction::MakeLossy { between: between(), per_mille: 0 }),
            false => ("break-lossy", UserAction::MakeLossy { between: between(), per_mille: LOSS }),
        },
    ]
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
