//! TCP, after RFC 9293: states, segments, buffers, timers, congestion control, and a node's sockets.

mod acknowledgment;
mod arrives;
mod call;
mod congestion;
mod connection;
mod deadlines;
mod notice;
mod output;
mod ports;
mod profile;
mod receive_buffer;
mod rtt;
mod send_buffer;
mod sockets;
mod stack;
mod stack_calls;
mod state;
mod timeout;
mod transition;
mod user;

pub use call::{Call, CallError, Returned, SocketId, is_host_address};
pub use connection::{Connection, Output, Received};
pub use notice::{Buffer, Notice, Phase, SocketEvent, Timer};
pub use profile::{ByteCounting, ClosedInput, Probe, Profile, ProfileName, ResetCheck};
pub use stack::Stack;
pub use state::State;
pub use transition::{TRANSITIONS, Transition, Trigger, transition};
