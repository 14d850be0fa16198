//! Every lesson of the chapter on every kind of screen: nothing is cut off, and axe-core has nothing to say.

use anyhow::{Context, Result, ensure};
use playground_lessons::{Language, Lesson};
use playground_tests::{Axe, Scheme, Visit, on_each};
use serde_json::json;

const PROBLEMS: &str = include_str!("layout/problems.js");

/// A phone, a projector, a desk.
const SCREENS: [(u32, u32); 3] = [(360, 740), (960, 540), (1440, 900)];

type Case = (&'static Lesson, Language);

fn cases() -> Vec<Case> {
    let lessons = playground_lessons::all().iter().copied();
    lessons.flat_map(|lesson| Language::ALL.map(|language| (lesson, language))).collect()
}

fn name((lesson, language): &Case) -> String {
    format!("{} in {}", lesson.id, language.tag())
}

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn nothing_is_cut_off_in_any_lesson() -> Result<()> {
    on_each(&cases(), name, |visit, (lesson, language)| {
        // What can be cut off depends on words and not on colours.
        visit.browser.set_preferences(Scheme::Light, true)?;
        visit.browser.set_viewport(1440, 900)?;
        visit.open(&format!("lesson={}&lang={}", lesson.id, language.tag()))?;
        for step in 1..=lesson.steps.len() {
            if step > 1 {
                visit.browser.press("ArrowRight")?;
            }
            visit.wait_for_step(step)?;
            // The first and the last step on all screens, those between on one each.
            let ends = step == 1 || step == lesson.steps.len();
            for (place, (width, height)) in SCREENS.iter().enumerate() {
                if ends || step % SCREENS.len() == place {
                    visit.browser.set_viewport(*width, *height)?;
                    no_problems(visit).with_context(|| format!("step {step} at {width}x{height}"))?;
                }
            }
        }
        visit.expect_no_errors()
    })
}

#[test]
#[cfg_attr(not(feature = "browser"), ignore = "needs the built page: run cargo xtask test")]
fn axe_finds_nothing_in_any_lesson() -> Result<()> {
    let axe = Axe::load()?;
    on_each(&cases(), name, |visit, (lesson, language)| {
        let (scheme, size) = match language {
            Language::Korean => (Scheme::Light, (1440, 900)),
            Language::English => (Scheme::Dark, (360, 740)),
        };
        visit.browser.set_preferences(scheme, true)?;
        visit.browser.set_viewport(size.0, size.1)?;
        // With a question open, where the lesson has one there, and the tab that it shows first.
        let step = lesson.steps.len().div_ceil(2);
        visit.open(&format!("lesson={}&step={step}&lang={}", lesson.id, language.tag()))?;
        visit.wait_for_step(step)?;
        visit.browser.settle()?;
        let found = axe.look(visit)?;
        ensure!(found.is_empty(), "{found:#?}");
        visit.expect_no_errors()
    })
}

fn no_problems(visit: &Visit) -> Result<()> {
    // The drawings learn of their width one frame later, and of a scroll bar that they make one more.
    let problems = visit.browser.eval_async(&format!("scrollTo(0, 0); await look.frames(5); {PROBLEMS}"))?;
    ensure!(problems == json!([]), "{problems:#}");
    Ok(())
}
