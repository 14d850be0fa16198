//! The switch, the router, and the host that is switched off.

use serde::{Deserialize, Serialize};

use crate::event::Waiting;
use crate::node::{BuildRole, Forwards, Host, Input, Role, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::time::Duration;
use crate::wire::{IcmpMessage, Packet, Protocol, UnreachableCode};

/// Settings of a switch: it forwards each packet towards its receiver, and a broadcast to all other ports.
///
/// Simplified: it goes by IPv4 addresses and knows where each is; a real one learns hardware addresses. ARP
/// is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchSpec {}

/// Settings of a router: it forwards packets between networks, and sends ICMP destination unreachable when it cannot.
///
/// Simplified: its routes are the shortest paths over the scenario's links; the time to live is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RouterSpec {
    /// How long it tries to resolve a neighbour before it is unreachable.
    #[cfg_attr(feature = "schema", schemars(range(max = 60_000_000)))]
    pub neighbour_timeout_us: Duration,
}

impl Default for RouterSpec {
    /// As Linux does: three ARP requests, a second apart.
    fn default() -> Self {
        Self { neighbour_timeout_us: Duration::from_secs(3) }
    }
}

/// A host that is switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OffSpec {}

impl BuildRole for SwitchSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Idle)
    }

    fn forwards(&self) -> Forwards {
        Forwards::Switch
    }
}

impl BuildRole for OffSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Idle)
    }

    fn is_off(&self) -> bool {
        true
    }
}

impl BuildRole for RouterSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Router { spec: self.clone(), waiting: Vec::new() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        (self.neighbour_timeout_us > Duration::from_secs(60))
            .then(|| ("neighbour_timeout_us".to_owned(), Problem::micros_at_most(60_000_000, 60)))
    }

    fn forwards(&self) -> Forwards {
        Forwards::Router
    }
}

/// An application that does nothing.
#[derive(Debug)]
struct Idle;

impl Role for Idle {
    fn handle(&mut self, _: Input, _: &mut dyn Host) {}
}

#[derive(Debug)]
struct Router {
    spec: RouterSpec,
    /// Packets for neighbours that do not answer.
    waiting: Vec<Packet>,
}

const NEIGHBOUR: RoleTimer = RoleTimer { socket: None, purpose: Waiting::Neighbour };
/// Packets that wait for a neighbour at most; later ones are dropped.
const QUEUE: usize = 64;

impl Role for Router {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::NoNeighbour(packet) => {
                if self.waiting.is_empty() {
                    host.set_timer(NEIGHBOUR, self.spec.neighbour_timeout_us, Rule::NeighbourSilent);
                }
                if self.waiting.len() < QUEUE {
                    self.waiting.push(packet);
                }
            }
            Input::NoRoute(packet) => unreachable(&packet, UnreachableCode::Network, host),
            Input::TimerExpired(timer) if timer == NEIGHBOUR => {
                for packet in core::mem::take(&mut self.waiting) {
                    unreachable(&packet, UnreachableCode::Host, host);
                }
            }
            _ => {}
        }
    }
}

/// Sends an ICMP error to the sender. RFC 1122 section 3.2.2: never about an ICMP error.
fn unreachable(packet: &Packet, code: UnreachableCode, host: &mut dyn Host) {
    if let Packet::Datagram(datagram) = packet
        && datagram.protocol == Protocol::Icmp
        && matches!(IcmpMessage::decode(&datagram.payload), None | Some(IcmpMessage::Unreachable { .. }))
    {
        return;
    }
    let message = IcmpMessage::Unreachable { code, quoted: packet.quoted().into() };
    host.send_icmp(packet.source(), &message, Rule::DestinationUnreachable);
}
