//! The table of sockets.

mod node_sockets;
mod ports;
mod ring;
mod socket_line;
mod sockets_view;

pub use sockets_view::SocketsView;
