//! The table of sockets: 4-tuples, states, ports, 2MSL clocks.

mod socket_row;
mod socket_table;

pub use socket_row::SocketRow;
pub use socket_table::SocketTable;
