//! Keep-alives: probes on an idle connection, which tell whether the peer is still there. RFC 9293 section 3.8.4.

use bytes::Bytes;

use super::{Connection, State, Timer, Trigger};
use crate::rule::Rule;
use crate::time::{Duration, Instant};
use crate::wire::Flags;

/// When an idle connection is probed, and for how long.
///
/// Source: RFC 1122 section 4.2.3.6 (at least two hours by default); the names are those of Linux tcp(7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepaliveTimes {
    /// Time without a segment from the peer before the first probe: TCP_KEEPIDLE.
    pub idle: Duration,
    /// Time between probes: TCP_KEEPINTVL.
    pub interval: Duration,
    /// Unanswered probes before the connection is given up, one interval after the last: TCP_KEEPCNT.
    pub probes: u32,
}

/// SO_KEEPALIVE of a socket, and its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeepaliveOptions {
    pub on: bool,
    pub times: KeepaliveTimes,
}

/// The keep-alive variables of a connection.
#[derive(Clone, Debug)]
pub(super) struct Keepalive {
    pub options: KeepaliveOptions,
    /// When the peer was last heard.
    heard_at: Instant,
    /// Probes since then.
    unanswered: u32,
}

impl Keepalive {
    pub fn new(now: Instant, options: KeepaliveOptions) -> Self {
        Self { options, heard_at: now, unanswered: 0 }
    }
}

impl Connection {
    /// SO_KEEPALIVE and its times. Switched on, the first probe is one idle time away; another idle time counts from the
    /// peer's last segment, another interval from the next probe on.
    ///
    /// Source: observed on Linux 6.18 (switching on), Linux tcp_sock_set_keepidle().
    pub(super) fn set_keepalive(&mut self, now: Instant, options: KeepaliveOptions) {
        let before = core::mem::replace(&mut self.keepalive.options, options);
        let idle = options.times.idle;
        match (before.on, options.on) {
            (false, true) => self.start_keepalive_timer(now + idle),
            (true, true) if before.times.idle != idle => {
                self.start_keepalive_timer(now.max(self.keepalive.heard_at + idle));
            }
            (true, false) => self.stop_timer(Timer::Keepalive, Rule::KeepaliveIdle),
            _ => {}
        }
    }

    /// The peer has sent an acceptable segment: it is there.
    pub(super) fn restart_keepalive(&mut self, now: Instant) {
        self.keepalive.heard_at = now;
        self.keepalive.unanswered = 0;
        if self.keepalive.options.on {
            self.start_keepalive_timer(now + self.keepalive.options.times.idle);
        }
    }

    fn start_keepalive_timer(&mut self, expires_at: Instant) {
        let is_open = match self.state() {
            State::Closed | State::Listen | State::SynSent | State::SynReceived | State::TimeWait => false,
            State::Established
            | State::CloseWait
            | State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck => true,
        };
        if is_open {
            self.set_timer(Timer::Keepalive, expires_at, Rule::KeepaliveIdle);
        }
    }

    /// The peer was silent for too long: it is probed, or given up.
    ///
    /// While something is outstanding or waits to be sent, retransmissions and window probes ask already, as on Linux.
    ///
    /// Source: RFC 9293 section 3.8.4; the probe without data and the reset at the end are those of Linux and FreeBSD.
    pub(super) fn keepalive_timeout(&mut self, now: Instant) {
        let times = self.keepalive.options.times;
        if self.timer(Timer::FinWait2).is_some() {
            // Nobody holds the socket any more, and that timer ends the connection.
            return;
        }
        if !self.send.is_all_acknowledged() || self.send.next() < self.send.end() {
            self.start_keepalive_timer(now + times.idle);
            return;
        }
        if self.keepalive.unanswered >= times.probes {
            let reset = self.segment(now, self.snd.nxt, Flags::RST | Flags::ACK, Bytes::new());
            self.send_segment(reset, Rule::KeepaliveTimeout, false);
            self.fail(self.too_late(), Trigger::SendReset, Rule::KeepaliveTimeout);
            return;
        }
        // The number lies before the window, so that the peer must answer with an ACK.
        let probe = self.segment(now, self.snd.una - 1, Flags::ACK, Bytes::new());
        self.send_segment(probe, Rule::KeepaliveProbe, false);
        self.keepalive.unanswered += 1;
        self.start_keepalive_timer(now + times.interval);
    }
}
