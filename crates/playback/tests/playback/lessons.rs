//! Runs of the lessons.

use playground_core::trace::Trace;
use playground_lessons::{KnobKind, KnobValues, all};

/// Every lesson, with its knobs at their defaults and at every other value.
pub fn every_run(mut check: impl FnMut(&str, &Trace)) {
    for lesson in all() {
        let defaults = KnobValues::defaults(lesson);
        check(lesson.id, &lesson.run(&defaults).expect("it runs").trace);
        for knob in lesson.knobs {
            let KnobKind::Choice { values, .. } = knob.kind else { continue };
            for value in values {
                let mut changed = defaults.clone();
                changed.set(lesson, knob.id, value).expect("a value of the knob");
                let run = lesson.run(&changed).expect("it runs");
                check(&format!("{}, {} {value}", lesson.id, knob.id), &run.trace);
            }
        }
    }
}
