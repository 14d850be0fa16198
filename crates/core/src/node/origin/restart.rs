//! A server that is stopped and started again: how most people meet TIME-WAIT.

use serde::{Deserialize, Serialize};

use super::server::OriginServer;
use crate::event::Waiting;
use crate::node::{Host, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::time::{Duration, Instant};

/// When a server's process ends, and how it comes back.
///
/// The end closes every socket of the process, so that the server is the one that closes first. The new process needs
/// the port: without SO_REUSEADDR (the stack's `reuse_address`) it has to wait for TIME-WAIT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RestartSpec {
    /// When the process ends.
    pub at_us: Instant,
    /// Time until the next one begins.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub down_us: Duration,
    /// Time between attempts to take the port.
    #[serde(default = "one_second")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1_000, max = 3_600_000_000_u64)))]
    pub retry_us: Duration,
}

const fn one_second() -> Duration {
    Duration::from_secs(1)
}

impl RestartSpec {
    /// What makes no sense: the field and the problem.
    pub(super) fn problem(&self) -> Option<(String, Problem)> {
        if self.down_us > Duration::from_secs(3_600) {
            return Some(("restart.down_us".to_owned(), Problem::micros_at_most(3_600_000_000, 3_600)));
        }
        let span = Duration::from_millis(1)..=Duration::from_secs(3_600);
        (!span.contains(&self.retry_us)).then(|| {
            let problem = Problem::micros_between(1_000, 3_600_000_000);
            ("restart.retry_us".to_owned(), problem)
        })
    }
}

const CLOCK: RoleTimer = RoleTimer { socket: None, purpose: Waiting::Restart };

impl OriginServer {
    /// The first process begins.
    pub(super) fn start(&mut self, host: &mut dyn Host) {
        // EADDRINUSE is recorded in the trace.
        self.listener = host.listen(self.spec.port).ok();
        // A machine that starts again later has that restart behind it.
        if let Some(restart) = self.spec.restart.filter(|restart| restart.at_us >= host.now()) {
            host.set_timer(CLOCK, restart.at_us.since(host.now()), Rule::ServerRestarts);
        }
    }

    /// The process ends, or the next one tries to take the port.
    pub(super) fn restart(&mut self, host: &mut dyn Host) {
        let Some(spec) = self.spec.restart else { return };
        if !self.is_down {
            self.is_down = true;
            self.stop(host);
            if !spec.down_us.is_zero() {
                host.set_timer(CLOCK, spec.down_us, Rule::ServerRestarts);
                return;
            }
        }
        self.listener = host.listen(self.spec.port).ok();
        if self.listener.is_none() {
            host.set_timer(CLOCK, spec.retry_us, Rule::ServerRestarts);
        }
    }

    /// Closes every socket, as the end of a process does.
    fn stop(&mut self, host: &mut dyn Host) {
        if let Some(listener) = self.listener.take() {
            host.close(listener, Rule::ServerRestarts);
        }
        for socket in core::mem::take(&mut self.connections).into_keys() {
            for purpose in [Waiting::IdleTimeout, Waiting::Processing, Waiting::PeerClose] {
                host.stop_timer(RoleTimer { socket: Some(socket), purpose }, Rule::ServerRestarts);
            }
            host.finish(socket, Rule::ServerRestarts);
        }
    }
}
