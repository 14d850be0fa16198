//! What can be done to what.

use playground_core::event::{Event, PacketId};
use playground_core::scenario::{Action as UserAction, LinkSpec};
use playground_core::tcp::State;
use playground_core::time::Duration;
use playground_playback::{Cursor, NodeView, SocketKey};

use crate::session::{Action, Edit, Model};

/// A button: the key of its words, and what it does.
pub type Broken<A> = (&'static str, A);

/// What can be done to a segment: at the cursor while it is on its way, else wherever it is sent in the run.
pub fn of_segment(model: &Model, cursor: Cursor, id: PacketId, by_us: Duration) -> Vec<Broken<Action>> {
    let is_under_way = model.dissection.segment(id).is_some_and(|label| {
        label.sent < cursor.index
            && label.lost.is_none()
            && label.ended.is_none_or(|ended| ended >= cursor.index)
    });
    let (trace, packet) = (&model.trace, id.0);
    if is_under_way {
        let actions = [
            ("break-lose", UserAction::Lose { packet }),
            ("break-delay", UserAction::Delay { packet, by_us }),
            ("break-duplicate", UserAction::Duplicate { packet }),
            ("break-corrupt", UserAction::Corrupt { packet }),
        ];
        return actions.map(|(key, action)| (key, Action::Intervene(action))).to_vec();
    }
    let edits = [
        ("break-lose", Edit::lose(trace, id)),
        ("break-delay", Edit::delay(trace, id, by_us)),
        ("break-duplicate", Edit::duplicate(trace, id)),
        ("break-corrupt", Edit::corrupt(trace, id)),
    ];
    edits.into_iter().filter_map(|(key, edit)| Some((key, Action::Edit(edit?)))).collect()
}

/// What can be done to a socket of a node now.
pub fn of_socket(node: &str, socket: SocketKey) -> Vec<Broken<UserAction>> {
    let (node, socket) = (|| node.to_owned(), socket.socket.0);
    vec![
        ("break-close", UserAction::Close { node: node(), socket }),
        ("break-shutdown", UserAction::Shutdown { node: node(), socket }),
        ("break-abort", UserAction::Abort { node: node(), socket }),
        ("break-reset", UserAction::InjectReset { node: node(), socket, beyond: 0 }),
        ("break-reset-guessed", UserAction::InjectReset { node: node(), socket, beyond: 1_000 }),
    ]
}

/// What can be done to a node now.
pub fn of_node(model: &Model, cursor: Cursor, name: &str) -> Vec<Broken<UserAction>> {
    let trace = &model.trace;
    let Some(place) = trace.scenario.nodes.iter().position(|spec| spec.name == name) else {
        return Vec::new();
    };
    let node = || name.to_owned();
    let world = trace.world_after(cursor.index);
    let Some(state) = world.nodes.get(place) else { return Vec::new() };
    if state.down_since.is_some() {
        return vec![("break-restart", UserAction::Restart { node: node() })];
    }
    let mut actions = vec![
        ("break-crash", UserAction::Crash { node: node() }),
        ("break-restart", UserAction::Restart { node: node() }),
    ];
    // A program reads when it is told to.
    let is_program = matches!(trace.scenario.nodes[place].role, playground_core::node::RoleSpec::Manual(_));
    match state.unread_since {
        Some(_) => actions.push(("break-read-again", UserAction::ReadAgain { node: node() })),
        None if is_program => {}
        None => actions.push(("break-stop-reading", UserAction::StopReading { node: node() })),
    }
    actions
}

/// The sockets of a node that can be closed now.
pub fn closable(node: &NodeView) -> impl Iterator<Item = (SocketKey, Option<u16>)> {
    let is_open = |state: State| matches!(state, State::Established | State::CloseWait);
    let open = node.sockets.iter().filter(move |socket| is_open(socket.state));
    open.map(|socket| (socket.key, socket.local.map(|local| local.port)))
}

/// What can be done to a link now, by what was done to it before.
pub fn of_link(model: &Model, cursor: Cursor, link: &LinkSpec, per_mille: u16) -> Vec<Broken<UserAction>> {
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
    let mut actions = vec![match is_out {
        true => ("break-put-back", UserAction::PutCableBack { between: between() }),
        false => ("break-pull", UserAction::PullCable { between: between() }),
    }];
    if is_lossy {
        actions.push(("break-heal", UserAction::MakeLossy { between: between(), per_mille: 0 }));
    }
    actions.push(("break-lossy", UserAction::MakeLossy { between: between(), per_mille }));
    actions
}
