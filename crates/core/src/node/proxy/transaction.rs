//! A smart proxy's state of a client's connection: requests, the transaction, the upstream connection.

use std::collections::VecDeque;

use bytes::Bytes;

use super::tunnel::Tunnel;
use crate::http::{
    BodyLength, Decoder, Framing, Headers, Lifetime, Persistence, RequestHead, ResponseHead, Version,
    encode_chunk, encode_last_chunk,
};
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
    /// Whether it was sent before, on a connection that was lost.
    pub is_retry: bool,
    /// Whether its client has been told to send the body.
    pub invited: bool,
}

impl Request {
    /// Whether its body comes only when it is invited.
    ///
    /// Source: RFC 9110 section 10.1.1: "A server that receives a 100-continue expectation in an HTTP/1.0 request MUST
    /// ignore that expectation".
    pub fn expects_continue(&self) -> bool {
        self.head.version == Version::Http11
            && self.length != BodyLength::None
            && self.length != BodyLength::Exactly(0)
            && self.head.headers.contains_token("Expect", "100-continue")
    }

    /// A part of its body, framed for the next hop.
    pub fn framed(&self, octets: &Bytes) -> Bytes {
        match self.length {
            BodyLength::Chunked if !octets.is_empty() => encode_chunk(octets).into(),
            _ => octets.clone(),
        }
    }

    /// What follows its body on the next hop.
    pub fn body_end(&self) -> Bytes {
        match self.length {
            BodyLength::Chunked => encode_last_chunk(&Headers::new()).into(),
            _ => Bytes::new(),
        }
    }
}

/// The transaction that a client's connection is in.
#[derive(Debug)]
pub(super) struct Transaction {
    /// Which of the requests that the proxy sends on, from 0.
    pub number: u32,
    pub request: Request,
    pub forwarded: RequestHead,
    pub sent: bool,
    /// When the request was sent on, or, not yet sent, when it was taken up.
    pub asked_at: Instant,
    /// Whether it is a conditional request that validates the cache's copy.
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
    /// When its head was received.
    pub arrived: Instant,
    /// Whether it is 304: the cache's copy is still valid.
    pub validated: bool,
    /// The part that the cache stores: its freshness lifetime, and the body so far.
    pub kept: Option<(Lifetime, Vec<u8>)>,
}

#[derive(Debug)]
pub(super) struct Upstream {
    pub socket: SocketId,
    pub open: bool,
    pub usable: bool,
    /// Whether it has carried an answer already.
    pub reused: bool,
    /// Whether any octet came since the last request.
    pub heard: bool,
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
    /// Whether the request's body goes on as it comes, and is not whole yet.
    pub streams: bool,
    /// Whether what follows the request waits: its answer may make a tunnel of the connection.
    pub held: bool,
    /// Whether it ends by RST: an end in order would be the end of the body.
    pub aborts: bool,
    /// What the connection has become after 101, or a 2xx to CONNECT.
    pub tunnel: Option<Tunnel>,
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
            streams: false,
            held: false,
            aborts: false,
            tunnel: None,
        }
    }

    /// Whether a request is in progress, or an answer is being sent.
    pub fn is_busy(&self) -> bool {
        self.transaction.is_some() || !self.queue.is_empty() || !self.outgoing.is_empty()
    }
}
