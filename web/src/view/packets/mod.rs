//! The packet list.

mod chunk;
mod follow;
mod packet_line;
mod packets_view;

pub use packets_view::PacketsView;
