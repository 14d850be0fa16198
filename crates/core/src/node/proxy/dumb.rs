//! The dumb proxy: a blind relay of the HTTP/1.0 era, which forwards octets and ignores the Connection header.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use core::ops::Range;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::event::{Belief, Event, Waiting};
use crate::http::{Decoded, Decoder};
use crate::node::{BuildRole, Host, Input, InputEnd, Role};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::SocketId;

/// Settings of a dumb proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DumbProxySpec {
    /// The port it listens on.
    #[serde(default = "port_8080")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub port: u16,
    /// The node it relays to.
    pub next: String,
    /// That node's port.
    #[serde(default = "port_80")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub next_port: u16,
}

const fn port_8080() -> u16 {
    8080
}
const fn port_80() -> u16 {
    80
}

impl BuildRole for DumbProxySpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(DumbProxy { spec: self.clone(), relays: BTreeMap::new(), upstreams: BTreeMap::new() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        [("port", self.port), ("next_port", self.next_port)]
            .into_iter()
            .find(|(_, port)| *port == 0)
            .map(|(field, _)| (field.to_owned(), Problem::not_zero()))
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("next", &self.next)]
    }
}

/// Octets to be forwarded, with their range in the input.
pub(super) type Pending = VecDeque<(Range<u64>, Bytes)>;

/// One transaction: a client's connection and the one behind it.
#[derive(Debug)]
struct Relay {
    client: SocketId,
    server: Option<SocketId>,
    server_open: bool,
    /// Looks for the end of the request; the octets themselves are forwarded unchanged.
    request: Decoder,
    request_done: bool,
    client_read: u64,
    server_read: u64,
    to_server: Pending,
    to_client: Pending,
    server_done: bool,
}

/// A blind relay: one request, then the answer until the server closes, then it closes too.
///
/// It reads the client until the first request is whole, and then the server until its end; whatever the
/// client sends meanwhile stays in the receive buffer.
///
/// Source: HTTP: The Definitive Guide section 4.5.6; a relay of this kind was observed as a program of some
/// forty lines between real stacks.
#[derive(Debug)]
struct DumbProxy {
    spec: DumbProxySpec,
    relays: BTreeMap<SocketId, Relay>,
    upstreams: BTreeMap<SocketId, SocketId>,
}

impl Role for DumbProxy {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                // EADDRINUSE is recorded in the trace.
                let _ = host.listen(self.spec.port);
            }
            Input::Acceptable(listener) => {
                if let Some(client) = host.accept(listener) {
                    self.accepted(client, host);
                }
            }
            Input::Connected(server) => {
                if let Some(relay) = self.relay_behind(server) {
                    relay.server_open = true;
                    let client = relay.client;
                    self.pass_request(client, host);
                }
            }
            Input::ConnectFailed(server, error) => self.give_up(server, error.rule(), host),
            Input::Readable(socket) if self.relays.contains_key(&socket) => self.read_client(socket, host),
            Input::Readable(socket) => self.read_server(socket, host),
            Input::Writable(socket) => {
                if self.relays.contains_key(&socket) {
                    self.pass_response(socket, host);
                } else if let Some(client) = self.upstreams.get(&socket).copied() {
                    self.pass_request(client, host);
                }
            }
            Input::Failed(socket, error) => self.give_up(socket, error.rule(), host),
            _ => {}
        }
    }
}

impl DumbProxy {
    fn relay_behind(&mut self, server: SocketId) -> Option<&mut Relay> {
        let client = self.upstreams.get(&server)?;
        self.relays.get_mut(client)
    }

    fn accepted(&mut self, client: SocketId, host: &mut dyn Host) {
        let relay = Relay {
            client,
            server: None,
            server_open: false,
            request: Decoder::requests(),
            request_done: false,
            client_read: 0,
            server_read: 0,
            to_server: VecDeque::new(),
            to_client: VecDeque::new(),
            server_done: false,
        };
        self.relays.insert(client, relay);
        host.wait_for(client, Waiting::Request, Rule::BlindRelay);
        self.read_client(client, host);
    }

    fn read_client(&mut self, client: SocketId, host: &mut dyn Host) {
        if !self.is_reading_client(client) {
            return;
        }
        let end = host.read_available(client, |octets, host| {
            if let Some(relay) = self.relays.get_mut(&client) {
                let start = relay.client_read;
                relay.client_read += octets.len() as u64;
                relay.request.push(&octets);
                relay.to_server.push_back((start..relay.client_read, octets));
                relay.look_for_end();
                self.open_upstream(client, host);
                self.pass_request(client, host);
            }
            self.is_reading_client(client)
        });
        match end {
            None => {}
            Some(InputEnd::EndOfStream) => {
                let Some(relay) = self.relays.get_mut(&client) else { return };
                relay.request_done = true;
                if relay.server.is_none() {
                    self.finish(client, Rule::PeerClosed, host);
                }
            }
            Some(InputEnd::Failed(error)) => self.give_up(client, error.rule(), host),
        }
    }

    /// Whether it reads the client: after one request it reads the server alone, and a second request waits.
    fn is_reading_client(&self, client: SocketId) -> bool {
        self.relays.get(&client).is_some_and(|relay| !relay.request_done)
    }

    fn open_upstream(&mut self, client: SocketId, host: &mut dyn Host) {
        let Some(relay) = self.relays.get_mut(&client) else { return };
        if relay.server.is_some() {
            return;
        }
        match host.connect(&self.spec.next, self.spec.next_port) {
            Ok(server) => {
                relay.server = Some(server);
                self.upstreams.insert(server, client);
                host.wait_for(server, Waiting::Connection, Rule::ActiveOpen);
            }
            Err(error) => self.give_up(client, error.rule(), host),
        }
    }

    fn pass_request(&mut self, client: SocketId, host: &mut dyn Host) {
        let Some(relay) = self.relays.get_mut(&client) else { return };
        let (Some(server), true) = (relay.server, relay.server_open) else { return };
        if !pass(&mut relay.to_server, client, server, Rule::BlindRelay, host) {
            self.give_up(server, Rule::OutputClosed, host);
            return;
        }
        if !relay.request_done {
            // The octets that it passes on come from the client.
            host.wait_for(client, Waiting::RestOfRequest, Rule::BlindRelay);
            host.wait_for(server, Waiting::Nothing, Rule::BlindRelay);
        }
        if relay.request_done && relay.to_server.is_empty() {
            for socket in [client, server] {
                host.believe(socket, Belief::EndsWhenServerCloses, Rule::BlindRelay);
                host.wait_for(socket, Waiting::ServerClose, Rule::BlindRelay);
            }
        }
    }

    fn read_server(&mut self, server: SocketId, host: &mut dyn Host) {
        if !self.is_reading_server(server) {
            return;
        }
        let end = host.read_available(server, |octets, host| {
            if let Some(relay) = self.relay_behind(server) {
                let client = relay.client;
                let start = relay.server_read;
                relay.server_read += octets.len() as u64;
                relay.to_client.push_back((start..relay.server_read, octets));
                self.pass_response(client, host);
            }
            self.is_reading_server(server)
        });
        match end {
            None => {}
            Some(InputEnd::EndOfStream) => {
                let Some(relay) = self.relay_behind(server) else { return };
                let client = relay.client;
                relay.server_done = true;
                self.pass_response(client, host);
            }
            Some(InputEnd::Failed(error)) => self.give_up(server, error.rule(), host),
        }
    }

    fn is_reading_server(&mut self, server: SocketId) -> bool {
        self.relay_behind(server).is_some_and(|relay| !relay.server_done)
    }

    fn pass_response(&mut self, client: SocketId, host: &mut dyn Host) {
        let Some(relay) = self.relays.get_mut(&client) else { return };
        let Some(server) = relay.server else { return };
        if !pass(&mut relay.to_client, server, client, Rule::BlindRelay, host) {
            self.give_up(client, Rule::OutputClosed, host);
            return;
        }
        if relay.server_done && relay.to_client.is_empty() {
            self.finish(client, Rule::PeerClosed, host);
        }
    }

    /// The server has closed and everything is forwarded: close both.
    fn finish(&mut self, client: SocketId, rule: Rule, host: &mut dyn Host) {
        let Some(relay) = self.relays.remove(&client) else { return };
        for socket in [Some(client), relay.server].into_iter().flatten() {
            host.finish(socket, rule);
        }
        if let Some(server) = relay.server {
            self.upstreams.remove(&server);
        }
    }

    /// One side failed: the other is closed as well.
    fn give_up(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        let client = self.upstreams.get(&socket).copied().unwrap_or(socket);
        self.finish(client, rule, host);
    }
}

impl Relay {
    /// Whether the request is complete: by its framing, or, when it is not HTTP, as soon as any octet has arrived.
    fn look_for_end(&mut self) {
        loop {
            match self.request.next_piece() {
                Ok(Some(piece)) => {
                    if matches!(piece.decoded, Decoded::End { .. }) {
                        self.request_done = true;
                        return;
                    }
                }
                Ok(None) => return,
                Err(_) => {
                    self.request_done = true;
                    return;
                }
            }
        }
    }
}

/// Writes what is pending; false when the connection it goes to has failed.
pub(super) fn pass(
    pending: &mut Pending,
    from: SocketId,
    to: SocketId,
    rule: Rule,
    host: &mut dyn Host,
) -> bool {
    while let Some((range, octets)) = pending.pop_front() {
        let to_offset = host.written(to);
        match host.send(to, octets.clone()) {
            Ok(taken) => {
                let taken_range = range.start..range.start + taken as u64;
                if taken > 0 {
                    let event = Event::BytesRelayed { from, range: taken_range, to, to_offset };
                    host.record(event, rule);
                }
                if taken < octets.len() {
                    pending.push_front((range.start + taken as u64..range.end, octets.slice(taken..)));
                    return true;
                }
            }
            Err(_) => return false,
        }
    }
    true
}
