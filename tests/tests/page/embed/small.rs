//! Small frames: each kind of picture stands whole in them, reduced.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use playground_lessons::{KnobValues, all};
use playground_tests::{Scheme, Visit, on_each};

/// The parts of the frame that cannot be seen without scrolling, and how large the picture is.
const SEEN: &str = "
    const picture = document.querySelector('.embed-picture');
    const box = picture.querySelector('.drawing').getBoundingClientRect();
    return [picture.scrollHeight <= picture.clientHeight + 1, picture.scrollWidth <= picture.clientWidth + 1,
        box.width > innerWidth / 2, document.documentElement.scrollHeight <= innerHeight].every(Boolean)";

#[test]
fn every_kind_of_picture_is_whole_in_a_small_frame() -> Result<()> {
    // A step for each view that carries one.
    let mut steps = BTreeMap::new();
    for lesson in all() {
        for (place, step) in lesson.run(&KnobValues::defaults(lesson))?.steps.iter().enumerate() {
            steps.entry(step.hero.name()).or_insert((lesson.id, place + 1));
        }
    }
    let cases: Vec<_> = steps
        .iter()
        .flat_map(|(view, step)| [(320, 180), (400, 300), (640, 360)].map(|size| (*view, *step, size)))
        // These two scroll.
        .filter(|(view, ..)| !matches!(*view, "ladder" | "packets"))
        .collect();
    on_each(
        &cases,
        |(view, (lesson, step), (width, height))| format!("{view} in {width}x{height} ({lesson}, {step})"),
        |visit, (_, (lesson, step), (width, height))| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.browser.set_screen((*width, *height), 1, false)?;
            visit.follow(&format!("v=2&lesson={lesson}&step={step}&embed=1&lang=ko"))?;
            visit.browser.wait_for(".embed-picture .drawing")?;
            visit.browser.settle()?;
            ensure!(visit.browser.eval(SEEN)? == true, "the picture is cut off");
            visit.expect_no_errors()
        },
    )
}

/// The ground of the slide shows through, in both themes: nothing in the view paints one.
#[test]
fn a_clear_ground_is_clear() -> Result<()> {
    const GROUNDS: &str = "
        const clear = ['html', 'body', '.embed', '.embed-picture', '.embed-bar'].map((css) => document.querySelector(css))
            .every((part) => getComputedStyle(part).backgroundColor === 'rgba(0, 0, 0, 0)');
        return clear && getComputedStyle(document.documentElement).colorScheme === 'normal'";
    let visit = Visit::begin()?;
    for (theme, ink) in [("light", "dark"), ("dark", "light")] {
        visit.browser.set_screen((960, 540), 1, false)?;
        visit.open(&format!(
            "v=2&lesson=dumb-proxy&step=5&embed=1&lang=en&theme={theme}&ground=clear&contrast=more"
        ))?;
        visit.browser.wait_for(".embed-picture .drawing")?;
        ensure!(visit.browser.eval(GROUNDS)? == true, "{theme}: something paints a ground");
        let bright = visit.browser.eval(
            "const [red] = getComputedStyle(document.querySelector('.caption')).color.match(/\\d+/g); return Number(red) > 128",
        )?;
        ensure!(bright == (ink == "light"), "{theme}: the ink is not {ink}");
        visit.expect_no_errors()?;
    }
    Ok(())
}
