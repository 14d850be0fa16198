//! The stage beyond what holds for every picture: at every size, as a strip, with many packets at once.

use playground_drawing::{Canvas, Drawing};
use playground_lessons::{Language, View};
use playground_playback::{Cursor, RoleKind};
use playground_words::Text;

use crate::layout::placed;
use crate::runs::{Pictures, all, moment, pictures};

fn canvas(width: f64, height: f64, type_size: f64) -> Canvas {
    Canvas { width, height, type_size, text: Text::new(Language::Korean) }
}

/// The stage of a run at a moment, whatever carries the step.
fn draw(pictures: &Pictures, now: Cursor, canvas: &Canvas) -> Drawing {
    let dissection = std::rc::Rc::new(playground_playback::Dissection::new(&pictures.run.trace));
    let hero = playground_drawing::Hero::new(View::Stage, &pictures.run, &dissection);
    hero.expect("every run has a stage").draw(now, canvas)
}

fn last(pictures: &Pictures) -> Cursor {
    let mark = pictures.run.steps.last().expect("steps");
    Cursor::new(mark.index, mark.at)
}

#[test]
fn every_host_is_inside_at_any_size() {
    let slide = Canvas::SLIDE;
    let sizes =
        [(320.0, 92.0), (320.0, 180.0), (480.0, 270.0), (720.0, 452.0), (1_024.0, 576.0), (1_920.0, 992.0)];
    for pictures in all() {
        for (width, height) in sizes {
            let drawing = draw(&pictures, last(&pictures), &canvas(width, height, slide));
            let what = format!("{} {width}x{height}", pictures.run.lesson.id);
            assert!(drawing.width <= width && drawing.height <= height, "{what}: {} high", drawing.height);
            let hosts = drawing.all().iter().filter(|one| one.get("class") == Some("card-outline")).count();
            assert_eq!(hosts, pictures.run.trace.scenario.nodes.len(), "{what}");
            for one in placed(&drawing) {
                let inside = one.left >= -0.5 && one.right <= width + 0.5;
                assert!(inside && one.top >= -0.5 && one.bottom <= height + 0.5, "{what}: {one:?}");
                let readable = width < 720.0 || !one.is_text || one.size >= 12.9;
                assert!(readable, "{what}: {one:?}");
            }
        }
    }
}

#[test]
fn a_slide_speaks_in_sixteen_pixels() {
    for id in ["segments", "dumb-proxy", "reset", "retry"] {
        let pictures = pictures(id).expect("pictures");
        let drawing = draw(&pictures, last(&pictures), &canvas(960.0, 452.0, Canvas::SLIDE));
        let states: Vec<&str> = drawing
            .all()
            .into_iter()
            .filter(|one| one.get("class").is_some_and(|class| class.contains("socket-state")))
            .filter_map(|one| one.get("font-size"))
            .collect();
        assert!(!states.is_empty() && states.iter().all(|size| *size == "16"), "{id}: {states:?}");
    }
}

#[test]
fn the_strip_says_who_and_what_state_and_shows_packets() {
    let pictures = pictures("segments").expect("pictures");
    let now = moment(&pictures.run, pictures.run.steps[2].id);
    let strip = draw(&pictures, now, &canvas(1_048.0, 108.0, Canvas::PAGE));
    let words: Vec<String> =
        placed(&strip).into_iter().filter(|one| one.is_text).map(|one| one.what).collect();
    assert!(words.iter().any(|word| word == "ESTABLISHED"), "{words:?}");
    assert_eq!(strip.height, 108.0);
}

/// Segments of a lane that are drawn apart do not cover each other; the others are counted.
#[test]
fn packets_sent_together_are_side_by_side_or_counted() {
    for id in ["segments", "slow-start", "parallel", "parallel-limits", "persistent", "pipelining"] {
        let pictures = pictures(id).expect("pictures");
        let trace = &pictures.run.trace;
        for part in 1..40 {
            let index = trace.entries.len() * part / 40;
            let now = Cursor::new(index as u32, trace.entries[index.max(1) - 1].at);
            for size in [(1_048.0, 108.0), (1_048.0, 640.0)] {
                let drawing = draw(&pictures, now, &canvas(size.0, size.1, Canvas::PAGE));
                let labels: Vec<_> = drawing
                    .all()
                    .into_iter()
                    .filter(|one| one.get("class").is_some_and(|class| class.starts_with("flight role")))
                    .filter(|one| !one.get("class").is_some_and(|class| class.ends_with("is-lost")))
                    .flat_map(|flight| {
                        let alone = Drawing { elements: vec![flight.clone()], ..drawing.clone() };
                        placed(&alone).into_iter().filter(|one| one.is_text)
                    })
                    .collect();
                for (place, one) in labels.iter().enumerate() {
                    for other in &labels[place + 1..] {
                        assert!(!one.overlaps(other), "{id} {part} {size:?}: {one:?} and {other:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_client_without_a_connection_is_no_higher_than_its_name() {
    let pictures = pictures("first-page").expect("pictures");
    let first = &pictures.run.steps[0];
    let drawing = draw(&pictures, Cursor::new(first.index, first.at), &canvas(1_048.0, 640.0, Canvas::PAGE));
    let clients = pictures.run.trace.scenario.nodes.iter();
    assert!(clients.clone().any(|node| RoleKind::of(node) == RoleKind::Client));
    let outlines: Vec<f64> = drawing
        .all()
        .into_iter()
        .filter(|one| one.get("class") == Some("card-outline"))
        .filter_map(|one| one.get("height")?.parse().ok())
        .collect();
    assert!(outlines.iter().filter(|height| **height < 90.0).count() >= 4, "{outlines:?}");
}
