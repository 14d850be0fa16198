//! Titles of nodes, and CSS classes of states and roles.

use playground_core::tcp::State;
pub(in crate::view) use playground_drawing::group_class as role_class;
use playground_playback::{NodeView, RoleKind};
pub(in crate::view) use playground_playback::{belief_key, drop_key, waiting_key};
pub(in crate::view) use playground_words::{circled, node_name, octets};

use crate::language::Text;

/// The title of a node's card: its role where that says more than its name.
pub(in crate::view) fn card_title(text: Text, node: &NodeView) -> String {
    let key = format!("role-{}", node.role);
    if node.kind != RoleKind::Proxy || !text.has(&key) {
        return node_name(text, &node.name);
    }
    let number = node.name.rsplit_once('-').map(|(_, number)| number).unwrap_or_default();
    if !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit()) {
        format!("{} {number}", text.plain(&key))
    } else {
        text.plain(&key)
    }
}

/// Which class colours a state: opening, open, closing or closed.
pub(in crate::view) const fn state_class(state: State, was_reset: bool) -> &'static str {
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
