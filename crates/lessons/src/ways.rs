//! The ways that a lesson holds side by side: its scenario with some knobs in all their positions.

use crate::catalogue::nagle;
use crate::knob::KnobValues;
use crate::run::Run;

/// A lesson's ways.
pub struct Ways {
    /// The knobs that differ.
    pub knobs: &'static [&'static str],
    /// A run for each way.
    pub runs: Vec<Run>,
}

impl Ways {
    /// The ways of the lesson that was run, all else being as in this run; none when it compares nothing.
    pub fn of(run: &Run) -> Option<Self> {
        let (knobs, values): (_, Vec<KnobValues>) = match run.lesson.id {
            "nagle" => (nagle::WAYS_KNOBS, nagle::ways(&run.values).into_iter().collect()),
            _ => return None,
        };
        Some(Self { knobs, runs: values.iter().filter_map(|values| run.lesson.run(values).ok()).collect() })
    }
}
