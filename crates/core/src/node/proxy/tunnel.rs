//! The tunnel: after 101, or a 2xx to CONNECT, a proxy passes octets on in both directions without reading them.

use std::collections::VecDeque;

use bytes::Bytes;

use super::dumb::{Pending, pass};
use super::smart::SmartProxy;
use crate::event::{Belief, Event, Waiting};
use crate::http::{
    MessageError, MessageProblem, Method, Position, RequestHead, RequestTarget, ResponseHead, ResponseHop,
    Version, forward_response,
};
use crate::node::{Host, InputEnd};
use crate::rule::Rule;
use crate::tcp::SocketId;

/// One direction of a tunnel.
#[derive(Debug)]
struct Way {
    from: SocketId,
    to: SocketId,
    pending: Pending,
    /// Octets of the input so far.
    read: u64,
    /// Whether the input has ended.
    ended: bool,
    /// Whether that end was passed on.
    shut: bool,
}

/// Two connections, of which each gets the other's octets and the other's end.
#[derive(Debug)]
pub(super) struct Tunnel {
    rule: Rule,
    ways: [Way; 2],
}

/// The host and port to which a CONNECT asks for a tunnel; `None` for any other request.
///
/// Source: RFC 9110 section 9.3.6.
pub(super) fn tunnel_end(request: &RequestHead) -> Option<(String, u16)> {
    match request.form()? {
        RequestTarget::Authority(authority) if request.method == Method::Connect => {
            let (host, port) = authority.rsplit_once(':')?;
            Some((host.to_owned(), port.parse().ok()?))
        }
        _ => None,
    }
}

impl SmartProxy {
    /// Whether the connection, of either side, is part of a tunnel.
    pub(super) fn is_tunnel(&self, socket: SocketId) -> bool {
        let client = self.owners.get(&socket).unwrap_or(&socket);
        self.clients.get(client).is_some_and(|client| client.tunnel.is_some())
    }

    /// The end that a CONNECT names has been reached: the client hears so, and the tunnel stands.
    ///
    /// Source: RFC 9110 section 9.3.6.
    pub(super) fn tunnel_stands(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        client.outgoing.push_back(ResponseHead::new(Version::Http11, 200).encode().into());
        self.open_tunnel(socket, Rule::Tunnel, host);
    }

    /// The next node has answered 101, or a CONNECT with 2xx.
    ///
    /// Source: RFC 9110 sections 7.8 and 9.3.6.
    pub(super) fn switched(
        &mut self,
        socket: SocketId,
        head: &ResponseHead,
        offset: u64,
        host: &mut dyn Host,
    ) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(transaction) = client.transaction.as_ref() else { return };
        let (version, is_upgrade) = (transaction.request.head.version, head.status == 101);
        // Section 7.8: "A server MUST NOT switch to a protocol that was not indicated by the client".
        if is_upgrade && !transaction.forwarded.headers.contains("Upgrade") {
            let error = MessageError { problem: MessageProblem::UnexpectedResponse, at: Position::START };
            return self.refuse_response(socket, &error, host);
        }
        let hop = ResponseHop::bodiless(&self.spec.via_name, version);
        let (forwarded, rewrite) = forward_response(head, &self.profile, &hop);
        let rule = if is_upgrade { Rule::ProtocolSwitched } else { Rule::Tunnel };
        if let Some(server) = client.upstream.as_ref().map(|upstream| upstream.socket) {
            let event = Event::HeadersRewritten {
                from: server,
                from_offset: offset,
                to: socket,
                to_offset: host.written(socket),
                rewrite: rewrite.into(),
            };
            host.record(event, rule);
        }
        client.outgoing.push_back(forwarded.encode().into());
        self.open_tunnel(socket, rule, host);
    }

    fn open_tunnel(&mut self, socket: SocketId, rule: Rule, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(upstream) = &client.upstream else { return };
        let server = upstream.socket;
        let way = |from, to, decoder: &crate::http::Decoder| {
            let octets = Bytes::copy_from_slice(decoder.unconsumed());
            let read = decoder.offset() + octets.len() as u64;
            let pending = if octets.is_empty() {
                VecDeque::new()
            } else {
                VecDeque::from([(decoder.offset()..read, octets)])
            };
            Way { from, to, pending, read, ended: false, shut: false }
        };
        let mut ways = [way(socket, server, &client.decoder), way(server, socket, &upstream.decoder)];
        ways[0].ended = client.peer_closed;
        client.transaction = None;
        client.tunnel = Some(Tunnel { rule, ways });
        for end in [socket, server] {
            host.believe(end, Belief::Tunnel, rule);
            host.wait_for(end, Waiting::TunnelOctets, rule);
        }
        self.pass_tunnel(socket, host);
        self.relay(socket, host);
    }

    /// Reads one end of a tunnel, as far as the other takes it.
    pub(super) fn relay(&mut self, from: SocketId, host: &mut dyn Host) {
        let client = self.owners.get(&from).copied().unwrap_or(from);
        if !self.has_room(client, from) {
            return;
        }
        let end = host.read_available(from, |octets, host| {
            if let Some(way) = self.way_from(client, from) {
                let start = way.read;
                way.read += octets.len() as u64;
                way.pending.push_back((start..way.read, octets));
            }
            self.pass_tunnel(client, host);
            self.has_room(client, from)
        });
        match end {
            None => {}
            Some(InputEnd::EndOfStream) => {
                if let Some(way) = self.way_from(client, from) {
                    way.ended = true;
                }
                self.pass_tunnel(client, host);
            }
            Some(InputEnd::Failed(error)) => self.end_client(client, error.rule(), host),
        }
    }

    fn way_from(&mut self, client: SocketId, from: SocketId) -> Option<&mut Way> {
        let tunnel = self.clients.get_mut(&client)?.tunnel.as_mut()?;
        tunnel.ways.iter_mut().find(|way| way.from == from)
    }

    fn has_room(&mut self, client: SocketId, from: SocketId) -> bool {
        self.way_from(client, from).is_some_and(|way| way.pending.is_empty() && !way.ended)
    }

    /// Writes what both ends have sent, and passes their ends on; the tunnel is over when both have ended.
    ///
    /// Source: RFC 9110 section 9.3.6: an intermediary "MUST attempt to send any outstanding data that came from the
    /// closed side to the other side".
    pub(super) fn pass_tunnel(&mut self, socket: SocketId, host: &mut dyn Host) {
        let Some(client) = self.clients.get_mut(&socket) else { return };
        let Some(tunnel) = &mut client.tunnel else { return };
        let rule = tunnel.rule;
        // The head that opened the tunnel goes before the octets.
        let mut failed = host.send_queued(socket, &mut client.outgoing).is_err();
        for way in &mut tunnel.ways {
            if way.to == socket && !client.outgoing.is_empty() {
                continue;
            }
            failed |= !pass(&mut way.pending, way.from, way.to, rule, host);
            if !failed && way.ended && !way.shut && way.pending.is_empty() {
                way.shut = true;
                host.shutdown(way.to, Rule::Tunnel);
            }
        }
        let is_over = tunnel.ways.iter().all(|way| way.shut);
        if failed || is_over {
            let rule = if failed { Rule::ResetReceived } else { Rule::PeerClosed };
            return self.end_client(socket, rule, host);
        }
        self.start_idle_timer(socket, host);
    }

    /// There is room again at one end: what waits for it goes out, and the other is read on.
    pub(super) fn tunnel_has_room(&mut self, to: SocketId, host: &mut dyn Host) {
        let client = self.owners.get(&to).copied().unwrap_or(to);
        self.pass_tunnel(client, host);
        let ways =
            self.clients.get(&client).and_then(|client| client.tunnel.as_ref()).map(|tunnel| &tunnel.ways);
        let from = ways.and_then(|ways| ways.iter().find(|way| way.to == to)).map(|way| way.from);
        if let Some(from) = from {
            self.relay(from, host);
        }
    }
}
