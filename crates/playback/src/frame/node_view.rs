//! A node's card.

use core::cmp::Reverse;
use core::net::Ipv4Addr;
use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::{Event, NodeId};
use playground_core::tcp::{Notice, SocketId, State};
use playground_core::time::Instant;
use playground_core::trace::{NodeWorld, SocketWorld, Trace, World};
use playground_core::wire::Endpoint;

use super::{EffectView, QuestionView, SocketView, TimerKind, TimerView};
use crate::call::CallView;
use crate::dissection::{Dissection, SocketKey};
use crate::role::{RoleKind, role};

/// Sockets a card has room for.
const MOST_SOCKETS: usize = 8;

/// A node's card at one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeView {
    /// The node.
    pub id: NodeId,
    /// Its name in the scenario.
    pub name: Rc<str>,
    /// Colour and icon.
    pub kind: RoleKind,
    /// The role's stable name: key of its words in the language files.
    pub role: &'static str,
    /// Sockets that have a place on the card, by connection number; listening sockets first.
    pub sockets: Vec<SocketView>,
    /// Sockets that exist but have no room on the card.
    pub hidden_sockets: u32,
    /// Of those, how many are in TIME-WAIT.
    pub hidden_time_wait: u32,
    /// The application's timers that concern no connection.
    pub timers: Vec<TimerView>,
    /// The call that its program waits in, else the last one that returned.
    pub last_call: Option<CallView>,
    /// Requests answered in full (client).
    pub completed: u32,
    /// Requests given up (client).
    pub failed: u32,
    /// What requests did to its resources, in the order in which they were first touched (server).
    pub effects: Vec<EffectView>,
    /// The last question to its user (client).
    pub question: Option<QuestionView>,
    /// The address that DHCP gave it, 0.0.0.0 until then; none for a node whose address is fixed.
    pub leased: Option<Ipv4Addr>,
}

impl NodeView {
    /// A node of a world, with the sockets that were chosen for its card.
    pub(super) fn new(
        trace: &Trace,
        dissection: &Dissection,
        world: &World,
        id: NodeId,
        choice: &SocketChoice,
    ) -> Self {
        let spec = &trace.scenario.nodes[id.index()];
        let node = &world.nodes[id.index()];
        let (kind, role) = role(spec);
        // Without power it does nothing.
        let role = if node.down_since.is_some() { "off" } else { role };
        let sockets = choice.shown.iter().filter_map(|key| {
            let socket = node.sockets.get(&key.socket)?;
            Some(SocketView::new(trace, dissection, world, *key, socket))
        });
        Self {
            id,
            name: spec.name.as_str().into(),
            kind,
            role,
            sockets: sockets.collect(),
            hidden_sockets: choice.hidden,
            hidden_time_wait: choice.hidden_time_wait,
            timers: node
                .timers
                .iter()
                .filter(|(owner, ..)| owner.is_none())
                .map(|(_, waiting, set_at, expires_at)| TimerView {
                    kind: TimerKind::Application(*waiting),
                    set_at: *set_at,
                    expires_at: *expires_at,
                })
                .collect(),
            last_call: node.blocked.or(node.last_call).and_then(|entry| CallView::of(trace, entry)),
            completed: node.completed,
            failed: node.failed,
            effects: node.effects.iter().filter_map(|(_, entry)| EffectView::of(trace, *entry)).collect(),
            question: node.question.and_then(|(asked, answered)| QuestionView::of(trace, asked, answered)),
            leased: spec.stack.dhcp.is_some().then(|| node.leased.unwrap_or(Ipv4Addr::UNSPECIFIED)),
        }
    }
}

/// The sockets that have a place on a node's card.
///
/// It depends only on which sockets exist and on their states, so that most entries leave it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SocketChoice {
    /// By connection number, listening sockets first.
    shown: Vec<SocketKey>,
    /// Sockets that exist but have no room.
    hidden: u32,
    /// Of those, how many are in TIME-WAIT.
    hidden_time_wait: u32,
}

impl SocketChoice {
    /// Chooses among the sockets of a node: listening ones, then live ones, then TIME-WAIT, then closed ones;
    /// within these the latest connection first.
    ///
    /// A released socket keeps its place until another takes it: one opened later, of the same side, with the
    /// same peer.
    pub(super) fn new(dissection: &Dissection, node: &NodeWorld, id: NodeId) -> Self {
        let mut newest: BTreeMap<Peer, (Instant, SocketId)> = BTreeMap::new();
        for (socket_id, socket) in &node.sockets {
            if let Some(peer) = peer(socket) {
                let opened = (socket.opened_at, *socket_id);
                let known = newest.entry(peer).or_insert(opened);
                *known = opened.max(*known);
            }
        }
        let is_replaced = |socket_id: SocketId, socket: &SocketWorld| {
            let Some(released) = socket.released_at else { return false };
            peer(socket)
                .and_then(|peer| newest.get(&peer))
                .is_some_and(|(opened, other)| *other != socket_id && *opened >= released)
        };
        let mut candidates = Vec::new();
        for (socket_id, socket) in &node.sockets {
            if is_replaced(*socket_id, socket) {
                continue;
            }
            let rank = match socket.state {
                _ if socket.listening_port.is_some() => 0,
                State::Closed => 3,
                State::TimeWait => 2,
                _ => 1,
            };
            let key = SocketKey::new(id, *socket_id);
            let connection = dissection.connection_of(key).map(|(connection, _)| connection.id);
            // `None` is less than any connection, and so comes last.
            candidates.push((rank, Reverse(connection), key, socket.as_ref()));
        }
        candidates.sort_by_key(|(rank, connection, key, _)| (*rank, *connection, *key));
        let rest = candidates.split_off(candidates.len().min(MOST_SOCKETS));
        candidates.sort_by_key(|(_, Reverse(connection), key, _)| (*connection, *key));
        let exists = |socket: &SocketWorld| socket.released_at.is_none() && socket.state != State::Closed;
        let hidden = || rest.iter().map(|(.., socket)| *socket).filter(|socket| exists(socket));
        Self {
            shown: candidates.into_iter().map(|(_, _, key, _)| key).collect(),
            hidden: hidden().count() as u32,
            hidden_time_wait: hidden().filter(|socket| socket.state == State::TimeWait).count() as u32,
        }
    }

    /// Whether an entry of the node leaves the choice as it is.
    pub(super) fn survives(event: &Event) -> bool {
        !matches!(
            event,
            Event::Socket {
                notice: Notice::Listening { .. }
                    | Notice::Opened { .. }
                    | Notice::StateChanged { .. }
                    | Notice::Released,
                ..
            }
        )
    }
}

/// The remote side of a socket: the peer's endpoint for the side that opened, peer and own port for the other.
type Peer = (Endpoint, u16);

fn peer(socket: &SocketWorld) -> Option<Peer> {
    let tuple = socket.tuple?;
    Some(match socket.listener {
        None => (tuple.remote, 0),
        Some(_) => (Endpoint::new(tuple.remote.address, 0), tuple.local.port),
    })
}
