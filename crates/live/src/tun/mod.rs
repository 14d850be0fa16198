//! The model's TCP before a real one: a TUN device in place of a node.
//!
//! The scenario's client is this machine's kernel. Its packets are put on the scenario's link, and what reaches the
//! client there goes to the kernel: a real TCP on one side, the model's on the other, the link's losses and delays in
//! between.

mod device;
mod outside;

use std::io;

use playground_core::scenario::ScenarioError;
use thiserror::Error;

pub use outside::Outside;

/// Why the kernel cannot be a scenario's client.
#[derive(Debug, Error)]
pub enum TunError {
    /// The scenario is invalid.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// There is nobody to stand in for.
    #[error("the scenario has no client with an address of its own, in whose place this machine could be")]
    NoClient,
    /// The system has no such devices.
    #[error("this system has no TUN devices: /dev/net/tun is missing; `modprobe tun` may bring it")]
    NoDevice,
    /// The program may not make one.
    #[error("this program may not make a TUN device: it needs CAP_NET_ADMIN; try it with sudo")]
    NotAllowed,
    /// Something else went wrong.
    #[error("the TUN device: {0}")]
    System(io::Error),
}

impl From<io::Error> for TunError {
    fn from(error: io::Error) -> Self {
        // "No such device" is what a device node without a driver says.
        const NO_SUCH_DEVICE: i32 = 19;
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::NotAllowed,
            io::ErrorKind::NotFound => Self::NoDevice,
            _ if error.raw_os_error() == Some(NO_SUCH_DEVICE) => Self::NoDevice,
            _ => Self::System(error),
        }
    }
}
