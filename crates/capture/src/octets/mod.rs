//! One segment as the octets of an IPv4 datagram, and back.

mod checksum;
mod field;
mod field_span;
mod options;
mod outline;
mod parse;
mod parse_error;
mod write;

pub use field::{Field, Layer};
pub use field_span::{FieldSpan, layout};
pub use parse::{Checksums, parse, parse_with};
pub use parse_error::{ParseError, Problem};
pub use write::{TooLong, identification, write, write_datagram};
