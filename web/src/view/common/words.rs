//! Names of nodes, CSS classes of states and roles, and short number formats.

use playground_core::tcp::State;
use playground_playback::{NodeView, RoleKind};
pub(in crate::view) use playground_playback::{belief_key, drop_key, waiting_key};

use crate::language::Text;

/// Which class colours a node's things.
pub(in crate::view) const fn role_class(kind: RoleKind) -> &'static str {
    match kind {
        RoleKind::Client => "role-client",
        RoleKind::Proxy => "role-proxy",
        RoleKind::Server => "role-server",
        RoleKind::Network => "role-other",
    }
}

/// A node of the scenario in words: `proxy-2` is "프락시 2"; an unknown name stays.
pub(in crate::view) fn node_name(text: Text, name: &str) -> String {
    let whole = format!("node-{name}");
    if text.has(&whole) {
        return text.plain(&whole);
    }
    if let Some((stem, number)) = name.rsplit_once('-')
        && number.chars().all(|digit| digit.is_ascii_digit())
    {
        let key = format!("node-{stem}");
        if text.has(&key) {
            return format!("{} {number}", text.plain(&key));
        }
    }
    name.to_owned()
}

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

/// A number in a circle: `①`; beyond twenty the bare number.
pub(in crate::view) fn circled(number: u32) -> String {
    match number {
        1..=20 => char::from_u32(0x2460 + number - 1).map(String::from).unwrap_or_default(),
        _ => format!("#{number}"),
    }
}

/// A human-readable number of octets: `512 B`, `14.6 kB`.
pub(in crate::view) fn octets(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => decimal(count, 1_000, "kB"),
        _ => decimal(count, 1_000_000, "MB"),
    }
}

fn decimal(count: u64, unit: u64, name: &str) -> String {
    let tenths = count * 10 / unit;
    if tenths.is_multiple_of(10) || tenths >= 1_000 {
        format!("{} {name}", tenths / 10)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_expected() {
        assert_eq!(circled(1), "①");
        assert_eq!(circled(20), "⑳");
        assert_eq!(circled(21), "#21");
        assert_eq!(octets(999), "999 B");
        assert_eq!(octets(14_600), "14.6 kB");
        assert_eq!(octets(100_000), "100 kB");
    }
}
