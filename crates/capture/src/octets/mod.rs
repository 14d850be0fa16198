//! One segment as the octets of an IPv4 datagram, and back.

mod checksum;
mod fields;
mod ipv6;
mod options;
mod parse;
mod write;

pub use fields::{Field, FieldSpan, Layer, layout};
pub(crate) use parse::captured;
pub use parse::{Checksums, ParseError, Problem, parse, parse_with};
pub use write::{TooLong, identification, write, write_datagram};
