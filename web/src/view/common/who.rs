//! The nodes of a run by name and colour.

use playground_core::event::NodeId;
use playground_core::trace::Trace;
use playground_playback::{NodeLabel, RoleKind};

use super::words;
use crate::language::Text;

/// A node as drawings and lists name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::view) struct Who {
    /// Its name in words.
    pub(in crate::view) name: String,
    /// The class that colours it.
    pub(in crate::view) class: &'static str,
}

/// The node `id`; an unknown one has no name.
pub(in crate::view) fn who(text: Text, trace: &Trace, id: NodeId) -> Who {
    match trace.scenario.nodes.get(id.index()) {
        Some(spec) => {
            Who { name: words::node_name(text, &spec.name), class: words::role_class(RoleKind::of(spec)) }
        }
        None => Who { name: String::new(), class: "role-other" },
    }
}

/// The same for a node that a list names.
pub(in crate::view) fn who_is(text: Text, node: &NodeLabel) -> Who {
    Who { name: words::node_name(text, &node.name), class: words::role_class(node.kind) }
}
