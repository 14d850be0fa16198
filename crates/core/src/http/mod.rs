//! HTTP/1.0 and HTTP/1.1: heads, framing, persistence, hop-by-hop rewriting, caching.
//!
//! Octets in, messages out, and decisions with the rule that made them. Independent of TCP, of any clock and of
//! the simulation.

mod caching;
mod chunked;
mod date;
mod decoder;
mod error;
mod forward;
mod framing;
mod headers;
mod message;
mod octets;
mod parse;
mod persistence;
mod request_text;
mod target;

pub use caching::{
    CacheControl, Lifetime, StoredResponse, cache_key, end_to_end, freshness_lifetime, is_not_modified,
    may_store,
};
pub use chunked::{encode_chunk, encode_last_chunk};
pub use date::{clock_second, http_date, parse_http_date};
pub use decoder::{Decoded, Decoder, Piece};
pub use error::{HeadError, HeadPart, MessageError, MessageProblem, Position};
pub use forward::profile::{
    AddedValue, ConnectionHandling, ForwardedVersion, ForwardingProfile, SaysConnection, ViaVersion,
};
pub use forward::rewrite::{LineChange, Rewrite, StartLineChange};
pub use forward::{
    CacheLookup, RequestHop, ResponseHop, forward_request, forward_response, hop_by_hop_rule, max_forwards,
};
pub use framing::{BodyLength, Framing, request_body_length, response_body_length};
pub use headers::{Field, Headers};
pub use message::{Method, RequestHead, ResponseHead, Version, reason_phrase, trace_content};
pub use parse::{MAX_FIELDS, MAX_HEAD_OCTETS, parse_request_head, parse_response_head};
pub use persistence::{
    KeepAliveParams, Persistence, ServerPolicy, client_concludes, persistence_fields,
    request_to_proxy_wants_persistence, request_wants_persistence, server_decides,
};
pub use request_text::{
    EscapeError, RequestText, ResponseText, TextPlace, TypedRequest, write_message_text, write_request_text,
};
pub use target::RequestTarget;
