//! A node's card.

use core::net::Ipv4Addr;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::NodeId;
use playground_core::tcp::{SocketId, State};
use playground_core::time::Instant;
use playground_core::trace::{NodeWorld, SocketWorld, Trace, World};
use playground_core::wire::Endpoint;

use super::{EffectView, QuestionView, SocketView, TimerKind, TimerView};
use crate::call::CallView;
use crate::dissection::{ConnectionId, Dissection, SocketKey};
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
    /// A node of a world.
    pub(super) fn new(trace: &Trace, dissection: &Dissection, world: &World, id: NodeId) -> Self {
        let spec = &trace.scenario.nodes[id.index()];
        let node = &world.nodes[id.index()];
        let (kind, role) = role(spec);
        let (shown, hidden) = choose(dissection, node, id);
        let mut sockets: Vec<SocketView> = shown
            .into_iter()
            .map(|(key, socket)| SocketView::new(trace, dissection, world, key, socket))
            .collect();
        sockets.sort_by_key(|socket| (socket.connection, socket.key.socket));
        let in_time_wait = |(_, socket): &(SocketKey, &SocketWorld)| socket.state == State::TimeWait;
        Self {
            id,
            name: spec.name.as_str().into(),
            kind,
            role,
            sockets,
            hidden_sockets: hidden.len() as u32,
            hidden_time_wait: hidden.iter().filter(|socket| in_time_wait(socket)).count() as u32,
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

/// A socket's claim to a place on the card, least first: by rank, then the latest connection, then sockets of none.
type Claim = (u8, Reverse<Option<ConnectionId>>, SocketId);
type Candidate<'a> = (SocketKey, &'a SocketWorld);

/// The sockets that get a place on the card, and those that exist and do not.
///
/// A released socket keeps its place until another takes it: one opened later, of the same side, with the
/// same peer.
fn choose<'a>(
    dissection: &Dissection,
    node: &'a NodeWorld,
    id: NodeId,
) -> (Vec<Candidate<'a>>, Vec<Candidate<'a>>) {
    // Whom a socket talks to: the peer's endpoint for the side that opened, the own port for the other.
    let place = |socket: &SocketWorld| -> Option<(Endpoint, u16)> {
        let tuple = socket.tuple?;
        Some(match socket.listener {
            None => (tuple.remote, 0),
            Some(_) => (Endpoint::new(tuple.remote.address, 0), tuple.local.port),
        })
    };
    let mut newest: BTreeMap<(Endpoint, u16), (Instant, SocketId)> = BTreeMap::new();
    for (socket_id, socket) in &node.sockets {
        if let Some(place) = place(socket) {
            let newer = (socket.opened_at, *socket_id);
            let known = newest.entry(place).or_insert(newer);
            *known = newer.max(*known);
        }
    }
    let is_replaced = |socket_id: SocketId, socket: &SocketWorld| {
        let Some(released) = socket.released_at else { return false };
        place(socket)
            .and_then(|place| newest.get(&place))
            .is_some_and(|(opened, other)| *other != socket_id && *opened >= released)
    };
    let mut claims: Vec<(Claim, Candidate<'a>)> = Vec::new();
    for (socket_id, socket) in &node.sockets {
        if is_replaced(*socket_id, socket) {
            continue;
        }
        let key = SocketKey::new(id, *socket_id);
        let rank = match socket.state {
            _ if socket.listening_port.is_some() => 0,
            State::Closed => 3,
            State::TimeWait => 2,
            _ => 1,
        };
        let connection = dissection.connection_of(key).map(|(connection, _)| connection.id);
        claims.push(((rank, Reverse(connection), *socket_id), (key, socket.as_ref())));
    }
    claims.sort_by_key(|(claim, _)| *claim);
    let rest = claims.split_off(claims.len().min(MOST_SOCKETS));
    let exists = |(_, socket): &Candidate<'_>| socket.released_at.is_none() && socket.state != State::Closed;
    (
        claims.into_iter().map(|(_, candidate)| candidate).collect(),
        rest.into_iter().map(|(_, candidate)| candidate).filter(exists).collect(),
    )
}
