//! The dissection: whose connection, which message, what label, for every segment of a trace.

mod build;
mod connection;
mod datagrams;
mod dissection;
mod labels;
mod message_label;
mod messages;
mod rows;
mod segment_label;
mod stream;
mod tls_records;

pub use connection::{Connection, ConnectionId, PathHop, Side};
pub use dissection::Dissection;
pub use message_label::{MessageKind, MessageLabel, MessageRef};
pub use segment_label::{SegmentKind, SegmentLabel};
pub use stream::Stream;

pub(crate) use messages::range_text;
