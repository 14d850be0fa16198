//! What a smart proxy holds about a client's connection: requests, the transaction, the connection behind.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::http::{BodyLength, Decoder, Framing, Lifetime, Persistence, RequestHead, ResponseHead};
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::Instant;

/// A whole request from a client.
#[derive(Debug)]
pub(super) struct Request {
    pub head: RequestHead,
    pub offset: u64,
    pub body: Vec<u8>,
    pub length: BodyLength,
}

/// The transaction that a client's connection is in.
#[derive(Debug)]
pub(super) struct Transaction {
    pub request: Request,
    pub forwarded: RequestHead,
    pub sent: bool,
    /// When the request was sent on, or, not yet sent, when it was taken up.
    pub asked_at: Instant,
    /// Whether it asks if the cache's copy is still good.
    pub validates: bool,
    /// Set with the response's head.
    pub answer: Option<Answer>,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub head: ResponseHead,
    /// The head's first octet in the next node's output.
    pub offset: u64,
    pub framing: Framing,
    pub length: BodyLength,
    pub decision: Persistence,
    pub body_len: u64,
    /// When its head came.
    pub arrived: Instant,
    /// Whether it says that the cache's copy is still good.
    pub validated: bool,
    /// What the cache is to keep of it: for how long it will be fresh, and the body so far.
    pub kept: Option<(Lifetime, Vec<u8>)>,
}

#[derive(Debug)]
pub(super) struct Upstream {
    pub socket: SocketId,
    pub open: bool,
    pub usable: bool,
    pub decoder: Decoder,
    pub outgoing: VecDeque<Bytes>,
}

#[derive(Debug)]
pub(super) struct Client {
    pub decoder: Decoder,
    pub arriving: Option<Request>,
    pub queue: VecDeque<Request>,
    /// Answers that were begun on it.
    pub answered: u32,
    pub transaction: Option<Transaction>,
    pub upstream: Option<Upstream>,
    pub outgoing: VecDeque<Bytes>,
    /// How many of these were offered to the socket already.
    pub offered: usize,
    pub ending: Option<Rule>,
    pub peer_closed: bool,
}

impl Client {
    pub fn new() -> Self {
        Self {
            decoder: Decoder::requests(),
            arriving: None,
            queue: VecDeque::new(),
            answered: 0,
            transaction: None,
            upstream: None,
            outgoing: VecDeque::new(),
            offered: 0,
            ending: None,
            peer_closed: false,
        }
    }

    /// Whether a request is at work, or an answer on its way.
    pub fn is_busy(&self) -> bool {
        self.transaction.is_some() || !self.queue.is_empty() || !self.outgoing.is_empty()
    }
}
