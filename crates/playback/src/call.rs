//! A socket call as program text.

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
    /// The call: `recv(fd, buf, 65536)`.
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
        let (socket, call, returned, result) = match &entry.event {
            Event::CallReturned { socket, call, returned } => {
                (*socket, call, returned, result_text(returned))
            }
            Event::CallBlocked { socket, call } => {
                (Some(*socket), call, &Returned::WouldBlock, "…".to_owned())
            }
            _ => return None,
        };
        Some(Self {
            entry: index,
            at: entry.at,
            socket: socket.map(|socket| SocketKey::new(entry.node, socket)),
            call: call_text(call),
            result,
            error: match returned {
                Returned::Failed { error } => Some(*error),
                _ => None,
            },
            would_block: *returned == Returned::WouldBlock,
        })
    }
}

/// The call as a C program writes it.
fn call_text(call: &Call) -> String {
    match call {
        Call::Socket => "socket(AF_INET, SOCK_STREAM, 0)".to_owned(),
        Call::Bind { port } => format!("bind(fd, :{port})"),
        Call::Listen { port: 0 } => "listen(fd, 128)".to_owned(),
        Call::Listen { port } => format!("listen(fd, :{port})"),
        Call::Connect { remote } => format!("connect(fd, {remote})"),
        Call::Accept => "accept(fd)".to_owned(),
        Call::Send { octets } => format!("send(fd, buf, {})", octets.len()),
        Call::Receive { max } => format!("recv(fd, buf, {max})"),
        Call::Shutdown => "shutdown(fd, SHUT_WR)".to_owned(),
        Call::ShutdownInput => "shutdown(fd, SHUT_RD)".to_owned(),
        Call::Close => "close(fd)".to_owned(),
        Call::Abort => "close(fd) /* SO_LINGER 0 */".to_owned(),
        Call::SetNoDelay { on } => format!("setsockopt(fd, TCP_NODELAY, {})", u8::from(*on)),
        Call::SetReuseAddress { on } => format!("setsockopt(fd, SO_REUSEADDR, {})", u8::from(*on)),
        Call::SetKeepalive { on } => format!("setsockopt(fd, SO_KEEPALIVE, {})", u8::from(*on)),
        Call::SetKeepaliveValue { option, value } => format!("setsockopt(fd, {}, {value})", option.name()),
        Call::SetLinger { seconds: None } => "setsockopt(fd, SO_LINGER, off)".to_owned(),
        Call::SetLinger { seconds: Some(seconds) } => format!("setsockopt(fd, SO_LINGER, {seconds})"),
    }
}

/// The return value as a C program sees it.
fn result_text(returned: &Returned) -> String {
    match returned {
        Returned::Done | Returned::EndOfStream => "0".to_owned(),
        Returned::Socket { socket } => format!("{}", socket.0),
        Returned::Sent { len } => format!("{len}"),
        Returned::Received { octets } => format!("{}", octets.len()),
        Returned::WouldBlock => "-1 EAGAIN".to_owned(),
        Returned::Failed { error } => format!("-1 {}", error.name()),
    }
}
