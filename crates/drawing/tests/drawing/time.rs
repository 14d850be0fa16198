//! Where the time went: the same numbers as in the lessons' texts, at any moment.

use playground_core::time::{Duration, Instant};
use playground_drawing::Element;
use playground_lessons::{KnobValues, Run, Value, View};
use playground_playback::{Cursor, Spent, SpentKind, Times};

const LESSONS: [&str; 6] =
    ["first-page", "https", "transaction-delay", "handshake-delay", "nagle", "caching-proxy"];

fn run(id: &str) -> Run {
    let lesson = playground_lessons::find(id).expect("a lesson");
    lesson.run(&KnobValues::defaults(lesson)).expect("lessons run")
}

fn fact(run: &Run, key: &str) -> Duration {
    match run.facts.get(key) {
        Some(Value::Span(span)) => *span,
        other => panic!("{}: {key} is {other:?}", run.lesson.id),
    }
}

fn at_end(run: &Run) -> Vec<Spent> {
    let end = Cursor::new(run.trace.entries.len() as u32, run.trace.end());
    Times::new(run.trace.clone()).at(end)
}

#[test]
fn totals_and_parts_are_those_of_the_text() {
    //  lesson, request, fact, the kind that it counts; none for the whole
    for (id, request, key, kind) in [
        ("transaction-delay", 0, "total", None),
        ("transaction-delay", 0, "dns", Some(SpentKind::Dns)),
        ("transaction-delay", 0, "connect", Some(SpentKind::Connect)),
        ("https", 0, "total", None),
        ("https", 0, "tls", Some(SpentKind::Tls)),
        ("handshake-delay", 0, "setup", Some(SpentKind::Connect)),
        ("handshake-delay", 1, "second-total", None),
        ("caching-proxy", 0, "first-wait", None),
        ("caching-proxy", 1, "second-wait", None),
        ("caching-proxy", 2, "third-wait", None),
    ] {
        let run = run(id);
        let all = at_end(&run);
        let spent = &all[request];
        let span = kind.map_or_else(|| spent.total(), |kind| spent.spent_on(kind));
        assert_eq!(span, fact(&run, key), "{id}: {key}");
    }
}

#[test]
fn bars_grow_with_the_clock_and_never_move() {
    for id in LESSONS {
        let run = run(id);
        let times = Times::new(run.trace.clone());
        let end = at_end(&run);
        let mut seen_open = 0;
        for entry in &run.trace.entries {
            let now = Cursor::new(entry.index + 1, entry.at);
            let all = times.at(now);
            for (spent, last) in all.iter().zip(&end) {
                let name = format!("{id} at {:?}: {spent:?}", now.at);
                assert_eq!((spent.request, spent.from), (last.request, last.from), "{name}");
                let sum = spent.parts.iter().fold(Duration::ZERO, |sum, part| sum + part.span());
                assert_eq!(sum, spent.total(), "{name}");
                if spent.open {
                    seen_open += 1;
                    assert_eq!(spent.until, now.at, "{name}");
                    // What is over keeps its name when more is known.
                    for (part, last) in spent.parts.iter().zip(&last.parts) {
                        assert_eq!((part.kind, part.from), (last.kind, last.from), "{name}\n{last:?}");
                    }
                } else {
                    assert_eq!((spent.until, &spent.parts), (last.until, &last.parts), "{name}");
                }
            }
            assert!(all.iter().filter(|spent| spent.open).count() <= 1, "{id}");
        }
        assert!(seen_open > end.len(), "{id}: requests are seen under way");
        assert!(end.iter().all(|spent| !spent.open && spent.until > Instant::ZERO), "{id}");
    }
}

#[test]
fn what_is_under_way_has_its_name_while_it_lasts() {
    // Its name, connection, request, work and response, each seen at a step of the lesson.
    let run = run("transaction-delay");
    let times = Times::new(run.trace.clone());
    for (step, kind) in [
        ("query", SpentKind::Dns),
        ("connect", SpentKind::Connect),
        ("request", SpentKind::Request),
        ("work", SpentKind::Process),
        ("response", SpentKind::Response),
    ] {
        let mark = run.steps.iter().find(|mark| mark.id == step).expect("a step");
        let all = times.at(Cursor::new(mark.index, mark.at));
        let last = all[0].parts.last().map(|part| part.kind);
        assert_eq!((all[0].open, last), (true, Some(kind)), "{step}");
    }
}

#[test]
fn the_large_number_is_the_one_that_the_step_tells() {
    for (id, step, key) in [
        ("first-page", "page", "before-share"),
        ("https", "page", "tls-share"),
        ("transaction-delay", "done", "way-share"),
    ] {
        let pictures = crate::runs::with_knobs(id, &[]).expect("it has pictures");
        let now = crate::runs::moment(&pictures.run, step);
        let (_, hero) = pictures.heroes.iter().find(|(view, _)| *view == View::Time).expect("a time");
        let canvas = crate::runs::canvases().next().expect("a canvas");
        let drawing = hero.draw(now, &canvas);
        let large = drawing.all().into_iter().filter(|element| element.tag == "text");
        let size = |element: &Element| {
            let size = element.attributes.iter().find(|(name, _)| *name == "font-size");
            size.and_then(|(_, size)| size.parse::<f64>().ok()).unwrap_or(0.0)
        };
        let large = large.max_by(|one, other| size(one).total_cmp(&size(other))).expect("words");
        let told = pictures.run.look_up(key, canvas.text.language()).expect("a share");
        assert_eq!(large.content.as_deref().map(|words| words.replace(' ', "")), Some(told), "{id}");
    }
}
