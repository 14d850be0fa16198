//! A connection as a pipe with two lanes.

use playground_core::event::{HopId, NodeId};
use playground_core::tcp::State;
use playground_core::time::Instant;
use playground_core::trace::{SocketWorld, Trace, World};

use crate::dissection::{Connection, ConnectionId, Dissection, PathHop, Side, SocketKey};

/// A pipe that is gone fades out over so many hops' time.
const FADE_HOPS: u64 = 2;
/// One that a RST ended stays this visible until another takes its row.
const RESET_OPACITY: f64 = 0.45;

/// One direction of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaneState {
    /// The handshake has not come so far.
    NotYet,
    /// Open.
    Open,
    /// Its sender has closed it: half-close.
    Closed,
    /// A RST has ended it.
    Reset,
}

/// How far a connection's life has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PipePhase {
    /// In the handshake.
    Opening,
    /// Open in both directions.
    Open,
    /// At least one lane is closed.
    Closing,
    /// Only a socket in TIME-WAIT is left of it.
    TimeWait,
    /// Neither end knows it any more.
    Gone,
}

/// A connection between two neighbouring nodes at one cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct PipeView {
    /// Which; `connection.number()` is the number in the circle.
    pub connection: ConnectionId,
    /// The hop it runs over.
    pub hop: HopId,
    /// The node drawn left of it.
    pub left: NodeId,
    /// The node drawn right of it.
    pub right: NodeId,
    /// The left end's port.
    pub left_port: u16,
    /// The right end's port.
    pub right_port: u16,
    /// The left end's socket.
    pub left_socket: Option<SocketKey>,
    /// The right end's socket.
    pub right_socket: Option<SocketKey>,
    /// Whether the left end opened it.
    pub opened_from_left: bool,
    /// The lane from left to right.
    pub rightward: LaneState,
    /// The lane from right to left.
    pub leftward: LaneState,
    /// Phase.
    pub phase: PipePhase,
    /// Whether a RST ended it.
    pub was_reset: bool,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was gone.
    pub gone_at: Option<Instant>,
    /// How visible it is: 1 while alive, falling to 0 once gone.
    pub opacity: f64,
    /// Its place among the pipes of its hop, from 0, top to bottom.
    pub row: u32,
    /// Pipes on its hop now, for dividing the room.
    pub rows: u32,
}

impl PipeView {
    /// A connection in a world.
    ///
    /// Returns `None` when it is not on the stage.
    pub(super) fn new(
        trace: &Trace,
        dissection: &Dissection,
        world: &World,
        connection: &Connection,
        step: &PathHop,
        at: Instant,
        rows: u32,
    ) -> Option<Self> {
        let acceptor = connection.acceptor?;
        // A socket that has not left CLOSED is not drawn yet.
        let end = |side: Side| {
            let key = connection.socket(side)?;
            dissection.state_changes(key, world.applied).first()?;
            world.nodes[key.node.index()].sockets.get(&key.socket).map(|socket| socket.as_ref())
        };
        let (opener_end, acceptor_end) = (end(Side::Opener), end(Side::Acceptor));
        let was_reset = connection.reset.is_some_and(|entry| entry < world.applied);
        let lane = |socket| if was_reset { LaneState::Reset } else { lane_state(socket) };
        let outward = lane(opener_end);
        let homeward = lane(acceptor_end);

        let gone_at = connection
            .gone
            .filter(|entry| *entry < world.applied)
            .and_then(|entry| trace.entries.get(entry as usize))
            .map(|entry| entry.at);
        let is_waiting = connection.time_wait.is_some_and(|entry| entry < world.applied);
        let phase = if gone_at.is_some() {
            PipePhase::Gone
        } else if is_waiting {
            PipePhase::TimeWait
        } else if outward == LaneState::Open && homeward == LaneState::Open {
            PipePhase::Open
        } else if [outward, homeward].iter().any(|lane| matches!(lane, LaneState::Closed | LaneState::Reset))
        {
            PipePhase::Closing
        } else {
            PipePhase::Opening
        };
        let opacity = gone_at.map_or(1.0, |gone| {
            let fade = dissection.fall.saturating_mul(FADE_HOPS).as_micros().max(1);
            let left = 1.0 - at.since(gone).as_micros() as f64 / fade as f64;
            left.max(if was_reset { RESET_OPACITY } else { 0.0 })
        });
        if opacity <= 0.0 {
            return None;
        }
        let opened_from_left = step.from < step.to;
        let (local, remote) = (connection.tuple.local.port, connection.tuple.remote.port);
        let (opener_socket, acceptor_socket) =
            (connection.opener_socket, connection.acceptor_socket.filter(|_| acceptor_end.is_some()));
        // Between two hops there is no socket.
        let opener_socket = opener_socket.filter(|_| step.from == connection.opener);
        let acceptor_socket = acceptor_socket.filter(|_| step.to == acceptor);
        let opened_at = trace.entries.get(connection.opened as usize).map_or(Instant::ZERO, |entry| entry.at);
        let common = Self {
            connection: connection.id,
            hop: step.hop,
            left: step.from,
            right: step.to,
            left_port: local,
            right_port: remote,
            left_socket: opener_socket,
            right_socket: acceptor_socket,
            opened_from_left,
            rightward: outward,
            leftward: homeward,
            phase,
            was_reset,
            opened_at,
            gone_at,
            opacity,
            row: step.row.unwrap_or(0),
            rows,
        };
        Some(if opened_from_left {
            common
        } else {
            Self {
                left: step.to,
                right: step.from,
                left_port: remote,
                right_port: local,
                left_socket: acceptor_socket,
                right_socket: opener_socket,
                rightward: homeward,
                leftward: outward,
                ..common
            }
        })
    }
}

/// The lane that carries a socket's output.
fn lane_state(socket: Option<&SocketWorld>) -> LaneState {
    match socket.map(|socket| socket.state) {
        None | Some(State::Listen | State::SynSent | State::SynReceived) => LaneState::NotYet,
        Some(State::Established | State::CloseWait) => LaneState::Open,
        Some(
            State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait
            | State::Closed,
        ) => LaneState::Closed,
    }
}
