//! The network side of a machine: its address by DHCP, and its resolver.

use core::net::Ipv4Addr;

use super::dhcp::DhcpClient;
use super::dns::Resolver;
use crate::dhcp::DHCP_CLIENT_PORT;
use crate::event::{ApplicationError, Waiting};
use crate::node::{DhcpClientSpec, Host, Input, Lookup, ResolverSpec};
use crate::wire::Protocol;

/// A machine's DHCP client and its resolver, as far as it has them.
///
/// The contract: every input of the node goes through [`Network::handle`] first; lookups go through
/// [`Network::lookup`].
#[derive(Debug)]
pub(crate) struct Network {
    dhcp: Option<DhcpClient>,
    resolver: Option<Resolver>,
}

/// How an input was handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handled {
    /// It is the application's.
    No,
    /// It was the machine's own.
    Yes,
    /// It was the machine's own, and a lookup may have another result now.
    Ready,
}

impl Network {
    /// The network side of a machine; `None` for one with a fixed address and no resolver.
    pub(crate) fn new(dhcp: Option<&DhcpClientSpec>, resolver: Option<&ResolverSpec>) -> Option<Self> {
        (dhcp.is_some() || resolver.is_some()).then(|| Self {
            dhcp: dhcp.cloned().map(DhcpClient::new),
            resolver: resolver.cloned().map(Resolver::new),
        })
    }

    /// Handles an input of the node before its application sees it.
    pub(crate) fn handle(&mut self, input: &Input, host: &mut dyn Host) -> Handled {
        let server = self.name_server();
        let ready = match input {
            Input::Started => {
                if let Some(dhcp) = &mut self.dhcp {
                    dhcp.handle(input, host);
                }
                return Handled::No;
            }
            Input::TimerExpired(timer) if timer.purpose == Waiting::Address => {
                self.dhcp.as_mut().is_some_and(|dhcp| dhcp.handle(input, host))
            }
            Input::TimerExpired(timer) if timer.purpose == Waiting::NameAnswer => {
                self.resolver.as_mut().is_some_and(|resolver| resolver.handle(input, server, host))
            }
            Input::Datagram(datagram)
                if datagram.protocol == Protocol::Udp && datagram.destination.port == DHCP_CLIENT_PORT =>
            {
                self.dhcp.as_mut().is_some_and(|dhcp| dhcp.handle(input, host))
            }
            Input::Datagram(datagram) if datagram.protocol == Protocol::Udp => {
                match self.resolver.as_mut().map(|resolver| resolver.handle(input, server, host)) {
                    Some(true) => true,
                    // It may be for the application.
                    _ => return Handled::No,
                }
            }
            _ => return Handled::No,
        };
        if ready { Handled::Ready } else { Handled::Yes }
    }

    /// The address of a name; dotted decimals are an address already.
    pub(crate) fn lookup(&mut self, node: &str, name: &str, host: &mut dyn Host) -> Lookup {
        if self.dhcp.as_ref().is_some_and(|dhcp| !dhcp.is_over()) {
            return Lookup::Later;
        }
        if host.address().is_unspecified() {
            return Lookup::Failed(ApplicationError::NoAddress.into());
        }
        if let Ok(address) = name.parse() {
            return Lookup::Address(address);
        }
        let server = self.name_server();
        match &mut self.resolver {
            Some(resolver) => resolver.lookup(name, server, host),
            None => host
                .resolve(node)
                .map_or(Lookup::Failed(ApplicationError::NameNotFound.into()), Lookup::Address),
        }
    }

    fn name_server(&self) -> Option<Ipv4Addr> {
        self.dhcp.as_ref().and_then(|dhcp| dhcp.name_server)
    }
}
