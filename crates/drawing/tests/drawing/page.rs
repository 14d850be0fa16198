//! A page that is loaded: the same numbers as in the lessons' texts.

use playground_core::sim;
use playground_core::time::{Duration, Instant};
use playground_lessons::{KnobValues, Run, Shadow, Value};
use playground_playback::{Cursor, Dissection, LoadKind, PageLoad};

fn run(id: &str) -> Run {
    let lesson = playground_lessons::find(id).expect("a lesson");
    lesson.run(&KnobValues::defaults(lesson)).expect("lessons run")
}

fn fact(run: &Run, key: &str) -> Duration {
    match run.facts.get(key) {
        Some(Value::Span(span)) => *span,
        Some(Value::Time(at)) => at.since(Instant::ZERO),
        other => panic!("{}: {key} is {other:?}", run.lesson.id),
    }
}

#[test]
fn totals_and_first_paint_are_those_of_the_text() {
    //  lesson, first paint and total in its facts, the comparison's total
    for (id, paint, total, shadow) in [
        ("serial", Some("paint"), "total", None),
        ("parallel", Some("paint"), "total", Some("serial")),
        ("parallel-limits", Some("paint"), "total", Some("kept")),
        ("persistent", Some("paint"), "total", Some("serial")),
        ("pipelining", None, "took", Some("serial")),
    ] {
        let run = run(id);
        let load = PageLoad::new(&run.trace, &Dissection::new(&run.trace)).expect("it loads files");
        let end = load.by(Instant::FAR_FUTURE);
        let span = |at: Option<(Instant, u32)>| at.map(|(at, _)| at.since(Instant::ZERO));
        assert_eq!(span(end.complete), Some(fact(&run, total)), "{id}");
        assert_eq!(span(end.painted), paint.map(|key| fact(&run, key)), "{id}");
        let other = run.lesson.shadow.map(|shadow: Shadow| {
            let trace = sim::run(&shadow.of(&run.trace.scenario)).expect("it runs");
            let load = PageLoad::new(&trace, &Dissection::new(&trace)).expect("it loads files");
            span(load.by(Instant::FAR_FUTURE).complete)
        });
        assert_eq!(other.flatten(), shadow.map(|key| fact(&run, key)), "{id}");
    }
}

#[test]
fn parts_follow_each_other_and_none_is_later_than_now() {
    for id in ["serial", "parallel", "parallel-limits", "persistent", "pipelining"] {
        let run = run(id);
        let load = PageLoad::new(&run.trace, &Dissection::new(&run.trace)).expect("it loads files");
        let mut kinds = Vec::new();
        for entry in &run.trace.entries {
            let now = Cursor::new(entry.index + 1, entry.at);
            for file in load.at(now).files {
                for pair in file.parts.windows(2) {
                    // A part that was for nothing is the last one before the file is wanted again.
                    assert!(pair[0].until == pair[1].from || pair[0].lost, "{id}: {file:?}");
                    assert!(pair[0].lost || pair[0].kind < pair[1].kind, "{id}: {file:?}");
                }
                let last = file.parts.last();
                assert!(last.is_none_or(|part| part.until <= now.at), "{id} at {now:?}: {file:?}");
                let share = file.share().unwrap_or(0.0);
                assert!((0.0..=1.0).contains(&share), "{id} at {now:?}: {file:?}");
                kinds.extend(file.parts.iter().map(|part| part.kind));
            }
        }
        for kind in [LoadKind::SetUp, LoadKind::Request, LoadKind::Waiting, LoadKind::Answer] {
            assert!(kinds.contains(&kind), "{id} has no {}", kind.key());
        }
    }
}

#[test]
fn a_persistent_connection_is_set_up_once_and_a_serial_one_for_each_file() {
    for (id, expected) in [("serial", 4), ("persistent", 1), ("parallel", 4)] {
        let run = run(id);
        let load = PageLoad::new(&run.trace, &Dissection::new(&run.trace)).expect("it loads files");
        let end = load.by(Instant::FAR_FUTURE);
        let set_ups =
            end.files.iter().flat_map(|file| &file.parts).filter(|part| part.kind == LoadKind::SetUp);
        assert_eq!(set_ups.count(), expected, "{id}");
    }
}
