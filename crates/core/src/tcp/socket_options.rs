//! Socket options that a listening socket hands on to its connections, and the port that sockets may share by one of
//! them.

use super::keepalive::{KeepaliveOptions, KeepaliveTimes};
use super::stack::Slot;
use super::{CallError, Profile, SharedPort, SocketId, Stack, State};
use crate::time::{Duration, Instant};

/// Options of a socket that its connections inherit.
#[derive(Clone, Copy, Debug)]
pub(super) struct SocketOptions {
    /// SO_REUSEADDR.
    pub reuse_address: bool,
    /// SO_KEEPALIVE.
    pub keepalive: KeepaliveOptions,
}

impl SocketOptions {
    pub fn new(profile: &Profile) -> Self {
        Self {
            reuse_address: profile.reuse_address,
            keepalive: KeepaliveOptions { on: profile.keepalive, times: profile.keepalive_times },
        }
    }
}

/// One of the three values of a socket's keep-alives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum KeepaliveValue {
    /// Seconds of silence before the first probe.
    #[serde(rename = "TCP_KEEPIDLE")]
    Idle,
    /// Seconds between probes.
    #[serde(rename = "TCP_KEEPINTVL")]
    Interval,
    /// Probes.
    #[serde(rename = "TCP_KEEPCNT")]
    Probes,
}

impl KeepaliveValue {
    /// All values.
    pub const ALL: [Self; 3] = [Self::Idle, Self::Interval, Self::Probes];

    /// The option's name: `TCP_KEEPIDLE`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle => "TCP_KEEPIDLE",
            Self::Interval => "TCP_KEEPINTVL",
            Self::Probes => "TCP_KEEPCNT",
        }
    }

    /// The largest value, as on Linux; the least is 1.
    pub const fn most(self) -> u32 {
        match self {
            Self::Idle | Self::Interval => 32_767,
            Self::Probes => 127,
        }
    }
}

impl KeepaliveTimes {
    fn set(&mut self, which: KeepaliveValue, value: u32) {
        let seconds = Duration::from_secs(u64::from(value));
        match which {
            KeepaliveValue::Idle => self.idle = seconds,
            KeepaliveValue::Interval => self.interval = seconds,
            KeepaliveValue::Probes => self.probes = value,
        }
    }
}

impl Stack {
    /// SO_REUSEADDR: whether the socket may take a port that others have. See [`SharedPort`].
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn set_reuse_address(&mut self, socket: SocketId, on: bool) -> Result<(), CallError> {
        self.options(socket)?.reuse_address = on;
        Ok(())
    }

    /// SO_KEEPALIVE: whether the peer is probed while the connection is idle.
    ///
    /// # Errors
    ///
    /// `EBADF`.
    pub fn set_keepalive(&mut self, now: Instant, socket: SocketId, on: bool) -> Result<(), CallError> {
        self.options(socket)?.keepalive.on = on;
        self.apply_keepalive(now, socket);
        Ok(())
    }

    /// TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT.
    ///
    /// # Errors
    ///
    /// `EINVAL` for a value that is out of range; `EBADF`.
    pub fn set_keepalive_value(
        &mut self,
        now: Instant,
        socket: SocketId,
        which: KeepaliveValue,
        value: u32,
    ) -> Result<(), CallError> {
        let options = self.options(socket)?;
        if !(1..=which.most()).contains(&value) {
            return Err(CallError::InvalidArgument);
        }
        options.keepalive.times.set(which, value);
        self.apply_keepalive(now, socket);
        Ok(())
    }

    fn apply_keepalive(&mut self, now: Instant, socket: SocketId) {
        if let Ok(SocketOptions { keepalive, .. }) = self.options(socket).copied() {
            self.with(socket, |connection| connection.set_keepalive(now, keepalive));
        }
    }

    pub(super) fn options(&mut self, socket: SocketId) -> Result<&mut SocketOptions, CallError> {
        match self.slots.get_mut(socket.0 as usize) {
            Some(Slot::Unconnected(unconnected)) => Ok(&mut unconnected.options),
            Some(Slot::Listener(listener)) => Ok(&mut listener.options),
            Some(Slot::Connection(entry)) => Ok(&mut entry.options),
            Some(Slot::Released) | None => Err(CallError::BadSocket),
        }
    }

    /// Whether another socket keeps one with `reuse_address` from taking `port`.
    pub(super) fn is_port_in_use(&self, port: u16, reuse_address: bool, socket: Option<SocketId>) -> bool {
        let rule = self.profile().shared_port;
        let is_other = |index: usize| socket.is_none_or(|socket| socket.0 as usize != index);
        let others =
            self.slots.iter().enumerate().filter(|(index, _)| is_other(*index)).map(|(_, slot)| slot);
        others.filter(|slot| slot.local_port() == Some(port)).any(|slot| {
            let (is_connection, is_listener, their_option) = match slot {
                Slot::Connection(entry) => (true, false, entry.options.reuse_address),
                Slot::Listener(listener) => (false, true, listener.options.reuse_address),
                Slot::Unconnected(unconnected) => (false, false, unconnected.options.reuse_address),
                Slot::Released => return false,
            };
            match rule {
                _ if !reuse_address => true,
                SharedPort::BothAllow => is_listener || !their_option,
                SharedPort::Connected => !is_connection,
            }
        })
    }
}

impl Slot {
    /// The port that the socket occupies, TIME-WAIT included.
    fn local_port(&self) -> Option<u16> {
        match self {
            Self::Unconnected(unconnected) => unconnected.port,
            Self::Listener(listener) => Some(listener.port),
            Self::Connection(entry) if entry.connection.state() != State::Closed => {
                Some(entry.connection.tuple().local.port)
            }
            Self::Connection(_) | Self::Released => None,
        }
    }
}
