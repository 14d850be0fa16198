//! What assistive technology finds: axe-core has nothing to say, and everything has a name and a language.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use playground_lessons::{KnobValues, Language};
use playground_tests::{Axe, Findings, Scheme, Visit, on_each};
use serde_json::{Value, json};

#[test]
fn axe_finds_nothing() -> Result<()> {
    let axe = Axe::load()?;
    let click = |css: &str| format!("document.querySelector({css:?}).click()");
    let mut views: Vec<(&str, &str, Option<String>)> = vec![
        ("a question", "v=1&lesson=dumb-proxy&step=2", None),
        (
            "answers",
            "v=1&lesson=dumb-proxy&step=2",
            Some(
                "document.querySelectorAll('.question .option button').forEach((it) => it.click())"
                    .to_owned(),
            ),
        ),
        ("a selected segment", "v=1&lesson=dumb-proxy&step=5&sel=s6", None),
        ("a selected socket", "v=1&lesson=dumb-proxy&step=5&sel=k1.1", None),
        ("a challenge", "v=1&lesson=dumb-proxy&step=10", Some("await look.openChallenge()".to_owned())),
        ("a refused request", "v=1&lesson=dumb-proxy&step=3&request=GET%20/a%0Ax%20y%0A", None),
        ("a notice", "v=1&lesson=dumb-proxy&step=999", None),
        ("the playground", "v=1&lesson=reset&playground=1", None),
        (
            "two runs",
            "v=2&lesson=dumb-proxy&proxy=smart",
            Some("await look.openKnobs(); document.querySelector('.compare-defaults').click()".to_owned()),
        ),
        ("the lesson map", "v=1&lesson=reset", Some(click(".brand"))),
        ("the share dialog", "v=1&lesson=reset", Some(click(".open-share"))),
        ("the keyboard help", "v=1&lesson=reset", Some(click(".open-keyboard"))),
        ("the note", "v=1&lesson=reset", Some("await look.openKnobs(); document.querySelector('.what-if .asides > .quiet:last-child').click()".to_owned())),
        ("the stage in a slide", "v=1&lesson=dumb-proxy&step=5&embed=1", None),
        ("the ladder in a slide", "v=1&lesson=dumb-proxy&step=5&embed=ladder", None),
    ];
    let tabs = ["ladder", "packets", "headers", "state", "sockets", "graphs"]
        .map(|tab| (format!("the tab {tab}"), format!("v=1&lesson=dumb-proxy&step=5&tab={tab}")));
    views.extend(tabs.iter().map(|(name, query)| (&**name, &**query, None)));
    let mut cases = Vec::new();
    for (scheme, language) in [(Scheme::Light, "ko"), (Scheme::Dark, "en")] {
        cases.extend(views.iter().map(|view| (scheme, language, view)));
    }
    // The same violation of elements of the same kind is told once, with the first view that has it.
    let known = Mutex::new(BTreeSet::new());
    on_each(
        &cases,
        |(scheme, _, (name, _, _))| format!("{name}, {scheme:?}"),
        |visit, (scheme, language, (_, query, prepare))| {
            visit.set_theme(*scheme)?;
            let query = format!("{query}&lang={language}");
            // A notice comes only with a page that is loaded.
            let is_notice = query.contains("step=999");
            if is_notice {
                visit.open(&query)?
            } else {
                visit.follow(&query)?
            }
            ensure!(visit.browser.count(".notices")? == usize::from(is_notice), "notices, or none");
            if let Some(prepare) = prepare {
                visit.browser.eval_async(prepare)?;
            }
            visit.browser.settle()?;
            let mut violations = axe.look(visit)?;
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            violations.retain(|found| known.insert((found.rule.clone(), found.kind.clone())));
            ensure!(violations.is_empty(), "{violations:#?}");
            visit.expect_no_errors()
        },
    )
}

#[test]
fn the_language_of_the_page_follows_the_choice() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    let is = |tag: &str, when: &str| {
        browser
            .wait_until(&format!("return document.documentElement.lang === {tag:?}"))
            .with_context(|| format!("<html lang> is not {tag} {when}"))
    };
    visit.open("v=1&lesson=reset&lang=ko")?;
    is("ko", "by link")?;
    visit.browser.eval("document.querySelectorAll('.languages input')[1].click()")?;
    is("en", "after a click")?;
    visit.wait_for_parameter("lang", Some("en"))?;
    visit.open("v=1&lesson=reset")?;
    is("en", "when one comes again")?;
    for (language, tag) in [("ko-KR", "ko"), ("de", "en")] {
        visit.start_anew()?;
        browser.set_language(language)?;
        visit.open("v=1&lesson=reset")?;
        is(tag, &format!("in a browser that speaks {language}"))?;
    }
    visit.expect_no_errors()
}

#[test]
fn a_screen_reader_hears_each_step() -> Result<()> {
    let views = [(Language::Korean, ""), (Language::English, "&embed=1")];
    let all = || playground_lessons::all().iter().copied();
    let cases = views.into_iter().flat_map(|view| all().map(move |lesson| (lesson, view)));
    on_each(
        &cases.collect::<Vec<_>>(),
        |(lesson, (language, view))| format!("{} in {}{view}", lesson.id, language.tag()),
        |visit, (lesson, (language, view))| {
            visit.browser.set_preferences(Scheme::Light, true)?;
            visit.leave_undrawn()?;
            let story = lesson.run(&KnobValues::defaults(lesson))?.story(*language);
            visit.follow(&format!("v=1&lesson={}&lang={}{view}", lesson.id, language.tag()))?;
            let regions = "body > [aria-live=polite], #app > [aria-live=polite]";
            ensure!(visit.browser.count(regions)? == 1, "not one live region for the step");
            // It has to be the same element all the time, else nothing is said.
            visit.browser.eval(&format!("window.region = document.querySelector({regions:?})"))?;
            for step in &story {
                let says =
                    format!("return region.isConnected && region.textContent.includes({:?})", step.title);
                visit.browser.wait_until(&says).with_context(|| {
                    let said = visit.browser.eval("return region.textContent");
                    format!("step {}: the live region says {said:?}", step.id)
                })?;
                // One of the digits answers what the step may ask.
                visit.browser.press_all(&["1", "2", "3", "4", "ArrowRight"])?;
            }
            visit.expect_no_errors()
        },
    )
}

#[test]
fn every_control_has_a_name() -> Result<()> {
    let visit = Visit::begin()?;
    visit.browser.set_preferences(Scheme::Light, true)?;
    visit.browser.cdp("Accessibility.enable", json!({}))?;
    let mut findings = Findings::default();
    for tab in ["ladder", "packets", "headers", "state", "sockets", "graphs"] {
        for query in [
            format!("v=1&lesson=dumb-proxy&step=5&sel=s6&tab={tab}"),
            format!("v=1&lesson=reset&step=3&tab={tab}"),
        ] {
            findings.case(&query, || {
                visit.follow(&format!("{query}&lang=en"))?;
                visit.browser.settle()?;
                // What the browser itself tells assistive technology.
                let tree = visit.browser.cdp("Accessibility.getFullAXTree", json!({}))?;
                let nodes = tree["nodes"].as_array().context("the browser has no accessibility tree")?;
                let roles = [
                    "button", "link", "tab", "radio", "checkbox", "slider", "textbox", "combobox", "dialog",
                    "image",
                ];
                let mut named = 0;
                for node in nodes.iter().filter(|node| node["ignored"] != true) {
                    let role = node["role"]["value"].as_str().unwrap_or_default();
                    if roles.contains(&role) {
                        let name = node["name"]["value"].as_str().unwrap_or_default();
                        ensure!(
                            !name.trim().is_empty(),
                            "a {role} has no name: {}",
                            described(&visit, node)?
                        );
                        named += 1;
                    }
                }
                ensure!(named > 20, "only {named} controls are in the accessibility tree");
                Ok(())
            });
        }
    }
    findings.report()
}

/// The HTML of a node of the accessibility tree.
fn described(visit: &Visit, node: &Value) -> Result<String> {
    let html = visit.browser.cdp("DOM.getOuterHTML", json!({ "backendNodeId": node["backendDOMNodeId"] }))?;
    Ok(html["outerHTML"].as_str().unwrap_or_default().chars().take(300).collect())
}
