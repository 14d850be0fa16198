//! The pictures with each value of each knob, at many moments of the run.

use playground_drawing::Canvas;
use playground_lessons::{KnobKind, View};
use playground_playback::Cursor;

use crate::layout::placed;
use crate::runs::{Pictures, canvases, with_knobs};

const VIEWS: [View; 11] = [
    View::Ladder,
    View::Program,
    View::Cache,
    View::Pieces,
    View::Window,
    View::Buffers,
    View::Requests,
    View::Page,
    View::Time,
    View::Queue,
    View::Race,
];
/// Moments of each run at which its pictures are looked at, besides the steps.
const MOMENTS: u64 = 7;

/// Runs of the lessons with one of the views: one knob at a time takes each of its values.
fn runs() -> Vec<(String, Pictures)> {
    let mut runs = Vec::new();
    for lesson in
        playground_lessons::all().iter().filter(|lesson| VIEWS.iter().any(|view| lesson.shows(*view)))
    {
        for knob in lesson.knobs {
            for value in values(knob.kind) {
                let pictures = with_knobs(lesson.id, &[(knob.id, &value)]);
                runs.extend(
                    pictures.map(|pictures| (format!("{} {}={value}", lesson.id, knob.id), pictures)),
                );
            }
        }
    }
    runs
}

/// The choices, or the ends of a range.
fn values(kind: KnobKind) -> Vec<String> {
    match kind {
        KnobKind::Choice { values, .. } => values.iter().map(|value| (*value).to_owned()).collect(),
        KnobKind::Range { min, max, .. } => vec![min.to_string(), max.to_string()],
        _ => Vec::new(),
    }
}

fn moments(pictures: &Pictures) -> Vec<Cursor> {
    let trace = &pictures.run.trace;
    let last = trace.entries.last().map_or(0, |entry| entry.at.as_micros());
    let between = (1..=MOMENTS).map(|moment| {
        let at = playground_core::time::Instant::from_micros(last * moment / MOMENTS);
        Cursor::new(trace.entries.partition_point(|entry| entry.at <= at) as u32, at)
    });
    between.chain(pictures.steps().map(|(_, _, now)| now)).collect()
}

#[test]
fn texts_are_large_enough_inside_and_apart() {
    for (name, pictures) in runs() {
        for now in moments(&pictures) {
            for (view, hero) in pictures.heroes.iter().filter(|(view, _)| VIEWS.contains(view)) {
                for canvas in canvases() {
                    let drawing = hero.draw(now, &canvas);
                    let name = format!("{name} {} at {} {}", view.name(), now.index, canvas.width);
                    let texts: Vec<_> = placed(&drawing).into_iter().filter(|one| one.is_text).collect();
                    for (place, one) in texts.iter().enumerate() {
                        assert!(one.size >= Canvas::SMALLEST, "{name}: {one:?}");
                        let fits = one.left >= -0.5 && one.right <= drawing.width + 0.5;
                        assert!(fits && one.bottom <= drawing.height + 0.5, "{name}: {one:?}");
                        for other in &texts[place + 1..] {
                            assert!(!one.overlaps(other), "{name}: {one:?} and {other:?}");
                        }
                    }
                }
            }
        }
    }
}
