//! A socket on a node's card.

use playground_core::event::{Belief, Waiting};
use playground_core::node::RoleSpec;
use playground_core::tcp::{CallError, State};
use playground_core::time::Instant;
use playground_core::trace::{SocketWorld, Trace, World};
use playground_core::wire::Endpoint;

use super::{BufferView, TimerKind, TimerView, WaitingView};
use crate::call::CallView;
use crate::dissection::{ConnectionId, Dissection, Side, SocketKey};

/// A socket at one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct SocketView {
    /// Which.
    pub key: SocketKey,
    /// Its connection; none for a listening socket.
    pub connection: Option<ConnectionId>,
    /// Which end of it.
    pub side: Side,
    /// The port it listens on.
    pub listening_port: Option<u16>,
    /// This end.
    pub local: Option<Endpoint>,
    /// The other end.
    pub remote: Option<Endpoint>,
    /// TCP state.
    pub state: State,
    /// When the state was entered.
    pub state_since: Instant,
    /// Whether it ended by RST.
    pub was_reset: bool,
    /// Written, not yet acknowledged.
    pub send: BufferView,
    /// Received, not yet read.
    pub receive: BufferView,
    /// Whether it is known what was acknowledged; a recording of real sockets does not tell, and [`Self::send`] is empty.
    pub acks_known: bool,
    /// Whether it is known what was read; of a host of a capture it is not, and [`Self::receive`] has only what is ahead of
    /// a gap. A recording does not tell what waits to be read.
    pub reads_known: bool,
    /// Whether the peer's end of output has arrived.
    pub end_received: bool,
    /// Running timers, the stack's and the application's.
    pub timers: Vec<TimerView>,
    /// Its role's belief about the connection.
    pub belief: Option<Belief>,
    /// The event its role waits for.
    pub waiting: Option<WaitingView>,
    /// The last call on it.
    pub last_call: Option<CallView>,
    /// The error it ended with.
    pub error: Option<CallError>,
    /// Whether its application has closed it.
    pub given_up: bool,
    /// Whether its application has shut its output down.
    pub output_shut: bool,
    /// When it ceased to exist.
    pub released_at: Option<Instant>,
}

impl SocketView {
    /// A socket of a world.
    pub(super) fn new(
        trace: &Trace,
        dissection: &Dissection,
        world: &World,
        key: SocketKey,
        socket: &SocketWorld,
    ) -> Self {
        let found = dissection.connection_of(key);
        let (connection, side) = found.map_or((None, Side::Acceptor), |(found, side)| (Some(found), side));
        let peer = connection.and_then(|connection| connection.socket(side.other()));
        let applications = world.nodes[key.node.index()].timers.iter();
        let own = socket.timers.iter().map(|(timer, (set_at, expires_at))| TimerView {
            kind: TimerKind::Tcp(*timer),
            set_at: *set_at,
            expires_at: *expires_at,
        });
        let application = applications.filter(|(owner, ..)| *owner == Some(key.socket)).map(
            |(_, waiting, set_at, expires_at)| TimerView {
                kind: TimerKind::Application(*waiting),
                set_at: *set_at,
                expires_at: *expires_at,
            },
        );
        let acks_known = !dissection.is_recording;
        let is_captured = matches!(trace.scenario.nodes[key.node.index()].role, RoleSpec::Captured(_));
        let reads_known = acks_known && !is_captured;
        Self {
            key,
            connection: connection.map(|connection| connection.id),
            side,
            listening_port: socket.listening_port,
            local: socket.tuple.map(|tuple| tuple.local),
            remote: socket.tuple.map(|tuple| tuple.remote),
            state: socket.state,
            state_since: socket.state_since,
            was_reset: dissection.was_reset(key, world.applied),
            send: match acks_known {
                true => BufferView::send(socket, dissection.stream(key)),
                false => BufferView::default(),
            },
            acks_known,
            receive: BufferView::receive(socket, peer.and_then(|peer| dissection.stream(peer)), reads_known),
            reads_known,
            end_received: socket.end_received.is_some(),
            timers: own.chain(application).collect(),
            belief: socket.belief.map(|(belief, _)| belief),
            waiting: socket
                .waiting
                .filter(|(what, _)| *what != Waiting::Nothing)
                .map(|(what, since)| WaitingView { what, since }),
            last_call: dissection.last_call(key, world.applied).and_then(|entry| CallView::of(trace, entry)),
            error: socket.error,
            given_up: socket.given_up,
            output_shut: socket.output_shut,
            released_at: socket.released_at,
        }
    }
}
