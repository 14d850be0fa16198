//! A host of a capture.

use core::net::IpAddr;

use serde::Serialize;

use super::{BuildRole, Host, Input, Role};
use crate::problem::Problem;

/// A host that was seen in a capture: what it sent and received, not what runs on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CapturedSpec {
    /// Its part in the connections of the capture.
    pub part: CapturedPart,
    /// Its address on the wire; that of the node stands for it where it is an IPv6 address.
    pub address: IpAddr,
}

/// What a host of a capture does: it opens connections, accepts them, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CapturedPart {
    /// It opens connections.
    Client,
    /// It accepts connections, and opens others.
    Proxy,
    /// It accepts connections.
    Server,
}

/// A capture is not run again: its entries are those that were seen.
#[derive(Debug)]
struct Seen;

impl BuildRole for CapturedSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Seen)
    }

    fn problem(&self) -> Option<(String, Problem)> {
        Some(("part".to_owned(), Problem::captured()))
    }
}

impl Role for Seen {
    fn handle(&mut self, _: Input, _: &mut dyn Host) {}
}
