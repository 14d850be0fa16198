//! What crosses the wire: sequence numbers, addresses, flags, segments.

mod address;
mod flags;
mod segment;
mod seq;

pub use address::{Endpoint, FourTuple};
pub use flags::Flags;
pub use segment::{IP_HEADER_LEN, Segment, TCP_HEADER_LEN, TcpOptions, Timestamps};
pub use seq::SeqNum;
