//! Socket calls on a stack, by their data.

use crate::tcp::{Call, CallError, Received, Returned, SocketId, Stack};
use crate::time::Instant;

/// Makes a call and says what it returned.
pub(super) fn make_call(stack: &mut Stack, now: Instant, socket: Option<SocketId>, call: &Call) -> Returned {
    let failed = |error| Returned::Failed { error };
    let Some(socket) = socket else {
        return match call {
            Call::Socket => Returned::Socket { socket: stack.socket() },
            Call::Listen { port } => {
                stack.listen(*port, 128).map_or_else(failed, |socket| Returned::Socket { socket })
            }
            Call::Connect { remote } => {
                stack.connect(now, *remote).map_or_else(failed, |socket| Returned::Socket { socket })
            }
            _ => failed(CallError::BadSocket),
        };
    };
    match call {
        Call::Socket => failed(CallError::InvalidArgument),
        Call::Bind { port } => stack.bind(socket, *port).map_or_else(failed, |()| Returned::Done),
        Call::Listen { .. } => stack.listen_on(socket, 128).map_or_else(failed, |()| Returned::Done),
        Call::Connect { remote } => {
            stack.connect_on(now, socket, *remote).map_or_else(failed, |()| Returned::WouldBlock)
        }
        Call::SetLinger { seconds } => {
            stack.set_linger(socket, *seconds).map_or_else(failed, |()| Returned::Done)
        }
        Call::Accept => {
            stack.accept(socket).map_or(Returned::WouldBlock, |socket| Returned::Socket { socket })
        }
        Call::Send { octets } => match stack.send(now, socket, octets) {
            Ok(Some(len)) => Returned::Sent { len },
            Ok(None) => Returned::WouldBlock,
            Err(error) => failed(error),
        },
        Call::Receive { max } => match stack.receive(now, socket, *max) {
            Ok(Received::Octets(octets)) => Returned::Received { octets },
            Ok(Received::EndOfStream) => Returned::EndOfStream,
            Ok(Received::WouldBlock) => Returned::WouldBlock,
            Err(error) => failed(error),
        },
        Call::Shutdown => stack.shutdown(now, socket).map_or_else(failed, |()| Returned::Done),
        Call::ShutdownInput => stack.shutdown_input(socket).map_or_else(failed, |()| Returned::Done),
        Call::Close => stack.close(now, socket).map_or_else(failed, |()| Returned::Done),
        Call::Abort => stack.abort(now, socket).map_or_else(failed, |()| Returned::Done),
        Call::SetNoDelay { on } => {
            stack.set_no_delay(now, socket, *on).map_or_else(failed, |()| Returned::Done)
        }
    }
}
