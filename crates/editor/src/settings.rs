//! What the schema does not say of a field: its group, its unit, its place in the form, whether it is shown at first.
//!
//! A field that has no line here is shown all the same: in the group of its kind, behind the others, folded.

use crate::amount::Unit;

/// The groups of a form, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What the part is: its name, its role.
    Part,
    /// What it asks for.
    Asks,
    /// What it serves.
    Serves,
    /// Where and how it forwards.
    Forwards,
    /// The calls that its program makes.
    Calls,
    /// The way through a link.
    Way,
    /// How it uses connections.
    Connections,
    /// Time-outs and limits.
    Limits,
    /// The TCP stack.
    Stack,
    /// Address, names and TLS.
    Network,
}

impl Group {
    /// The end of its word's key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Asks => "asks",
            Self::Serves => "serves",
            Self::Forwards => "forwards",
            Self::Calls => "calls",
            Self::Way => "way",
            Self::Connections => "connections",
            Self::Limits => "limits",
            Self::Stack => "stack",
            Self::Network => "network",
        }
    }
}

/// What a field's value is, as far as its schema does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// What the schema says.
    Plain,
    /// A number of this unit.
    Of(Unit),
    /// The name of a node, or a list of them; the port of that node is in the field of this name beside it.
    Node(Option<&'static str>),
    /// The text of messages.
    Message,
}

/// A field's line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub group: Group,
    pub meaning: Meaning,
    pub is_first: bool,
    pub place: usize,
}

use Group::{Asks, Calls, Connections, Forwards, Limits, Network, Part, Serves, Stack, Way};
use Meaning::{Message, Node, Of, Plain};

const FIRST: bool = true;
const MORE: bool = false;
const COUNT: Meaning = Of(Unit::Count);
const OCTETS: Meaning = Of(Unit::Octets);

/// The fields in their order, by their names, or by those of their types and their own.
const SETTINGS: &[(&str, Group, Meaning, bool)] = &[
    // A node, a scenario.
    ("role", Part, Plain, FIRST),
    ("name", Part, Plain, FIRST),
    ("address", Part, Plain, MORE),
    ("seed", Part, COUNT, MORE),
    // A client.
    ("connect_to", Asks, Node(Some("port")), FIRST),
    ("to", Asks, Node(Some("port")), FIRST),
    ("LoadGeneratorSpec.path", Asks, Plain, FIRST),
    ("every_us", Asks, Plain, FIRST),
    ("LoadGeneratorSpec.until_us", Asks, Plain, FIRST),
    ("page", Asks, Plain, FIRST),
    ("ClientSpec.version", Asks, Plain, FIRST),
    ("requests", Asks, Plain, FIRST),
    ("PingSpec.count", Asks, COUNT, FIRST),
    ("PingSpec.interval_us", Asks, Plain, FIRST),
    ("data_len", Asks, Plain, MORE),
    ("host", Asks, Plain, MORE),
    ("absolute_form", Asks, Plain, MORE),
    ("ClientSpec.port", Asks, COUNT, MORE),
    ("BrowserSpec.port", Asks, COUNT, MORE),
    ("LoadGeneratorSpec.port", Asks, COUNT, MORE),
    ("asks", Connections, Plain, FIRST),
    ("policy", Connections, Plain, FIRST),
    ("BrowserSpec.connections", Connections, COUNT, FIRST),
    ("after_answer", Connections, Plain, FIRST),
    ("reuses", Connections, Plain, FIRST),
    ("ClientSpec.pipeline", Connections, COUNT, FIRST),
    ("BrowserSpec.pipeline", Connections, COUNT, MORE),
    ("pipelines_any_method", Connections, Plain, MORE),
    ("closes_when_done", Connections, Plain, FIRST),
    ("stays_open", Connections, Plain, MORE),
    ("automatic", Connections, COUNT, MORE),
    ("user", Connections, Plain, MORE),
    ("user_takes_us", Connections, Plain, MORE),
    ("response_timeout_us", Limits, Plain, FIRST),
    ("reads_from_us", Limits, Plain, MORE),
    ("continue_timeout_us", Limits, Plain, MORE),
    ("announced_timeout", Limits, Plain, MORE),
    ("announced_margin_us", Limits, Plain, MORE),
    ("while_sending", Limits, Plain, MORE),
    ("PingSpec.timeout_us", Limits, Plain, MORE),
    // A request.
    ("method", Asks, Plain, FIRST),
    ("path", Asks, Plain, FIRST),
    ("RequestSpec.text", Asks, Message, FIRST),
    ("after_us", Asks, Plain, FIRST),
    ("body_len", Asks, Plain, FIRST),
    ("write_len", Asks, Plain, MORE),
    // A server, and its resources.
    ("OriginServerSpec.version", Serves, Plain, FIRST),
    ("resources", Serves, Plain, FIRST),
    ("names", Serves, Plain, FIRST),
    ("first", Serves, Plain, FIRST),
    ("DhcpServerSpec.count", Serves, COUNT, FIRST),
    ("router", Serves, Plain, FIRST),
    ("name_server", Serves, Plain, FIRST),
    ("lease_s", Serves, Plain, MORE),
    ("ttl_s", Serves, Plain, MORE),
    ("OriginServerSpec.port", Serves, COUNT, MORE),
    ("processing_us", Serves, Plain, FIRST),
    ("status", Serves, COUNT, MORE),
    ("framing", Serves, Plain, MORE),
    ("announced", Serves, OCTETS, FIRST),
    ("content_type", Serves, Plain, MORE),
    ("ResourceSpec.text", Serves, Message, FIRST),
    ("objects", Serves, Plain, MORE),
    ("sizes_objects", Serves, Plain, MORE),
    ("caching", Serves, Plain, MORE),
    ("cache_control", Serves, Plain, FIRST),
    ("etag", Serves, Plain, FIRST),
    ("expires_us", Serves, Plain, FIRST),
    ("last_modified_us", Serves, Plain, FIRST),
    ("changes_at_us", Serves, Plain, FIRST),
    ("ResourceSpec.cut", Serves, Plain, MORE),
    ("CutSpec.after", Serves, OCTETS, FIRST),
    ("at_request", Serves, COUNT, FIRST),
    ("moment", Serves, Plain, FIRST),
    ("by", Serves, Plain, FIRST),
    ("pause_us", Serves, Plain, FIRST),
    ("once", Serves, Plain, FIRST),
    ("holds", Serves, COUNT, MORE),
    ("keep_alive", Connections, Plain, FIRST),
    ("hints", Connections, Plain, FIRST),
    ("OriginServerSpec.close", Connections, Plain, FIRST),
    ("linger_us", Connections, Plain, MORE),
    ("breaks", Connections, Plain, MORE),
    ("restart", Connections, Plain, MORE),
    ("RestartSpec.at_us", Connections, Plain, FIRST),
    ("down_us", Connections, Plain, FIRST),
    ("retry_us", Connections, Plain, FIRST),
    ("idle_timeout_us", Limits, Plain, FIRST),
    ("max_requests", Limits, COUNT, FIRST),
    ("connections_per_client", Limits, COUNT, MORE),
    ("excess", Limits, Plain, MORE),
    ("body_limit", Limits, OCTETS, MORE),
    ("early_close", Limits, Plain, MORE),
    // A proxy, a router.
    ("next", Forwards, Node(Some("next_port")), FIRST),
    ("forwarding", Forwards, Plain, FIRST),
    ("guesses_lifetimes", Forwards, Plain, FIRST),
    ("client_half_close", Forwards, Plain, MORE),
    ("next_is_proxy", Forwards, Plain, MORE),
    ("via_name", Forwards, Plain, MORE),
    ("DumbProxySpec.port", Forwards, COUNT, MORE),
    ("SmartProxySpec.port", Forwards, COUNT, MORE),
    ("next_port", Forwards, COUNT, MORE),
    ("pool", Connections, Plain, FIRST),
    ("PoolSpec.connections", Connections, COUNT, FIRST),
    ("queue_timeout_us", Connections, Plain, FIRST),
    ("knows_http10_clients", Connections, Plain, MORE),
    ("retries_reused", Connections, Plain, MORE),
    ("server_idle_timeout_us", Limits, Plain, FIRST),
    ("neighbour_timeout_us", Limits, Plain, FIRST),
    // A program of calls.
    ("program", Calls, Plain, FIRST),
    ("steps", Calls, Plain, FIRST),
    ("ScriptStep.at_us", Calls, Plain, FIRST),
    ("call", Calls, Plain, FIRST),
    ("socket", Calls, COUNT, FIRST),
    ("ScriptCall.text", Calls, Plain, FIRST),
    ("times", Calls, COUNT, MORE),
    ("max", Calls, OCTETS, MORE),
    ("ScriptCall.port", Calls, COUNT, FIRST),
    ("on", Calls, Plain, FIRST),
    ("ManualSpec.from_us", Calls, Plain, MORE),
    ("ManualSpec.pause_us", Calls, Plain, MORE),
    // A link.
    ("delay_us", Way, Of(Unit::RoundTrip), FIRST),
    ("bits_per_s", Way, Of(Unit::BitsPerSecond), FIRST),
    ("queue_segments", Way, Of(Unit::Segments), FIRST),
    ("impairments", Way, Plain, FIRST),
    ("what", Way, Plain, FIRST),
    ("direction", Way, Plain, FIRST),
    ("nth", Way, COUNT, FIRST),
    ("data_only", Way, Plain, MORE),
    ("by_us", Way, Plain, FIRST),
    ("per_mille", Way, Of(Unit::PerMille), FIRST),
    ("ImpairmentKind.from_us", Way, Plain, FIRST),
    ("ImpairmentKind.until_us", Way, Plain, FIRST),
    // The limits of a run.
    ("Limits.time_us", Limits, Plain, FIRST),
    ("Limits.entries", Limits, COUNT, FIRST),
    ("Limits.connections", Limits, COUNT, MORE),
    ("Limits.octets", Limits, OCTETS, MORE),
    // The stack.
    ("profile", Stack, Plain, FIRST),
    ("nagle", Stack, Plain, FIRST),
    ("delayed_ack_us", Stack, Plain, FIRST),
    ("initial_window", Stack, Of(Unit::Segments), FIRST),
    ("max_segment_size", Stack, OCTETS, MORE),
    ("receive_buffer", Stack, OCTETS, MORE),
    ("send_buffer", Stack, OCTETS, MORE),
    ("max_segment_lifetime_us", Stack, Plain, MORE),
    ("ephemeral_ports", Stack, COUNT, MORE),
    ("reuse_address", Stack, Plain, MORE),
    ("keepalive", Stack, Plain, MORE),
    ("idle_us", Stack, Plain, FIRST),
    ("KeepaliveSpec.interval_us", Stack, Plain, FIRST),
    ("probes", Stack, COUNT, FIRST),
    ("tls", Network, Plain, MORE),
    ("TlsSpec.version", Network, Plain, FIRST),
    ("resumes", Network, Plain, FIRST),
    ("server_name", Network, Plain, FIRST),
    ("dhcp", Network, Plain, MORE),
    ("resolver", Network, Plain, MORE),
    ("server", Network, Plain, FIRST),
    ("tries", Network, COUNT, FIRST),
    ("timeout_us", Network, Plain, FIRST),
    ("cached", Network, Plain, FIRST),
];

/// The line of a field; what its name says where it has none.
pub(crate) fn setting(owner: &str, name: &str) -> Setting {
    let own = format!("{owner}.{name}");
    let place = SETTINGS
        .iter()
        .position(|(key, ..)| *key == own)
        .or_else(|| SETTINGS.iter().position(|(key, ..)| *key == name));
    let meaning = match name {
        _ if name.ends_with("_us") => Of(Unit::Time),
        _ if name.ends_with("_s") => Of(Unit::Seconds),
        _ if name.ends_with("_len") => OCTETS,
        _ => Plain,
    };
    match place {
        Some(place) => {
            let (_, group, own, is_first) = SETTINGS[place];
            Setting { group, meaning: if own == Plain { meaning } else { own }, is_first, place }
        }
        None => {
            let group = if meaning == Of(Unit::Time) { Limits } else { Connections };
            Setting { group, meaning, is_first: false, place: SETTINGS.len() }
        }
    }
}

/// Roles among which a node may change, by what it is for the others.
const FAMILIES: [&[&str]; 4] = [
    &["client", "browser", "load-generator", "ping", "manual", "script"],
    &["dumb-proxy", "smart-proxy", "caching-proxy"],
    &["origin-server", "dns-server", "dhcp-server", "off", "manual", "script"],
    &["switch", "router"],
];

/// Whether a node of one role may become one of another; one of a role that has no family may become anything.
pub(crate) fn may_become(role: &str, other: &str) -> bool {
    let mut families = FAMILIES.iter().filter(|family| family.contains(&role)).peekable();
    families.peek().is_none() || families.any(|family| family.contains(&other))
}
