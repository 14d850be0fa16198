//! What a host is in the network: whom it connects to, and on which port it is reached.

use playground_core::node::RoleSpec;
use playground_core::scenario::{LinkSpec, NodeSpec};

/// Whether a host makes requests.
pub fn is_client(role: &RoleSpec) -> bool {
    matches!(role, RoleSpec::Client(_) | RoleSpec::Browser(_))
}

/// Whether a host answers them.
pub fn is_server(role: &RoleSpec) -> bool {
    matches!(role, RoleSpec::OriginServer(_))
}

/// Whether a host stands between the two.
pub fn is_proxy(role: &RoleSpec) -> bool {
    matches!(role, RoleSpec::DumbProxy(_) | RoleSpec::SmartProxy(_) | RoleSpec::CachingProxy(_))
}

/// The port that a host listens on.
pub fn port_of(role: &RoleSpec) -> Option<u16> {
    match role {
        RoleSpec::OriginServer(spec) => Some(spec.port),
        RoleSpec::DumbProxy(spec) => Some(spec.port),
        RoleSpec::SmartProxy(spec) => Some(spec.port),
        RoleSpec::CachingProxy(spec) => Some(spec.proxy.port),
        _ => None,
    }
}

/// The host that another one connects to, where it connects to one.
pub fn target_of(role: &RoleSpec) -> Option<&str> {
    match role {
        RoleSpec::Client(spec) => Some(&spec.connect_to),
        RoleSpec::Browser(spec) => Some(&spec.connect_to),
        RoleSpec::DumbProxy(spec) => Some(&spec.next),
        RoleSpec::SmartProxy(spec) => Some(&spec.next),
        RoleSpec::CachingProxy(spec) => Some(&spec.proxy.next),
        _ => None,
    }
}

/// Makes a host connect to another one.
pub fn connect(role: &mut RoleSpec, to: &NodeSpec) {
    let (name, proxy) = (to.name.clone(), is_proxy(&to.role));
    let Some(port) = port_of(&to.role) else { return };
    match role {
        RoleSpec::Client(spec) => (spec.connect_to, spec.port, spec.absolute_form) = (name, port, proxy),
        RoleSpec::Browser(spec) => (spec.connect_to, spec.port) = (name, port),
        RoleSpec::DumbProxy(spec) => (spec.next, spec.next_port) = (name, port),
        RoleSpec::SmartProxy(spec) => (spec.next, spec.next_port, spec.next_is_proxy) = (name, port, proxy),
        RoleSpec::CachingProxy(spec) => {
            (spec.proxy.next, spec.proxy.next_port, spec.proxy.next_is_proxy) = (name, port, proxy);
        }
        _ => {}
    }
}

/// Makes a proxy listen on a port.
pub fn listen(role: &mut RoleSpec, port: u16) {
    match role {
        RoleSpec::DumbProxy(spec) => spec.port = port,
        RoleSpec::SmartProxy(spec) => spec.port = port,
        RoleSpec::CachingProxy(spec) => spec.proxy.port = port,
        _ => {}
    }
}

/// The ends of a link with another host in the place of one.
pub fn instead_of(between: &(String, String), host: &str, other: &str) -> (String, String) {
    let end = |name: &String| if name == host { other.to_owned() } else { name.clone() };
    (end(&between.0), end(&between.1))
}

/// The other end of a host's link.
pub fn other_end<'a>(link: &'a LinkSpec, host: &str) -> Option<&'a str> {
    match (&link.between.0, &link.between.1) {
        (a, b) if a == host => Some(b),
        (a, b) if b == host => Some(a),
        _ => None,
    }
}
