//! A request and its response over all hops.

use super::HopColumn;

/// One request and the response to it, hop by hop.
///
/// Shape: `request` in the order it travelled; `response` in the order it travelled, so last hop first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderExchange {
    /// Which request of the run, from 0, in the order of sending.
    pub number: u32,
    /// `GET /b`.
    pub title: String,
    /// The request at each hop; empty when the response came unasked.
    pub request: Vec<HopColumn>,
    /// The response at each hop; empty when none was sent.
    pub response: Vec<HopColumn>,
}
