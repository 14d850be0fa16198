//! HTTP/1.0 and HTTP/1.1: heads, framing, persistence, hop-by-hop rewriting.
//!
//! Octets in, messages out, and decisions with the rule that made them. Nothing here knows TCP, a clock or
//! the simulation.

mod added_value;
mod body_length;
mod cache_control;
mod caching;
mod chunk_decoder;
mod chunk_encoder;
mod conditional;
mod connection_handling;
mod date;
mod decode_error;
mod decoded;
mod decoder;
mod field;
mod forward;
mod forwarded_version;
mod forwarding_profile;
mod framing;
mod framing_error;
mod head_error;
mod head_parser;
mod head_problem;
mod headers;
mod keep_alive_params;
mod method;
mod octets;
mod persistence;
mod piece;
mod proxies;
mod request_head;
mod request_hop;
mod request_target;
mod response_head;
mod response_hop;
mod rewrite;
mod says_connection;
mod server_policy;
mod version;
mod via_version;

pub use added_value::AddedValue;
pub use body_length::BodyLength;
pub use cache_control::CacheControl;
pub use caching::{Lifetime, StoredResponse, cache_key, end_to_end, freshness_lifetime, may_store};
pub use chunk_encoder::{encode_chunk, encode_last_chunk};
pub use conditional::is_not_modified;
pub use connection_handling::ConnectionHandling;
pub use date::{clock_second, http_date, parse_http_date};
pub use decode_error::DecodeError;
pub use decoded::Decoded;
pub use decoder::Decoder;
pub use field::Field;
pub use forward::{forward_request, forward_response};
pub use forwarded_version::ForwardedVersion;
pub use forwarding_profile::ForwardingProfile;
pub use framing::{Framing, request_body_length, response_body_length};
pub use framing_error::FramingError;
pub use head_error::HeadError;
pub use head_parser::{MAX_FIELDS, MAX_HEAD_OCTETS, parse_request_head, parse_response_head};
pub use head_problem::HeadProblem;
pub use headers::Headers;
pub use keep_alive_params::KeepAliveParams;
pub use method::Method;
pub use persistence::{
    Persistence, client_concludes, persistence_fields, request_to_proxy_wants_persistence,
    request_wants_persistence, server_decides,
};
pub use piece::Piece;
pub use request_head::RequestHead;
pub use request_hop::RequestHop;
pub use request_target::RequestTarget;
pub use response_head::{ResponseHead, reason_phrase};
pub use response_hop::ResponseHop;
pub use rewrite::Rewrite;
pub use says_connection::SaysConnection;
pub use server_policy::ServerPolicy;
pub use version::Version;
pub use via_version::ViaVersion;
