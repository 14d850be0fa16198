//! The device: IPv4 datagrams between the kernel and this program.

use std::io;
use std::os::fd::AsRawFd;

use core::net::Ipv4Addr;

use mio::unix::SourceFd;
use mio::{Interest, Registry, Token};
use route_manager::{Route, RouteManager};
use tun_rs::{DeviceBuilder, SyncDevice};

/// Octets of the longest datagram, as on Ethernet: the kernel announces a maximum segment size of 1460.
const MTU: u16 = 1500;

pub(super) struct Device {
    io: SyncDevice,
    buffer: Vec<u8>,
}

impl Device {
    /// Makes a device at which the kernel has this address, and behind which it finds the others.
    ///
    /// It is gone with its last owner.
    pub fn open(own: Ipv4Addr, others: &[Ipv4Addr]) -> io::Result<Self> {
        let io = DeviceBuilder::new().ipv4(own, 32, None).mtu(MTU).build_sync()?;
        io.set_nonblocking(true)?;
        let (mut routes, index) = (RouteManager::new()?, io.if_index()?);
        for other in others {
            routes.add(&Route::new((*other).into(), 32).with_if_index(index))?;
        }
        Ok(Self { io, buffer: vec![0; usize::from(u16::MAX)] })
    }

    /// Its name in the system.
    pub fn name(&self) -> io::Result<String> {
        self.io.name()
    }

    /// Lets it wake a poll.
    pub fn register(&self, registry: &Registry, token: Token) -> io::Result<()> {
        registry.register(&mut SourceFd(&self.io.as_raw_fd()), token, Interest::READABLE)
    }

    /// The next datagram from the kernel; none when there is none now.
    pub fn receive(&mut self) -> io::Result<Option<&[u8]>> {
        match self.io.recv(&mut self.buffer) {
            Ok(len) => Ok(Some(&self.buffer[..len])),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Hands a datagram to the kernel; it is lost where the kernel has no room.
    pub fn send(&self, octets: &[u8]) -> io::Result<()> {
        match self.io.send(octets) {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
            _ => Ok(()),
        }
    }
}
