//! What a decoder finds in a stream of octets.

use bytes::Bytes;

use super::framing::Framing;
use super::headers::Headers;
use super::request_head::RequestHead;
use super::response_head::ResponseHead;

/// A part of a message.
///
/// A message is a `Request` or `Response`, any number of `Body` parts, and an `End`. An `Interim` response
/// is whole by itself and belongs to the same request as the response that follows. A response that turns
/// the connection into a tunnel or another protocol (2xx to CONNECT, 101) has no `End`: see
/// [`Decoder::is_switched`](super::Decoder::is_switched).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// A request head.
    Request {
        /// The head.
        head: RequestHead,
        /// How its body ends.
        framing: Framing,
    },
    /// A 1xx response, except 101: it has no body and no `End`.
    Interim {
        /// The head.
        head: ResponseHead,
    },
    /// A response head.
    Response {
        /// The head.
        head: ResponseHead,
        /// How its body ends.
        framing: Framing,
    },
    /// Octets of the body, without what frames them.
    Body(Bytes),
    /// The message is complete.
    End {
        /// The trailer section of a chunked body.
        trailers: Headers,
    },
}
