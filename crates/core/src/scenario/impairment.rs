//! Link impairments: loss, delay, corruption, cable cut.

use serde::{Deserialize, Serialize};

use crate::time::{Duration, Instant};

/// A direction of a link, in the order of its `between`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From the first node to the second.
    Forward,
    /// From the second node to the first.
    Backward,
}

/// An impairment of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Impairment {
    /// The direction.
    pub direction: Direction,
    /// The kind, and the segments that it affects.
    #[serde(rename = "what")]
    pub kind: ImpairmentKind,
}

/// The kind of an impairment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ImpairmentKind {
    /// The `nth` segment in this direction is lost; only data segments count when `data_only`.
    Drop {
        /// The ordinal, from 1.
        #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
        nth: u32,
        /// Count only segments with payload.
        #[serde(default)]
        data_only: bool,
    },
    /// The `nth` segment arrives `by_us` later; segments behind it may overtake it.
    Delay {
        /// The ordinal, from 1.
        #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
        nth: u32,
        /// Count only segments with payload.
        #[serde(default)]
        data_only: bool,
        /// The additional delay.
        by_us: Duration,
    },
    /// The `nth` segment is corrupted; the receiver drops it by its checksum.
    Corrupt {
        /// The ordinal, from 1.
        #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
        nth: u32,
        /// Count only segments with payload.
        #[serde(default)]
        data_only: bool,
    },
    /// The `nth` segment arrives twice.
    Duplicate {
        /// The ordinal, from 1.
        #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
        nth: u32,
        /// Count only segments with payload.
        #[serde(default)]
        data_only: bool,
    },
    /// Each segment is lost with this probability, drawn with the scenario's seed.
    Loss {
        /// Probability in thousandths.
        #[cfg_attr(feature = "schema", schemars(range(max = 1_000)))]
        per_mille: u16,
    },
    /// Each segment arrives `by_us` later with this probability; those behind it may overtake it.
    Reorder {
        /// Probability in thousandths.
        #[cfg_attr(feature = "schema", schemars(range(max = 1_000)))]
        per_mille: u16,
        /// The additional delay.
        #[cfg_attr(feature = "schema", schemars(range(max = 600_000_000)))]
        by_us: Duration,
    },
    /// Each segment is corrupted with this probability; the receiver drops it by its checksum.
    Noise {
        /// Probability in thousandths.
        #[cfg_attr(feature = "schema", schemars(range(max = 1_000)))]
        per_mille: u16,
    },
    /// The cable is unplugged for a time.
    Cut {
        /// Start.
        from_us: Instant,
        /// End; none if it stays unplugged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until_us: Option<Instant>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impairments_survive_json() {
        let (from_us, by_us) = (Instant::from_millis(5), Duration::from_millis(3));
        for kind in [
            ImpairmentKind::Drop { nth: 1, data_only: true },
            ImpairmentKind::Delay { nth: 2, data_only: false, by_us },
            ImpairmentKind::Corrupt { nth: 3, data_only: true },
            ImpairmentKind::Duplicate { nth: 4, data_only: false },
            ImpairmentKind::Loss { per_mille: 4 },
            ImpairmentKind::Reorder { per_mille: 4, by_us },
            ImpairmentKind::Noise { per_mille: 4 },
            ImpairmentKind::Cut { from_us, until_us: None },
            ImpairmentKind::Cut { from_us, until_us: Some(Instant::from_millis(6)) },
        ] {
            let impairment = Impairment { direction: Direction::Backward, kind };
            let json = serde_json::to_string(&impairment).unwrap();
            assert_eq!(serde_json::from_str::<Impairment>(&json).unwrap(), impairment);
        }
    }
}
