//! Runs of lessons at given knob values, and the facts of a run.
#![allow(dead_code, reason = "each test uses a part")]

use playground_core::time::Duration;
use playground_lessons::{KnobValues, Run, Value, find};

/// A run of a lesson with these knob values.
pub fn run(id: &str, changes: &[(&str, &str)]) -> Run {
    let lesson = find(id).unwrap_or_else(|| panic!("no lesson {id}"));
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in changes {
        values.set(lesson, knob, value).unwrap_or_else(|error| panic!("{id}: {error}"));
    }
    lesson.run(&values).unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// A fact of the run.
pub fn fact<'r>(run: &'r Run, key: &str) -> &'r Value {
    run.facts.get(key).unwrap_or_else(|| panic!("{} has no {key}: {:?}", run.lesson.id, run.facts))
}

/// A fact that is a count.
pub fn count(run: &Run, key: &str) -> u64 {
    match fact(run, key) {
        Value::Count(count) => *count,
        other => panic!("{} {key} is {other:?}", run.lesson.id),
    }
}

/// A fact that is a number of octets.
pub fn octets(run: &Run, key: &str) -> u64 {
    match fact(run, key) {
        Value::Octets(count) => *count,
        other => panic!("{} {key} is {other:?}", run.lesson.id),
    }
}

/// A fact that is a duration.
pub fn span(run: &Run, key: &str) -> Duration {
    match fact(run, key) {
        Value::Span(span) => *span,
        other => panic!("{} {key} is {other:?}", run.lesson.id),
    }
}
