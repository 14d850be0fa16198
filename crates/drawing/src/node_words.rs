//! What nodes and states are called on their cards, and the classes of states.

use playground_core::scenario::NodeSpec;
use playground_core::tcp::State;
use playground_playback::{NodeView, RoleKind};
use playground_words::{Text, node_name};

/// The title of a node's card: its role where that says more than its name.
pub fn card_title(text: Text, node: &NodeView) -> String {
    title(text, &node.name, node.role, node.kind)
}

/// The title of a host's card, wherever else the host is named.
pub fn host_title(text: Text, node: &NodeSpec) -> String {
    title(text, &node.name, RoleKind::role_of(node), RoleKind::of(node))
}

fn title(text: Text, name: &str, role: &str, kind: RoleKind) -> String {
    let key = format!("role-{role}");
    // A host of a capture is known by its address alone.
    if kind != RoleKind::Proxy || role == "captured" || !text.has(&key) {
        return node_name(text, name);
    }
    let number = name.rsplit_once('-').map(|(_, number)| number).unwrap_or_default();
    if !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit()) {
        format!("{}\u{a0}{number}", text.plain(&key))
    } else {
        text.plain(&key)
    }
}

/// The class of a state: opening, open, closing or closed.
pub const fn state_class(state: State, was_reset: bool) -> &'static str {
    match state {
        State::Closed if was_reset => "is-reset",
        State::Closed => "is-closed",
        State::Listen => "is-listening",
        State::SynSent | State::SynReceived => "is-opening",
        State::Established => "is-open",
        State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => "is-closing",
    }
}
