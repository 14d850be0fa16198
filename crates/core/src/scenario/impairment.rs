//! What befalls segments on a link.

use serde::{Deserialize, Serialize};

use crate::json::flat;
use crate::time::{Duration, Instant};

/// Which way along a link, in the order of its `between`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From the first node to the second.
    Forward,
    /// From the second node to the first.
    Backward,
}

/// Something that befalls segments on a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Impairment {
    /// Which way.
    pub direction: Direction,
    /// What, and to which segments.
    #[serde(flatten)]
    pub kind: ImpairmentKind,
}

/// What befalls segments, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum ImpairmentKind {
    /// The `nth` segment this way (from 1, data segments only when `data_only`) is lost.
    Drop {
        /// Which, from 1.
        nth: u32,
        /// Count only segments with payload.
        data_only: bool,
    },
    /// The `nth` segment arrives later by `by_us`; those behind it may overtake it.
    Delay {
        /// Which, from 1.
        nth: u32,
        /// Count only segments with payload.
        data_only: bool,
        /// How much later.
        by_us: Duration,
    },
    /// The `nth` segment is damaged; the receiver's checksum fails and it is dropped there.
    Corrupt {
        /// Which, from 1.
        nth: u32,
        /// Count only segments with payload.
        data_only: bool,
    },
    /// Each segment is lost with this probability, by the scenario's seed.
    Loss {
        /// Of a thousand segments, so many are lost.
        per_mille: u16,
    },
    /// The cable is out from one instant until another.
    Cut {
        /// From.
        from_us: Instant,
        /// Until; never put back when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        until_us: Option<Instant>,
    },
}

flat! {
    Impairment { direction: Direction, kind: ImpairmentKind = what },
    {
        nth: u32,
        data_only: bool = false,
        by_us: Duration,
        per_mille: u16,
        from_us: Instant,
        until_us: Option<Instant> = None,
    },
    "drop" => Drop { nth, data_only },
    "delay" => Delay { nth, data_only, by_us },
    "corrupt" => Corrupt { nth, data_only },
    "loss" => Loss { per_mille },
    "cut" => Cut { from_us, until_us },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn what_is_written_is_read() {
        let (from_us, by_us) = (Instant::from_millis(5), Duration::from_millis(3));
        for kind in [
            ImpairmentKind::Drop { nth: 1, data_only: true },
            ImpairmentKind::Delay { nth: 2, data_only: false, by_us },
            ImpairmentKind::Corrupt { nth: 3, data_only: true },
            ImpairmentKind::Loss { per_mille: 4 },
            ImpairmentKind::Cut { from_us, until_us: None },
            ImpairmentKind::Cut { from_us, until_us: Some(Instant::from_millis(6)) },
        ] {
            let impairment = Impairment { direction: Direction::Backward, kind };
            assert_eq!(json::read(&json::to_string(&impairment)), Ok(impairment));
        }
    }
}
