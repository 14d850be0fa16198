//! A DHCP server: gives out addresses of a range, first come, first served.

use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::role_spec::BuildRole;
use super::{Host, Input, Role};
use crate::dhcp::{DHCP_CLIENT_PORT, DHCP_SERVER_PORT, DhcpKind, DhcpMessage};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::wire::Endpoint;

/// Settings of a DHCP server.
///
/// Simplified: leases do not end while a run lasts, and nobody renews them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DhcpServerSpec {
    /// The first address it gives.
    pub first: Ipv4Addr,
    /// How many it has.
    #[serde(default = "many")]
    pub count: u8,
    /// The gateway that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub router: Option<Ipv4Addr>,
    /// The name server that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_server: Option<Ipv4Addr>,
    /// How long an address may be kept, seconds.
    #[serde(default = "a_day")]
    pub lease_s: u32,
}

const fn many() -> u8 {
    32
}
const fn a_day() -> u32 {
    86_400
}

impl DhcpServerSpec {
    /// A server that gives addresses from this one on.
    pub const fn new(first: Ipv4Addr) -> Self {
        Self { first, count: many(), router: None, name_server: None, lease_s: a_day() }
    }

    /// The address at a place of its range.
    fn address(&self, place: usize) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.first.to_bits().wrapping_add(place as u32))
    }
}

impl BuildRole for DhcpServerSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(DhcpServer { spec: self.clone(), clients: Vec::new() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if self.count == 0 {
            return Some(("count".to_owned(), Problem::not_zero()));
        }
        let last = self.address(usize::from(self.count) - 1);
        let is_host = crate::tcp::is_host_address(self.first) && crate::tcp::is_host_address(last);
        (!is_host || last < self.first).then(|| ("first".to_owned(), Problem::address_range()))
    }

    fn gives(&self) -> Option<(Ipv4Addr, Ipv4Addr)> {
        Some((self.first, self.address(usize::from(self.count).saturating_sub(1))))
    }
}

#[derive(Debug)]
struct DhcpServer {
    spec: DhcpServerSpec,
    /// Hardware addresses: the first has the first address, and so on.
    clients: Vec<[u8; 6]>,
}

impl Role for DhcpServer {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                host.bind(DHCP_SERVER_PORT);
            }
            Input::Datagram(datagram) if datagram.destination.port == DHCP_SERVER_PORT => {
                if let Some(message) = DhcpMessage::decode(&datagram.payload) {
                    self.answer(&message, host);
                }
            }
            _ => {}
        }
    }
}

impl DhcpServer {
    fn answer(&mut self, message: &DhcpMessage, host: &mut dyn Host) {
        let own = host.address();
        let known = self.clients.iter().position(|client| *client == message.hardware);
        let (kind, rule) = match message.kind {
            DhcpKind::Discover => (DhcpKind::Offer, Rule::DhcpOffer),
            // RFC 2131 section 4.3.2: a request that names another server declines this one's offer.
            DhcpKind::Request if message.server.is_none_or(|server| server == own) => {
                (DhcpKind::Ack, Rule::DhcpAck)
            }
            _ => return,
        };
        let place = known.unwrap_or_else(|| {
            self.clients.push(message.hardware);
            self.clients.len() - 1
        });
        if place >= usize::from(self.spec.count) {
            // Nothing left to give: it keeps silent. RFC 2131 section 4.3.1.
            self.clients.truncate(place);
            return;
        }
        let address = self.spec.address(place);
        let is_right = kind == DhcpKind::Offer || message.requested.is_none_or(|wanted| wanted == address);
        let mut answer = DhcpMessage::new(
            if is_right { kind } else { DhcpKind::Nak },
            message.transaction,
            message.hardware,
        );
        answer.server = Some(own);
        if is_right {
            answer.yours = address;
            answer.lease_s = Some(self.spec.lease_s);
            answer.subnet_mask = Some(Ipv4Addr::new(255, 255, 255, 0));
            answer.router = self.spec.router;
            answer.name_server = self.spec.name_server;
        }
        let everyone = Endpoint::new(Ipv4Addr::BROADCAST, DHCP_CLIENT_PORT);
        host.send_to(DHCP_SERVER_PORT, everyone, answer.encode(), rule);
    }
}
