//! A socket call as program text.

use core::num::NonZeroU32;

use playground_core::event::Event;
use playground_core::tcp::{Call, CallError, Returned};
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::dissection::SocketKey;

/// A call and what it returned, as a program would print them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallView {
    /// The entry.
    pub entry: u32,
    /// Simulated time.
    pub at: Instant,
    /// On which socket.
    pub socket: Option<SocketKey>,
    /// The call: `read(4, …, 65536)`.
    pub call: String,
    /// Return value: `17`, `-1 ECONNRESET`; `…` while the program waits in it.
    pub result: String,
    /// The error, when it failed; `error.message()` is the C library's text.
    pub error: Option<CallError>,
    /// Whether it would wait now.
    pub would_block: bool,
}

impl CallView {
    /// The call of an entry.
    ///
    /// Returns `None` when the entry is no call.
    pub fn of(trace: &Trace, index: u32) -> Option<Self> {
        let entry = trace.entries.get(index as usize)?;
        let (socket, descriptor, call, returned, result) = match &entry.event {
            Event::CallReturned { socket, descriptor, call, returned } => {
                (*socket, *descriptor, call, returned, result_text(returned))
            }
            Event::CallBlocked { socket, descriptor, call } => {
                (Some(*socket), *descriptor, call, &Returned::WouldBlock, "…".to_owned())
            }
            _ => return None,
        };
        Some(Self {
            entry: index,
            at: entry.at,
            socket: socket.map(|socket| SocketKey::new(entry.node, socket)),
            call: call_text(call, descriptor),
            result,
            error: match returned {
                Returned::Failed { error } => Some(*error),
                _ => None,
            },
            would_block: *returned == Returned::WouldBlock,
        })
    }
}

/// The call as a trace of system calls prints it, with the socket's file descriptor: `connect(3, 203.0.113.80:80)`.
fn call_text(call: &Call, descriptor: Option<NonZeroU32>) -> String {
    let fd = descriptor.map_or_else(|| "-1".to_owned(), |descriptor| descriptor.to_string());
    let option = |name: &str, value: &str| format!("setsockopt({fd}, {name}, {value})");
    let switch = |name, on: bool| option(name, if on { "1" } else { "0" });
    match call {
        Call::Socket => "socket(AF_INET, SOCK_STREAM, 0)".to_owned(),
        Call::Bind { port } => format!("bind({fd}, :{port})"),
        Call::Listen { .. } => format!("listen({fd}, 128)"),
        Call::Connect { remote } => format!("connect({fd}, {remote})"),
        Call::Accept => format!("accept({fd})"),
        Call::Send { octets } => format!("write({fd}, …, {})", octets.len()),
        Call::Receive { max } => format!("read({fd}, …, {max})"),
        Call::Shutdown => format!("shutdown({fd}, SHUT_WR)"),
        Call::ShutdownInput => format!("shutdown({fd}, SHUT_RD)"),
        Call::Close => format!("close({fd})"),
        Call::Abort => format!("close({fd}) /* SO_LINGER 0 */"),
        Call::SetNoDelay { on } => switch("TCP_NODELAY", *on),
        Call::SetReuseAddress { on } => switch("SO_REUSEADDR", *on),
        Call::SetKeepalive { on } => switch("SO_KEEPALIVE", *on),
        Call::SetKeepaliveValue { option: name, value } => option(name.name(), &value.to_string()),
        Call::SetLinger { seconds: None } => option("SO_LINGER", "off"),
        Call::SetLinger { seconds: Some(seconds) } => option("SO_LINGER", &seconds.to_string()),
    }
}

/// The return value as a C program sees it.
fn result_text(returned: &Returned) -> String {
    match returned {
        Returned::Done | Returned::EndOfStream => "0".to_owned(),
        Returned::Socket { descriptor, .. } => format!("{descriptor}"),
        Returned::InProgress => "-1 EINPROGRESS".to_owned(),
        Returned::Sent { len } => format!("{len}"),
        Returned::Received { octets } => format!("{}", octets.len()),
        Returned::WouldBlock => "-1 EAGAIN".to_owned(),
        Returned::Failed { error } => format!("-1 {}", error.name()),
    }
}
