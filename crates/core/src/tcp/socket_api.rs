//! The socket calls and what they return.

use core::net::Ipv4Addr;

use bytes::Bytes;
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::{EnumIter, IntoStaticStr};
use thiserror::Error;

use super::KeepaliveValue;
use crate::rule::Rule;
use crate::wire::Endpoint;

/// The number a node's stack gives to a socket; unique within the node, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct SocketId(pub u32);

/// A call of the socket interface, with its arguments.
///
/// Source: RFC 9293 section 3.9.1; the names are those of POSIX.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "kebab-case")]
pub enum Call {
    /// Makes a socket.
    Socket,
    /// Gives a socket its local port.
    Bind {
        /// Port.
        port: u16,
    },
    /// Passive open on a port: of a new socket, or of one that was bound to it.
    Listen {
        /// Port.
        port: u16,
    },
    /// Active open to a remote socket: of a new socket, or of one that was made before.
    Connect {
        /// The peer.
        remote: Endpoint,
    },
    /// Takes the next finished connection from a listening socket.
    Accept,
    /// Hands octets to the send buffer.
    Send {
        /// The octets.
        #[serde(serialize_with = "serialize_octets", deserialize_with = "deserialize_octets")]
        octets: Bytes,
    },
    /// Takes octets from the receive buffer.
    Receive {
        /// At most so many octets.
        max: usize,
    },
    /// Closes the output; the input stays open.
    Shutdown,
    /// Closes the input; the output stays open.
    ShutdownInput,
    /// Closes both directions and releases the socket.
    Close,
    /// Closes with RST (close with SO_LINGER 0).
    Abort,
    /// Switches Nagle's algorithm off or on.
    SetNoDelay {
        /// TCP_NODELAY.
        on: bool,
    },
    /// SO_LINGER: what `close` does with octets that are not acknowledged yet.
    SetLinger {
        /// SO_LINGER: 0 sends RST, more waits so long; none is off.
        seconds: Option<u32>,
    },
    /// Says whether the socket may take a port that others have.
    SetReuseAddress {
        /// SO_REUSEADDR.
        on: bool,
    },
    /// Says whether an idle peer is probed.
    SetKeepalive {
        /// SO_KEEPALIVE.
        on: bool,
    },
    /// Says when, how often and how many times.
    SetKeepaliveValue {
        /// Which option.
        option: KeepaliveValue,
        /// Seconds, or probes.
        value: u32,
    },
}

impl Call {
    /// Why it returned that, where nothing but the call itself is the reason.
    pub fn rule(&self, returned: &Returned) -> Rule {
        match (self, returned) {
            (
                Self::Bind { .. } | Self::Listen { .. },
                Returned::Failed { error: CallError::AddressInUse },
            ) => Rule::AddressInUse,
            (_, Returned::Failed { error }) => error.rule(),
            (Self::Receive { .. }, Returned::EndOfStream) => Rule::FinReceived,
            (Self::Send { .. }, Returned::WouldBlock) => Rule::SendBufferFull,
            (Self::Send { .. }, _) => Rule::SendCall,
            (Self::Receive { .. }, _) => Rule::ReceiveCall,
            (Self::Accept, _) => Rule::AcceptCall,
            (Self::Socket, _) => Rule::SocketCall,
            (Self::Bind { .. }, _) => Rule::BindCall,
            (Self::Listen { .. }, _) => Rule::PassiveOpen,
            (Self::Connect { .. }, Returned::Done) => Rule::SynSentSynAck,
            (Self::Connect { .. }, _) => Rule::ActiveOpen,
            _ => Rule::Application,
        }
    }
}

/// The result of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "returned", rename_all = "kebab-case")]
pub enum Returned {
    /// Success without a value.
    Done,
    /// A new socket.
    Socket {
        /// Its number.
        socket: SocketId,
        /// Its file descriptor: the lowest number that its process has free, from 3. POSIX.1-2017 section 2.14.
        descriptor: u32,
    },
    /// A connection is being opened and the call does not wait for it: -1 with EINPROGRESS.
    InProgress,
    /// So many octets entered the send buffer.
    Sent {
        /// Octets taken; fewer than given when the buffer is full.
        len: usize,
    },
    /// These octets left the receive buffer.
    Received {
        /// Octets; in a box, because a trace is mostly other entries.
        #[serde(serialize_with = "serialize_octets", deserialize_with = "deserialize_boxed")]
        octets: Box<Bytes>,
    },
    /// The peer has closed its output and all it sent has been read: `read` returns 0.
    EndOfStream,
    /// A blocking call would wait now.
    WouldBlock,
    /// The call failed.
    Failed {
        /// Why.
        error: CallError,
    },
}

/// Why a call failed, by its POSIX name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, EnumIter, IntoStaticStr, Serialize, Deserialize)]
pub enum CallError {
    /// No ephemeral port is free for this peer.
    #[error("EADDRNOTAVAIL")]
    #[serde(rename = "EADDRNOTAVAIL")]
    #[strum(serialize = "EADDRNOTAVAIL")]
    AddressNotAvailable,
    /// Another socket has the port and does not share it.
    #[error("EADDRINUSE")]
    #[serde(rename = "EADDRINUSE")]
    #[strum(serialize = "EADDRINUSE")]
    AddressInUse,
    /// The peer answered the SYN with RST.
    #[error("ECONNREFUSED")]
    #[serde(rename = "ECONNREFUSED")]
    #[strum(serialize = "ECONNREFUSED")]
    ConnectionRefused,
    /// The peer reset the connection.
    #[error("ECONNRESET")]
    #[serde(rename = "ECONNRESET")]
    #[strum(serialize = "ECONNRESET")]
    ConnectionReset,
    /// The output is closed, here or by the peer's reset.
    #[error("EPIPE")]
    #[serde(rename = "EPIPE")]
    #[strum(serialize = "EPIPE")]
    BrokenPipe,
    /// The peer did not answer in time.
    #[error("ETIMEDOUT")]
    #[serde(rename = "ETIMEDOUT")]
    #[strum(serialize = "ETIMEDOUT")]
    TimedOut,
    /// The socket is not connected.
    #[error("ENOTCONN")]
    #[serde(rename = "ENOTCONN")]
    #[strum(serialize = "ENOTCONN")]
    NotConnected,
    /// No route to the address, here or at a router.
    #[error("ENETUNREACH")]
    #[serde(rename = "ENETUNREACH")]
    #[strum(serialize = "ENETUNREACH")]
    NetworkUnreachable,
    /// ICMP host unreachable from a router.
    #[error("EHOSTUNREACH")]
    #[serde(rename = "EHOSTUNREACH")]
    #[strum(serialize = "EHOSTUNREACH")]
    HostUnreachable,
    /// The socket is connected already.
    #[error("EISCONN")]
    #[serde(rename = "EISCONN")]
    #[strum(serialize = "EISCONN")]
    AlreadyConnected,
    /// The call makes no sense for this socket now.
    #[error("EINVAL")]
    #[serde(rename = "EINVAL")]
    #[strum(serialize = "EINVAL")]
    InvalidArgument,
    /// The socket is not open.
    #[error("EBADF")]
    #[serde(rename = "EBADF")]
    #[strum(serialize = "EBADF")]
    BadSocket,
    /// A signal came while the call waited.
    #[error("EINTR")]
    #[serde(rename = "EINTR")]
    #[strum(serialize = "EINTR")]
    Interrupted,
}

impl CallError {
    /// The POSIX name: `ECONNRESET`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The rule by which a connection that failed with this has ended.
    pub const fn rule(self) -> Rule {
        match self {
            Self::ConnectionRefused => Rule::ConnectionRefused,
            Self::TimedOut => Rule::UserTimeout,
            Self::NetworkUnreachable | Self::HostUnreachable => Rule::DestinationUnreachable,
            Self::AddressNotAvailable => Rule::PortsExhausted,
            Self::AddressInUse => Rule::TupleInUse,
            Self::ConnectionReset => Rule::ResetReceived,
            Self::BrokenPipe => Rule::OutputClosed,
            Self::Interrupted => Rule::InterruptedCall,
            Self::NotConnected | Self::AlreadyConnected | Self::InvalidArgument | Self::BadSocket => {
                Rule::CallRefused
            }
        }
    }

    /// The C library's message: `Connection reset by peer`.
    pub const fn message(self) -> &'static str {
        match self {
            Self::AddressNotAvailable => "Cannot assign requested address",
            Self::AddressInUse => "Address already in use",
            Self::ConnectionRefused => "Connection refused",
            Self::ConnectionReset => "Connection reset by peer",
            Self::BrokenPipe => "Broken pipe",
            Self::TimedOut => "Connection timed out",
            Self::NotConnected => "Transport endpoint is not connected",
            Self::NetworkUnreachable => "Network is unreachable",
            Self::HostUnreachable => "No route to host",
            Self::AlreadyConnected => "Transport endpoint is already connected",
            Self::InvalidArgument => "Invalid argument",
            Self::BadSocket => "Bad file descriptor",
            Self::Interrupted => "Interrupted system call",
        }
    }
}

/// Whether `address` may be a unicast peer: not unspecified, multicast or broadcast.
pub fn is_host_address(address: Ipv4Addr) -> bool {
    !address.is_unspecified() && !address.is_multicast() && !address.is_broadcast()
}

/// Octets as a string: as they are where they are UTF-8 without a backslash, escaped as in Rust else.
pub(crate) fn serialize_octets<S: Serializer>(octets: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    match core::str::from_utf8(octets) {
        Ok(text) if !text.contains('\\') => serializer.serialize_str(text),
        _ => serializer.serialize_str(&octets.escape_ascii().to_string()),
    }
}

/// Octets from the string that [`serialize_octets`] writes.
pub(crate) fn deserialize_octets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    if !text.contains('\\') {
        return Ok(text.into());
    }
    let invalid = || D::Error::invalid_value(Unexpected::Str(&text), &"octets with escapes");
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match (octet, octet == b'\\') {
            (plain, false) => plain,
            (_, true) => match rest.next().ok_or_else(invalid)? {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                quoted @ (b'\\' | b'"' | b'\'') => quoted,
                b'x' => {
                    let digits = [rest.next(), rest.next()].map(|digit| digit.map(char::from)?.to_digit(16));
                    let [Some(high), Some(low)] = digits else { return Err(invalid()) };
                    (high << 4 | low) as u8
                }
                _ => return Err(invalid()),
            },
        });
    }
    Ok(octets.into())
}

/// The same, in a box.
fn deserialize_boxed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Bytes>, D::Error> {
    deserialize_octets(deserializer).map(Box::new)
}
