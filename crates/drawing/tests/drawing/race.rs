//! The race: no result before it is reached, and at the end the numbers of the lesson's text.

use playground_core::time::{Duration, Instant};
use playground_drawing::{Canvas, Drawing};
use playground_lessons::Value;
use playground_playback::Cursor;
use playground_words::{Language, Text, time_text};

use crate::layout::placed;
use crate::runs::{Pictures, pictures};

const TOTALS: [&str; 5] = ["serial", "parallel", "persistent", "both", "pipelined"];

fn totals(pictures: &Pictures) -> Vec<Duration> {
    let facts = TOTALS.iter().map(|key| match pictures.run.facts.get(key) {
        Some(Value::Span(span)) => *span,
        other => panic!("{key} is {other:?}"),
    });
    facts.collect()
}

fn drawn(pictures: &Pictures, now: Cursor) -> Drawing {
    let text = Text::new(Language::English);
    let canvas = Canvas { width: 980.0, height: 600.0, type_size: Canvas::PAGE, text };
    let (_, hero) = pictures.heroes.iter().find(|(view, _)| view.name() == "race").expect("it has a race");
    hero.draw(now, &canvas)
}

fn texts(drawing: &Drawing) -> Vec<String> {
    placed(drawing).into_iter().filter(|one| one.is_text).map(|one| one.what).collect()
}

#[test]
fn a_result_is_told_once_it_is_reached_and_the_fastest_at_the_end() {
    let pictures = pictures("persistent").expect("it has pictures");
    let totals = totals(&pictures);
    for (now, is_over) in pictures.run.trace.entries.iter().map(|entry| {
        let own = Instant::ZERO + totals[2];
        (Cursor::new(entry.index + 1, entry.at), entry.at > own)
    }) {
        let texts = texts(&drawn(&pictures, now));
        if now.at == Instant::ZERO + totals[2] {
            // Before or after the entry itself.
            continue;
        }
        for (key, total) in TOTALS.iter().zip(&totals) {
            let is_told = texts.contains(&time_text::span(*total));
            let is_reached = is_over || Instant::ZERO + *total <= now.at;
            assert_eq!(is_told, is_reached, "{key} at {:?}: {texts:?}", now.at);
        }
        let marked = texts.iter().filter(|text| *text == "first").count();
        assert_eq!(marked, usize::from(is_over), "at {:?}", now.at);
    }
}
