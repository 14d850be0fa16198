//! The events of a run.

use core::net::Ipv4Addr;
use core::num::NonZeroU32;
use core::ops::Range;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::{Failure, HopId, NodeId, PacketId, Waiting};
use crate::http::{MessageError, Persistence, Rewrite};
use crate::rule::Rule;
use crate::tcp::{Call, Notice, Returned, SocketId};
use crate::time::{Duration, Instant};
use crate::tls::TlsVersion;
use crate::wire::Packet;

/// Something that happened, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A node put a packet on a hop.
    #[serde(skip_deserializing)]
    PacketSent {
        /// Its number.
        id: PacketId,
        /// The hop.
        hop: HopId,
        /// The node at the hop's other end.
        to: NodeId,
        /// The sending socket; none for a datagram, a forwarded packet, and a RST that answers a segment
        /// without a connection.
        socket: Option<SocketId>,
        /// The segment or datagram.
        packet: Packet,
        /// Whether it repeats octets of a segment sent before; never for a datagram.
        retransmission: bool,
        /// When its last bit leaves the node: `at` plus queueing and serialization.
        departs: Instant,
        /// When it reaches the other end unless it is lost.
        arrives: Instant,
    },
    /// A packet reached this node.
    #[serde(skip_deserializing)]
    PacketDelivered {
        /// Its number.
        id: PacketId,
    },
    /// A packet was lost on its way to this node.
    #[serde(skip_deserializing)]
    PacketDropped {
        /// Its number.
        id: PacketId,
        /// Why.
        reason: DropReason,
    },
    /// A notice of one socket's stack.
    Socket {
        /// The socket.
        socket: SocketId,
        /// What.
        notice: Notice,
    },
    /// The application made a call that cannot be finished now: the program waits in it.
    CallBlocked {
        /// The socket.
        socket: SocketId,
        /// The file descriptor that the call names.
        descriptor: Option<NonZeroU32>,
        /// The call.
        call: Call,
    },
    /// The application made a call and it returned.
    CallReturned {
        /// The socket; none for a call that failed to make one.
        socket: Option<SocketId>,
        /// The file descriptor that the call names; none for `socket()`.
        descriptor: Option<NonZeroU32>,
        /// The call.
        call: Call,
        /// What it returned.
        returned: Returned,
    },
    /// A complete request head was read.
    RequestReceived {
        /// The socket it came from.
        socket: SocketId,
        /// `GET /a HTTP/1.0`.
        start_line: String,
        /// Its head's octets in the peer's output.
        head: Range<u64>,
    },
    /// A complete response head was read.
    ResponseReceived {
        /// The socket it came from.
        socket: SocketId,
        /// `HTTP/1.0 200 OK`.
        start_line: String,
        /// Its head's octets in the peer's output.
        head: Range<u64>,
    },
    /// The whole of a message was read.
    MessageCompleted {
        /// The socket it came from.
        socket: SocketId,
        /// All its octets in the peer's output.
        range: Range<u64>,
    },
    /// A message ended before it was whole.
    MessageIncomplete {
        /// The socket it came from.
        socket: SocketId,
        /// Body octets that arrived.
        received: u64,
        /// Body octets announced; none when the length was never known.
        expected: Option<u64>,
    },
    /// A message could not be understood.
    MessageRejected {
        /// The socket it came from.
        socket: SocketId,
        /// The offset in the received stream of the message's first octet.
        offset: u64,
        /// Whether it is a response; else it is a request.
        is_response: bool,
        /// What is wrong, and where in the message.
        error: MessageError,
    },
    /// An HTTP role answers a request itself, whatever the resource; the entry's rule says why.
    AnswerChosen {
        /// The connection.
        socket: SocketId,
        /// Status code.
        status: u16,
    },
    /// An HTTP role decided whether the connection stays open after this message.
    PersistenceDecided {
        /// The connection.
        socket: SocketId,
        /// The decision and its reason.
        persistence: Persistence,
    },
    /// A proxy rewrote a head on its way to the next hop.
    HeadersRewritten {
        /// The connection it came by.
        from: SocketId,
        /// The first octet of the head in that connection's input.
        from_offset: u64,
        /// The connection it leaves by.
        to: SocketId,
        /// The first octet of the head in that connection's output.
        to_offset: u64,
        /// What was kept, removed, added, changed, and by which rule.
        rewrite: Box<Rewrite>,
    },
    /// A cache looked for a copy, kept one, used one, or gave one up; the entry's rule says why.
    CacheUsed {
        /// The connection of the client that asked.
        socket: SocketId,
        /// The URI asked for.
        target: String,
        /// What it did.
        action: CacheAction,
        /// The copy as it now is; none where there is none.
        copy: Option<Box<CachedCopy>>,
    },
    /// A blind relay, or a tunnel, passed octets on without reading them.
    BytesRelayed {
        /// The connection they came by.
        from: SocketId,
        /// Their range in that connection's input.
        range: Range<u64>,
        /// The connection they leave by.
        to: SocketId,
        /// The first octet's place in that connection's output.
        to_offset: u64,
    },
    /// An HTTP role now holds another belief about a connection.
    BeliefChanged {
        /// The connection.
        socket: SocketId,
        /// What it believes.
        belief: Belief,
    },
    /// A role now waits for something else on a connection.
    WaitingChanged {
        /// The connection.
        socket: SocketId,
        /// What for.
        waiting: Waiting,
    },
    /// The application started a timer of its own.
    TimerStarted {
        /// The connection it concerns, where it concerns one.
        socket: Option<SocketId>,
        /// What it is for.
        purpose: Waiting,
        /// When it will expire.
        expires_at: Instant,
    },
    /// The application stopped its timer.
    TimerStopped {
        /// The connection it concerns, where it concerns one.
        socket: Option<SocketId>,
        /// What it was for.
        purpose: Waiting,
    },
    /// The application's timer expired.
    TimerExpired {
        /// The connection it concerns, where it concerns one.
        socket: Option<SocketId>,
        /// What it was for.
        purpose: Waiting,
    },
    /// The client has the whole answer to a request.
    TransactionCompleted {
        /// The connection.
        socket: SocketId,
        /// Which request of the client's list, from 0.
        request: u32,
        /// Status code.
        status: u16,
        /// Octets of the response's body.
        body_len: u64,
        /// When the client first wanted it.
        started_at: Instant,
    },
    /// The client gives a request up.
    TransactionFailed {
        /// Which request of the client's list, from 0.
        request: u32,
        /// Why.
        problem: Failure,
        /// When the client first wanted it.
        started_at: Instant,
    },
    /// The browser read a reference to an object in the page's HTML.
    ObjectNamed {
        /// The connection by which the HTML comes.
        socket: SocketId,
        /// The object's place in the page; 0 is the HTML itself.
        request: u32,
        /// Its path.
        path: String,
        /// Where its tag ends in the peer's output.
        octet: u64,
    },
    /// First paint: the browser can lay the page out, and shows it.
    PagePainted {
        /// Objects in the page, the HTML counted.
        objects: u32,
        /// How many of them are whole.
        whole: u32,
    },
    /// Every object of the page is complete or given up.
    PageCompleted {
        /// Objects in the page, the HTML counted.
        objects: u32,
        /// How many of them were given up.
        failed: u32,
        /// Connections opened for it.
        connections: u32,
    },
    /// A client decided about a request whose connection ended before its response.
    RetryDecided {
        /// Which request of the client's list, from 0.
        request: u32,
        /// How often it has been sent.
        sent: u32,
        /// The decision; the entry's rule is the reason.
        decision: RetryDecision,
    },
    /// A user agent asks its user whether to send a request again.
    UserAsked {
        /// Which request of the client's list, from 0.
        request: u32,
        /// `POST /order HTTP/1.1`.
        start_line: String,
    },
    /// The user answered.
    UserAnswered {
        /// Which request of the client's list, from 0.
        request: u32,
        /// Whether the user agrees to send it again.
        again: bool,
    },
    /// A server carried out a request whose method is not safe (RFC 9110 section 9.2.1).
    EffectCaused {
        /// The connection it came by.
        socket: SocketId,
        /// The method.
        method: String,
        /// The resource's path.
        path: String,
        /// Requests with such methods carried out on this resource so far.
        executed: u32,
        /// What the resource holds now: POST adds one, PUT makes it one, DELETE none.
        holds: u32,
    },
    /// DHCP gave this node an address.
    AddressObtained {
        /// The address.
        address: Ipv4Addr,
        /// When it began to ask.
        started_at: Instant,
    },
    /// This node gives up on DHCP.
    AddressRefused {
        /// When it began to ask.
        started_at: Instant,
    },
    /// This node knows the address of a name.
    NameResolved {
        /// The name.
        name: String,
        /// Its address.
        address: Ipv4Addr,
        /// Whether it knew before.
        cached: bool,
        /// When it was first wanted.
        started_at: Instant,
    },
    /// A name could not be resolved.
    NameUnresolved {
        /// The name.
        name: String,
        /// Why.
        problem: Failure,
        /// When it was first wanted.
        started_at: Instant,
    },
    /// A connection's TLS handshake is complete at this end.
    TlsOpened {
        /// The connection.
        socket: SocketId,
        /// The version agreed on.
        version: TlsVersion,
        /// Whether an earlier session was resumed.
        resumed: bool,
        /// When this end began.
        started_at: Instant,
    },
    /// An echo reply arrived.
    EchoReturned {
        /// Which, from 1.
        sequence: u16,
        /// When it was sent.
        sent_at: Instant,
    },
    /// An echo request got no reply.
    EchoLost {
        /// Which, from 1.
        sequence: u16,
        /// Why.
        problem: Failure,
        /// When it was sent.
        sent_at: Instant,
    },
    /// An intervention of the user.
    Intervened {
        /// Which of the scenario's interventions, from 0.
        intervention: u32,
    },
    /// This node's power failed: its state is lost.
    HostCrashed,
    /// This node starts again, with empty state.
    HostStarted,
    /// This node's application reads no more, or reads again.
    ReadingChanged {
        /// Whether it reads.
        reads: bool,
    },
    /// Something that is not told yet; never in the trace of a run, only in one that was made by
    /// [`Trace::withholding`](crate::trace::Trace::withholding).
    #[serde(skip_deserializing)]
    Withheld,
}

/// What a cache did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CacheAction {
    /// It has no copy.
    Missed,
    /// It has a stale copy, which it must validate before use.
    Asked,
    /// It answered with its copy.
    Served,
    /// It stored a response.
    Stored,
    /// It did not store a response.
    Refused,
    /// Its copy was validated (304).
    Validated,
    /// It removed its copy.
    Removed,
}

/// A copy in a cache, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedCopy {
    /// The connection by which it was received, or last validated.
    pub from: Option<SocketId>,
    /// Octets of its body.
    pub octets: u64,
    /// Its age.
    pub age: Duration,
    /// The age at which it is stale.
    pub lifetime: Duration,
    /// The rule that gave its freshness lifetime.
    pub lifetime_rule: Rule,
    /// Its ETag; empty when it has none.
    pub etag: String,
}

/// Why a packet was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// Scripted by the scenario.
    Scripted,
    /// Seeded random loss.
    Random,
    /// Damaged on the way; the receiver's checksum failed.
    Corrupted,
    /// The hop's queue was full.
    QueueFull,
    /// The cable is cut.
    LinkDown,
    /// The host is switched off.
    HostDown,
    /// In a capture: no ACK came before it was sent again.
    Unacknowledged,
}

/// What an HTTP role believes about a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Belief {
    /// It stays open for another request.
    Persists,
    /// It has asked for persistence and does not know the answer yet.
    AskedToPersist,
    /// It ends with this response.
    ClosesAfterResponse,
    /// A blind relay: the transaction ends when the server closes.
    EndsWhenServerCloses,
    /// It carries no HTTP any more: octets pass in both directions.
    Tunnel,
    /// It has ended, or is ending.
    Ended,
}

/// The decision about a request whose connection ended before its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetryDecision {
    /// It is sent again without asking.
    Again,
    /// The user decides.
    Asks,
    /// It is given up.
    GivesUp,
}
