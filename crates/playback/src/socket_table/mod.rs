//! The table of sockets: 4-tuples, states, ports, 2MSL clocks.

mod socket_row;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod socket_table;

pub use socket_row::SocketRow;
pub use socket_table::SocketTable;
