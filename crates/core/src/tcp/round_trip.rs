//! The retransmission time-out, computed from measured round trips.

use super::Profile;
use crate::time::Duration;

/// The round-trip estimator and the time-out it gives.
///
/// Units: microseconds; shifts instead of fractions, as the RFC's constants 1/8 and 1/4 allow.
///
/// Source: RFC 6298 section 2.
#[derive(Clone, Debug)]
pub(super) struct RoundTrip {
    smoothed: Option<Duration>,
    variance: Duration,
    timeout: Duration,
    backoff: u32,
}

impl RoundTrip {
    pub fn new(profile: &Profile) -> Self {
        Self { smoothed: None, variance: Duration::ZERO, timeout: profile.initial_rto, backoff: 0 }
    }

    /// Takes a measured round trip.
    pub fn sample(&mut self, profile: &Profile, rtt: Duration) {
        let r = rtt.as_micros();
        let (srtt, rttvar) = match self.smoothed {
            // (2.2) The first measurement.
            None => (r, r / 2),
            // (2.3) RTTVAR <- 3/4 * RTTVAR + 1/4 * |SRTT - R'|, then SRTT <- 7/8 * SRTT + 1/8 * R'.
            Some(srtt) => {
                let srtt = srtt.as_micros();
                let rttvar = (3 * self.variance.as_micros() + srtt.abs_diff(r)) / 4;
                ((7 * srtt + r) / 8, rttvar)
            }
        };
        self.smoothed = Some(Duration::from_micros(srtt));
        self.variance = Duration::from_micros(rttvar);
        // RTO <- SRTT + max(G, K * RTTVAR), (2.4) at least the minimum, (2.5) at most the maximum.
        let spread = Duration::from_micros(4 * rttvar).max(profile.min_rto_variance);
        self.timeout = (Duration::from_micros(srtt) + spread).max(profile.min_rto).min(profile.max_rto);
        self.backoff = 0;
    }

    /// (5.5) Doubles the time-out.
    pub fn back_off(&mut self) {
        self.backoff = (self.backoff + 1).min(16);
    }

    /// The SYN was lost and the handshake gave no measure: (5.7) data begin with at least 3 s.
    pub fn fall_back(&mut self) {
        if self.smoothed.is_none() {
            self.timeout = self.timeout.max(Duration::from_secs(3));
            self.backoff = 0;
        }
    }

    /// The peer's window has opened: the doubling of the probes ends.
    pub fn reset_backoff(&mut self) {
        self.backoff = 0;
    }

    /// SRTT, once there is one.
    pub fn smoothed(&self) -> Option<Duration> {
        self.smoothed
    }

    /// The RTO now, doubling included.
    pub fn timeout(&self, profile: &Profile) -> Duration {
        self.timeout.saturating_mul(1 << self.backoff).min(profile.max_rto)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_out_follows_rfc_6298() {
        let linux = Profile::linux();
        let mut rtt = RoundTrip::new(&linux);
        assert_eq!(rtt.timeout(&linux), Duration::from_secs(1));
        rtt.sample(&linux, Duration::from_millis(50));
        // SRTT 50, RTTVAR 25, 4 * 25 = 100 < 200 ms.
        assert_eq!(rtt.timeout(&linux), Duration::from_millis(250));
        for expected in [500, 1000, 2000, 4000, 8000, 16_000] {
            rtt.back_off();
            assert_eq!(rtt.timeout(&linux), Duration::from_millis(expected));
        }

        let textbook = Profile::textbook();
        let mut rtt = RoundTrip::new(&textbook);
        rtt.sample(&textbook, Duration::from_millis(600));
        // SRTT 600, RTTVAR 300: 600 + 1200.
        assert_eq!(rtt.timeout(&textbook), Duration::from_millis(1800));
        rtt.sample(&textbook, Duration::from_millis(600));
        // RTTVAR 225: 600 + 900.
        assert_eq!(rtt.timeout(&textbook), Duration::from_millis(1500));
    }
}
