//! A picture at a moment equals that of a run which ends there: nothing in it comes from later entries.

use std::rc::Rc;

use playground_core::sim;
use playground_drawing::Hero;
use playground_lessons::Run;
use playground_playback::{Cursor, Dissection};

use crate::runs::{all, canvases, with_knobs};

/// Moments of each run that are compared.
const MOMENTS: usize = 9;

/// Runs with losses, resets and long messages, besides those with default knobs.
const OTHERS: [(&str, &str, &str); 7] = [
    ("segments", "network", "damage"),
    ("slow-start", "loss", "middle"),
    ("slow-start", "loss", "last"),
    ("truncation", "length", "chunked"),
    ("reset", "size", "30000"),
    ("half-close", "how", "both"),
    ("pipelining", "third", "POST"),
];

#[test]
fn a_picture_is_that_of_the_run_cut_off_at_its_moment() {
    let others = OTHERS.iter().filter_map(|(lesson, knob, value)| with_knobs(lesson, &[(knob, value)]));
    for pictures in all().chain(others) {
        let trace = &pictures.run.trace;
        let canvas = canvases().next().expect("a canvas");
        let last = pictures.run.steps.iter().map(|mark| mark.index as usize).max().unwrap_or(0);
        for moment in 1..=MOMENTS {
            let mut scenario = trace.scenario.as_ref().clone();
            scenario.limits.entries = (last * moment / MOMENTS).max(1) as u32;
            let mut cut = sim::run(&scenario).expect("lessons run");
            // Who cuts a run off leaves its scenario whole.
            cut.scenario = trace.scenario.clone();
            let known = cut.entries.len();
            assert_eq!(cut.entries, trace.entries[..known], "the same run up to there");
            let dissection = Rc::new(Dissection::new(&cut));
            let now = Cursor::new(known as u32, cut.entries[known - 1].at);
            let run = Run { trace: Rc::new(cut), ..pictures.run.clone() };
            for (view, whole) in &pictures.heroes {
                let open = Hero::new(*view, &run, &dissection).expect("the same view");
                let name = format!("{} {} at entry {known}", pictures.run.lesson.id, view.name());
                assert_eq!(open.draw(now, &canvas), whole.draw(now, &canvas), "{name}");
            }
        }
    }
}
