//! Every lesson of the chapter on every kind of screen: nothing is cut off, and axe-core has nothing to say.

use anyhow::{Result, ensure};
use playground_lessons::{Language, Lesson};
use playground_tests::{Axe, Scheme, Visit, on_each};
use serde_json::json;

const PROBLEMS: &str = include_str!("layout/problems.js");

/// A phone, a projector, a desk.
const SCREENS: [(u32, u32); 3] = [(360, 740), (960, 540), (1440, 900)];

type Case = (&'static Lesson, Language);

/// Every lesson in one language, then in the other.
fn cases() -> Vec<Case> {
    let lessons = || playground_lessons::all().iter().copied();
    Language::ALL.into_iter().flat_map(|language| lessons().map(move |lesson| (lesson, language))).collect()
}

fn name((lesson, language): &Case) -> String {
    format!("{} in {}", lesson.id, language.tag())
}

#[test]
fn nothing_is_cut_off_in_any_lesson() -> Result<()> {
    // Screen by screen: another size costs the page more than another lesson.
    let on_screens =
        (0..SCREENS.len()).flat_map(|screen| cases().into_iter().map(move |case| (screen, case)));
    on_each(
        &on_screens.collect::<Vec<_>>(),
        |(screen, case)| format!("{} at {:?}", name(case), SCREENS[*screen]),
        |visit, (screen, (lesson, language))| {
            let (width, height) = SCREENS[*screen];
            // What can be cut off depends on words and not on colours.
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.browser.set_viewport(width, height)?;
            visit.leave_undrawn()?;
            // Of the steps between the first and the last, each screen has its share.
            let last = lesson.steps.len();
            let share = |screen: usize| 2 + (last - 2) * screen / SCREENS.len();
            let first = share(*screen);
            opens(visit, (lesson, *language), first)?;
            for step in first..share(screen + 1) {
                if step > first {
                    // One of the digits answers what the step may ask.
                    visit.browser.press_all(&["1", "2", "3", "4", "ArrowRight"])?;
                }
                nothing_is_cut_off(visit, step)?;
            }
            for step in [last, 1] {
                opens(visit, (lesson, *language), step)?;
                nothing_is_cut_off(visit, step)?;
            }
            visit.expect_no_errors()
        },
    )
}

#[test]
fn axe_finds_nothing_in_any_lesson() -> Result<()> {
    let axe = Axe::load()?;
    on_each(&cases(), name, |visit, &(lesson, language)| {
        let (scheme, size) = match language {
            Language::Korean => (Scheme::Light, (1440, 900)),
            Language::English => (Scheme::Dark, (360, 740)),
        };
        visit.set_theme(scheme)?;
        visit.browser.set_viewport(size.0, size.1)?;
        // With a question open, where the lesson has one there, and the tab that it shows first.
        opens(visit, (lesson, language), lesson.steps.len().div_ceil(2))?;
        visit.browser.settle()?;
        let found = axe.look(visit)?;
        ensure!(found.is_empty(), "{found:#?}");
        visit.expect_no_errors()
    })
}

/// Opens a step and waits until the page has it.
fn opens(visit: &Visit, (lesson, language): Case, step: usize) -> Result<()> {
    visit.follow(&format!("v=1&lesson={}&step={step}&lang={}", lesson.id, language.tag()))?;
    let title = &lesson.text(language).title;
    visit.browser.wait_until(&format!("return document.title.startsWith({title:?})"))?;
    visit.wait_for_step(step)
}

fn nothing_is_cut_off(visit: &Visit, step: usize) -> Result<()> {
    visit.wait_for_step(step)?;
    // The drawings learn of their width one frame later, and of a scroll bar that they make one more.
    let problems = visit.browser.eval_async(&format!("scrollTo(0, 0); await look.frames(5); {PROBLEMS}"))?;
    ensure!(problems == json!([]), "step {step}: {problems:#}");
    Ok(())
}
