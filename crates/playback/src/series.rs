//! All sockets' numbers over time.

use std::collections::BTreeMap;

use playground_core::event::Event;
use playground_core::tcp::Notice;
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::dissection::{ConnectionId, Dissection, SocketKey};

/// The graphs of a run; sockets that never sent data are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// By socket.
    pub sockets: Vec<SocketSeries>,
}

impl Series {
    /// The graphs of a trace.
    pub fn new(trace: &Trace, dissection: &Dissection) -> Self {
        let mut sockets: BTreeMap<SocketKey, Gathering> = BTreeMap::new();
        for entry in &trace.entries {
            let (key, change) = match &entry.event {
                Event::Socket { socket, notice } => {
                    (SocketKey::new(entry.node, *socket), Change::Notice(notice))
                }
                Event::PacketSent { id, socket: Some(socket), retransmission: false, .. } => {
                    let range = dissection.segment(*id).and_then(|label| label.range.as_ref());
                    let Some(range) = range else { continue };
                    (SocketKey::new(entry.node, *socket), Change::SentUpTo(range.end))
                }
                _ => continue,
            };
            let gathering = sockets.entry(key).or_default();
            if gathering.apply(&change) {
                gathering.push(entry.index, entry.at);
            }
        }
        let sockets = sockets
            .into_iter()
            .filter(|(_, gathering)| gathering.sent > 0)
            .map(|(socket, gathering)| SocketSeries {
                socket,
                connection: dissection.connection_of(socket).map(|(connection, _)| connection.id),
                peak: gathering
                    .points
                    .iter()
                    .map(|point| point.flight.max(u64::from(point.cwnd)))
                    .max()
                    .unwrap_or(0),
                points: gathering.points,
            })
            .collect();
        Self { sockets }
    }

    /// The graph of a socket.
    pub fn of(&self, socket: SocketKey) -> Option<&SocketSeries> {
        self.sockets.iter().find(|series| series.socket == socket)
    }
}

enum Change<'a> {
    Notice(&'a Notice),
    SentUpTo(u64),
}

/// A socket's present numbers and the points so far.
#[derive(Default)]
struct Gathering {
    cwnd: u32,
    ssthresh: Option<u32>,
    sent: u64,
    acknowledged: u64,
    peer_window: u32,
    points: Vec<SeriesPoint>,
}

impl Gathering {
    /// Whether the change is one of those that are drawn.
    fn apply(&mut self, change: &Change<'_>) -> bool {
        match change {
            Change::SentUpTo(end) => self.sent = self.sent.max(*end),
            Change::Notice(Notice::CongestionChanged { cwnd, ssthresh, .. }) => {
                self.cwnd = *cwnd;
                self.ssthresh = *ssthresh;
            }
            Change::Notice(Notice::PeerWindowChanged { window }) => self.peer_window = *window,
            Change::Notice(Notice::BytesAcknowledged { range }) => {
                self.acknowledged = range.end;
                self.sent = self.sent.max(range.end);
            }
            Change::Notice(_) => return false,
        }
        true
    }

    fn push(&mut self, entry: u32, at: playground_core::time::Instant) {
        let point = SeriesPoint {
            entry,
            at,
            cwnd: self.cwnd,
            ssthresh: self.ssthresh,
            flight: self.sent.saturating_sub(self.acknowledged),
            peer_window: self.peer_window,
            acknowledged: self.acknowledged,
        };
        self.points.push(point);
    }
}

/// The numbers after one entry; each holds until the next point.
///
/// Units: octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The entry.
    pub entry: u32,
    /// Simulated time.
    pub at: Instant,
    /// Congestion window.
    pub cwnd: u32,
    /// Slow start threshold, once there is one.
    pub ssthresh: Option<u32>,
    /// Octets sent and not yet acknowledged.
    pub flight: u64,
    /// The window the peer announced.
    pub peer_window: u32,
    /// Octets acknowledged so far.
    pub acknowledged: u64,
}

/// One sending socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketSeries {
    /// Which.
    pub socket: SocketKey,
    /// Its connection.
    pub connection: Option<ConnectionId>,
    /// Points in time order.
    pub points: Vec<SeriesPoint>,
    /// The largest of all windows and flights, for the axis (the peer's window not counted).
    pub peak: u64,
}
