//! Between which hops a proxy forwards a request.

use super::body_length::BodyLength;

/// What a proxy knows, besides the head, when it forwards a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestHop<'a> {
    /// The name by which the proxy calls itself in Via.
    pub own_name: &'a str,
    /// The address of the client.
    pub client_address: &'a str,
    /// Whether the next hop is a proxy too: it then gets the target in absolute-form.
    pub next_is_proxy: bool,
    /// How the body is framed on the next hop.
    pub body: BodyLength,
}
