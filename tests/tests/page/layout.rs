//! Nothing is cut off, covered or in the way: on wide screens, tablets and phones, upright and sideways, zoomed, in
//! both languages and both themes. The screenshots that this leaves in `target/screenshots/` are for people.

use anyhow::{Context, Result, ensure};
use playground_lessons::Language;
use playground_tests::{Findings, Scheme, Visit, on_each};
use serde_json::json;

const PROBLEMS: &str = include_str!("layout/problems.js");

/// A screen: CSS pixels, device pixels to each, whether it is a phone.
struct Screen {
    name: &'static str,
    size: (u32, u32),
    scale: u32,
    phone: bool,
}

const SCREENS: &[Screen] = &[
    Screen { name: "1440x900", size: (1440, 900), scale: 1, phone: false },
    Screen { name: "960x540", size: (960, 540), scale: 1, phone: false },
    Screen { name: "768x1024", size: (768, 1024), scale: 1, phone: false },
    Screen { name: "390x844", size: (390, 844), scale: 1, phone: true },
    Screen { name: "360x740", size: (360, 740), scale: 1, phone: true },
    Screen { name: "844x390", size: (844, 390), scale: 1, phone: true },
    // 1440x900 at 200 %.
    Screen { name: "zoomed", size: (720, 450), scale: 2, phone: false },
];

/// Its name, its link, and what is opened there first.
type View = (&'static str, &'static str, Option<&'static str>);

/// What is looked at.
const VIEWS: &[View] = &[
    ("question", "v=1&lesson=dumb-proxy&step=2", None),
    ("selected", "v=1&lesson=dumb-proxy&step=5&sel=s6&proxy=smart&tab=packets&step=x", None),
    (
        "challenge",
        "v=1&lesson=dumb-proxy&step=10&tab=headers",
        Some(
            "await look.openChallenge();
             document.querySelectorAll('.challenge details').forEach((it) => { it.open = true })",
        ),
    ),
    ("playground", "v=1&lesson=reset&playground=1&tab=state", None),
    ("map", "v=1&lesson=reset&tab=sockets", Some("document.querySelector('.brand').click()")),
    ("share", "v=1&lesson=reset&tab=graphs", Some("document.querySelector('.open-share').click()")),
    ("keyboard", "v=1&lesson=keep-alive", Some("document.querySelector('.open-keyboard').click()")),
];

#[test]
fn nothing_is_cut_off_on_any_screen() -> Result<()> {
    let mut cases = Vec::new();
    for screen in SCREENS {
        for language in Language::ALL {
            cases.extend(VIEWS.iter().map(|view| (screen, language, view)));
        }
    }
    let name = |(screen, language, (view, ..)): &(&Screen, Language, &View)| {
        format!("{view}-{}-{}", screen.name, language.tag())
    };
    on_each(&cases, name, |visit, case| {
        let (screen, language, (_, query, prepare)) = *case;
        visit.browser.set_screen(screen.size, screen.scale, screen.phone)?;
        // What can be cut off depends on words and not on colours: the dark theme has its pictures.
        let scheme = if language == Language::Korean { Scheme::Light } else { Scheme::Dark };
        visit.browser.set_preferences(scheme, true)?;
        look(visit, query, language, *prepare)?;
        visit.browser.screenshot(&format!("layout/{}", name(case))).map(drop)?;
        no_problems(visit)
    })
}

/// The other theme is drawn by the same rules; one view shows that.
#[test]
fn a_theme_changes_colours_and_no_sizes() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    let mut findings = Findings::default();
    for screen in SCREENS {
        visit.browser.set_screen(screen.size, screen.scale, screen.phone)?;
        findings.case(screen.name, || {
            let mut boxes = Vec::new();
            let mut grounds = Vec::new();
            for theme in ["light", "dark"] {
                look(
                    &visit,
                    &format!("v=1&lesson=dumb-proxy&step=2&theme={theme}"),
                    Language::English,
                    None,
                )?;
                boxes.push(visit.browser.eval(
                    "return [...document.querySelectorAll('.page :not(svg *)')].map((part) => {
                         const { x, y, width, height } = part.getBoundingClientRect();
                         return `${look.nameOf(part)} at ${[x, y, width, height].map(Math.round)}` })",
                )?);
                grounds.push(visit.browser.eval("return getComputedStyle(document.body).backgroundColor")?);
            }
            let [light, dark] = [&boxes[0], &boxes[1]].map(|it| it.as_array().cloned().unwrap_or_default());
            ensure!(!light.is_empty(), "the page is empty");
            let moved = light.iter().zip(&dark).find(|(light, dark)| light != dark);
            ensure!(
                moved.is_none() && light.len() == dark.len(),
                "in the dark theme something moves: {moved:?}"
            );
            ensure!(grounds[0] != grounds[1], "the dark theme is not dark: {}", grounds[0]);
            Ok(())
        });
    }
    findings.report()
}

fn look(visit: &Visit, query: &str, language: Language, prepare: Option<&str>) -> Result<()> {
    let query = format!("{query}&lang={}", language.tag());
    // A notice comes only with a page that is loaded.
    if query.contains("step=x") {
        visit.open(&query)?
    } else {
        visit.follow(&query)?
    }
    if let Some(prepare) = prepare {
        visit.browser.eval_async(prepare)?;
    }
    visit.browser.settle()?;
    // The drawings learn of their width one frame later, and of a scroll bar that they make one more.
    visit.browser.eval_async("await look.frames(4)").map(drop)
}

/// At the top of the page, and at its end.
fn no_problems(visit: &Visit) -> Result<()> {
    for place in ["0", "document.scrollingElement.scrollHeight"] {
        let problems = visit.browser.eval_async(&format!(
                "scrollTo(0, {place});
                 for (const part of document.querySelectorAll('dialog .dialog-body, .story-scroll, .desk')) part.scrollTop = {place} ? 1e6 : 0;
                 await look.frames(2);
                 {PROBLEMS}"
            ))
            .with_context(|| format!("scrolled to {place}"))?;
        ensure!(problems == json!([]), "scrolled to {place}: {problems:#}");
    }
    visit.expect_no_errors()
}
