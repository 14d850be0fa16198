//! The nodes of a run by name and hue.

use playground_core::event::NodeId;
use playground_core::trace::Trace;
use playground_playback::RoleKind;

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

/// The same for a node known by its name in the scenario; the hue is that of its name.
pub(in crate::view) fn who_is_called(text: Text, name: &str) -> Who {
    let class = match name {
        _ if name.starts_with("client") => "role-client",
        _ if ["proxy", "cache"].iter().any(|kind| name.starts_with(kind)) => "role-proxy",
        _ if ["switch", "gateway", "router"].iter().any(|kind| name.starts_with(kind)) => "role-other",
        _ => "role-server",
    };
    Who { name: words::node_name(text, name), class }
}
