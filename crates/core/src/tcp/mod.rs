//! TCP, after RFC 9293: states, segments, buffers, timers, congestion control, and a node's sockets.

mod acknowledgment;
mod byte_queue;
mod calls;
mod congestion;
mod connection;
mod control_block;
mod keepalive;
mod notice;
mod output;
mod ports;
mod profile;
mod receive_buffer;
mod round_trip;
mod segment_arrives;
mod send_buffer;
mod socket_api;
mod socket_options;
mod stack;
mod stack_calls;
mod state;
mod timeouts;
mod transition;

pub use connection::{Connection, Output, Received};
pub use keepalive::KeepaliveTimes;
pub use notice::{Buffer, Notice, Phase, SocketEvent, Timer};
pub use profile::{
    ByteCounting, ClosedInput, CutSegment, IdleRestart, OldSegmentAck, Probe, Profile, ProfileName,
    ResetCheck, SharedPort, SynText, TimeWaitAnswer, WindowEdge, WindowUpdate,
};
pub use socket_api::{Call, CallError, Returned, SocketId, is_host_address};
pub use socket_options::KeepaliveValue;
pub use stack::Stack;
pub use state::State;
pub use transition::{TRANSITIONS, Transition, Trigger, transition};
