//! The view inside a slide, in a host page that talks to it.

mod copies;
mod element;
mod messages;
mod share;
mod small;

use std::fs;

use anyhow::{Context, Result, ensure};
use playground_lessons::{KnobValues, Language, Lesson};
use playground_tests::{Findings, Site, Visit, first_difference};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A deck of one slide: it notes what it hears, and has a button that the focus belongs to.
const DECK: &str = include_str!("embed/deck.html");

const LESSON: &str = "dumb-proxy";

/// The deck on a server of its own, as slides come from anywhere.
struct Deck {
    visit: Visit,
    _site: Site,
    folder: TempDir,
}

impl Deck {
    fn open() -> Result<Self> {
        let visit = Visit::begin()?;
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("index.html"), DECK)?;
        let site = Site::serve(folder.path().to_path_buf(), "/")?;
        visit.browser.goto(&site.url("/"))?;
        Ok(Self { visit, _site: site, folder })
    }

    /// Shows a lesson and waits until it is ready.
    fn slide(&self, query: &str, width: u32, height: u32) -> Result<()> {
        let address = self.visit.site.url(&format!("/?{query}"));
        self.eval(&format!("slide({address:?}, {width}, {height})"))?;
        self.wait("events('ready').length === 1").context("the lesson does not say that it is ready")?;
        self.settled()
    }

    fn eval(&self, script: &str) -> Result<Value> {
        self.visit.browser.eval(script)
    }

    fn wait(&self, condition: &str) -> Result<()> {
        let waited = self.visit.browser.wait_until(&format!("return {condition}"));
        waited.with_context(|| format!("heard: {:?}", self.eval("return heard")))
    }

    /// Asks where the lesson is; everything said before has been heard then.
    fn described(&self) -> Result<Value> {
        self.eval("window.count = events('state').length; ask('describe')")?;
        self.wait("events('state').length > count")?;
        self.eval("return events('state').at(-1)")
    }

    /// Waits until the lesson has nothing more to say by itself, and forgets what it said.
    fn settled(&self) -> Result<()> {
        self.described()?;
        self.eval("heard.length = 0").map(drop)
    }

    fn expect_step(&self, step: usize) -> Result<()> {
        let state = self.described()?;
        ensure!(state["step"] == step, "the lesson is elsewhere than at step {step}: {state}");
        Ok(())
    }

    fn inside<T>(&self, look: impl FnOnce(&Visit) -> Result<T>) -> Result<T> {
        self.visit.browser.in_frame("iframe", || look(&self.visit))
    }
}

fn lesson() -> &'static Lesson {
    playground_lessons::find(LESSON).expect("the lesson is in the registry")
}

#[test]
fn messages_steer_it_and_tell_where_it_is() -> Result<()> {
    let deck = Deck::open()?;
    let story = lesson().run(&KnobValues::defaults(lesson()))?.story(Language::English);
    let last = story.len();
    let address = deck.visit.site.url(&format!("/?v=1&lesson={LESSON}&embed=1&lang=en"));
    deck.eval(&format!("slide({address:?}, 960, 540)"))?;
    deck.wait("events('ready').length === 1").context("no ready event")?;
    let ready = deck.eval("return heard[0]")?;
    let expected = json!({ "socketPlayground": 1, "event": "ready", "lesson": LESSON, "step": 1, "steps": last,
        "atEnd": false, "tUs": story[0].at.as_micros(), "title": story[0].title });
    ensure!(ready == expected, "the first message is {ready}, not {expected}");
    deck.settled()?;
    // Twice is once.
    deck.eval("ask('goto', { step: 3 }); ask('goto', { step: 3 })")?;
    deck.wait("events('state').some(({ step }) => step === 3)")?;
    deck.expect_step(3)?;
    let states = deck.eval("return events('state').length")?;
    // Every request is answered, and saying `goto` twice is saying it once: the same state each time.
    ensure!(states == 3, "goto 3, goto 3, describe: {states} states, not 3: {}", deck.eval("return heard")?);
    let same = deck.eval("return new Set(events('state').map(state => JSON.stringify(state))).size")?;
    ensure!(same == 1, "the answers differ: {}", deck.eval("return heard")?);
    let state = deck.eval("return events('state')[0]")?;
    ensure!(state["title"] == *story[2].title, "a state with another title: {state}");
    ensure!(state["tUs"] == story[2].at.as_micros(), "a state with another time: {state}");
    for (ask, step) in [
        ("ask('next')", 4),
        // The second completes the animation that the first began.
        ("ask('next'); ask('next')", 5),
        ("ask('goto', { step: 6 })", 6),
        ("ask('prev')", 5),
        ("ask('goto', { step: 0 })", 1),
        ("ask('prev')", 1),
        ("ask('goto', { step: 4_000_000_000 })", last),
        ("ask('goto', { step: 2 }); ask('next'); ask('prev')", 2),
    ] {
        deck.eval(ask)?;
        deck.expect_step(step).with_context(|| ask.to_owned())?;
    }
    deck.eval("ask('goto', { step: 1 })")?;
    deck.settled()?;
    deck.eval("ask('play')")?;
    deck.wait("events('state').some(({ step }) => step === 2)").context("play does not play")?;
    deck.eval("ask('pause')")?;
    // Paused on the way, it is at the step whose words are shown.
    deck.expect_step(1).context("paused on the way to step 2")?;
    deck.visit.expect_no_errors()
}

#[test]
fn at_the_last_step_next_is_passed_on() -> Result<()> {
    let deck = Deck::open()?;
    let last = lesson().steps.len();
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&step={}", last - 1), 960, 540)?;
    deck.eval("ask('next')")?;
    deck.expect_step(last)?;
    // The next one completes the animation.
    deck.eval("ask('next')")?;
    deck.expect_step(last)?;
    let early = deck.eval("return events('exhausted').length")?;
    ensure!(early == 0, "exhausted before the last step was left");
    deck.eval("ask('next')")?;
    deck.wait("events('exhausted').length === 1").context("next at the last step")?;
    let state = deck.eval("return events('exhausted')[0]")?;
    ensure!(state["step"] == last && state["atEnd"] == true, "exhausted says {state}");
    // So is a key.
    deck.inside(|visit| visit.browser.click(".caption"))?;
    deck.visit.browser.press("ArrowRight")?;
    deck.wait("events('exhausted').length === 2").context("an arrow at the last step")?;
    deck.expect_step(last)?;
    deck.visit.expect_no_errors()
}

#[test]
fn garbage_is_ignored() -> Result<()> {
    let deck = Deck::open()?;
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&step=3"), 960, 540)?;
    let mut findings = Findings::default();
    for garbage in [
        "'next'",
        "''",
        "0",
        "-1",
        "NaN",
        "null",
        "undefined",
        "true",
        "[]",
        "{}",
        "new Date()",
        "10n",
        "/x/",
        "new Map([[1, 2]])",
        "new ArrayBuffer(8)",
        "'x'.repeat(5_000_000)",
        "'[' + '['.repeat(100_000)",
        "[{ socketPlayground: 1, cmd: 'next' }]",
        "{ cmd: 'next' }",
        "{ socketPlayground: 3, cmd: 'next' }",
        "{ socketPlayground: 2, cmd: 'next', ballast: 'x'.repeat(1_000_000) }",
        "{ socketPlayground: '1', cmd: 'next' }",
        "{ socketPlayground: 1.5, cmd: 'next' }",
        "{ socketPlayground: 1 }",
        "{ socketPlayground: 1, cmd: 'destroy' }",
        "{ socketPlayground: 1, cmd: ['next'] }",
        "{ socketPlayground: 1, cmd: 'NEXT' }",
        "{ socketPlayground: 1, cmd: 'goto' }",
        "{ socketPlayground: 1, cmd: 'goto', step: -1 }",
        "{ socketPlayground: 1, cmd: 'goto', step: 1.5 }",
        "{ socketPlayground: 1, cmd: 'goto', step: '2' }",
        "{ socketPlayground: 1, cmd: 'goto', step: 1e300 }",
        "{ socketPlayground: 1, cmd: 'next', ballast: 'x'.repeat(1_000_000) }",
        "(() => { let deep = {}; for (let i = 0; i < 2_000; i++) deep = { deep }; return { socketPlayground: 1, cmd: 'next', deep } })()",
        "(() => { const ring = { socketPlayground: 1, cmd: 'next' }; ring.ring = ring; return ring })()",
    ] {
        findings.case(garbage, || {
            deck.eval(&format!("say({garbage})"))?;
            deck.expect_step(3)?;
            let exhausted = deck.eval("return heard.filter(({ event }) => event !== 'state').length")?;
            ensure!(exhausted == 0, "it answered: {}", deck.eval("return heard")?);
            deck.visit.expect_no_errors()
        });
    }
    // Only the page around is listened to.
    findings.case("a message of its own", || {
        deck.inside(|visit| visit.browser.eval("postMessage({ socketPlayground: 1, cmd: 'next' }, '*')"))?;
        deck.expect_step(3)
    });
    findings.report()
}

#[test]
fn it_leaves_the_focus_and_other_keys_to_the_page_around() -> Result<()> {
    let deck = Deck::open()?;
    let focus = "document.activeElement.id === 'deck'";
    deck.eval("document.querySelector('#deck').focus()")?;
    for query in ["&embed=1", "&embed=ladder", "&embed=1&autoplay=1"] {
        deck.slide(&format!("v=1&lesson={LESSON}{query}"), 960, 540)?;
        ensure!(deck.eval(&format!("return {focus}"))? == true, "loading {query} took the focus");
        deck.eval("ask('goto', { step: 3 }); ask('next'); ask('prev'); ask('play'); ask('pause')")?;
        deck.described()?;
        ensure!(deck.eval(&format!("return {focus}"))? == true, "a message to {query} took the focus");
    }
    // A lesson that was clicked into uses its own keys and passes on the others.
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&step=2"), 960, 540)?;
    deck.inside(|visit| visit.browser.click(".caption"))?;
    deck.settled()?;
    let browser = &deck.visit.browser;
    browser.press("PageDown")?;
    deck.expect_step(3)?;
    browser.press("Home")?;
    deck.expect_step(1)?;
    ensure!(deck.eval("return events('key').length")? == 0, "a key that it used is passed on as well");
    for key in ["f", "m", "b", ".", "?", "r", "1", "Enter", "ArrowUp"] {
        browser.press(key)?;
        deck.wait(&format!("events('key').some(({{ key }}) => key === {key:?})"))
            .with_context(|| format!("the key {key:?} is not passed on"))?;
    }
    deck.expect_step(1)?;
    deck.visit.expect_no_errors()
}

#[test]
fn the_same_link_is_the_same_picture() -> Result<()> {
    let deck = Deck::open()?;
    let mut findings = Findings::default();
    for lesson in playground_lessons::all() {
        for view in ["1", "ladder"] {
            let step = lesson.steps.len().div_ceil(2) + 1;
            let query = format!("v=1&lesson={}&embed={view}&step={step}&lang=ko", lesson.id);
            findings.case(&query, || {
                deck.slide(&query, 960, 540)?;
                let first = deck.inside(|visit| visit.picture())?;
                // The same step, come to by messages.
                for step in [1, step] {
                    deck.eval(&format!("ask('goto', {{ step: {step} }})"))?;
                    deck.expect_step(step)?;
                }
                let gone = deck.inside(|visit| visit.picture())?;
                ensure!(first == gone, "by goto: {:?}", first_difference(&first, &gone));
                let again = deck.inside(|visit| {
                    visit.follow(&query)?;
                    visit.picture()
                })?;
                ensure!(first == again, "opened again: {:?}", first_difference(&first, &again));
                deck.visit.expect_no_errors()
            });
        }
    }
    findings.report()
}

/// What does not fit, and letters that the back row cannot read.
const UNREADABLE: &str = include_str!("embed/unreadable.js");

#[test]
fn it_is_readable_from_the_back_row() -> Result<()> {
    let deck = Deck::open()?;
    deck.visit.browser.set_viewport(1000, 700)?;
    let mut findings = Findings::default();
    for (width, height) in [(960, 540), (720, 540)] {
        for view in ["1", "ladder"] {
            // One slide for all lessons: what a slide loads is asked elsewhere.
            deck.slide(&format!("v=1&lesson={LESSON}&embed={view}"), width, height)?;
            deck.inside(|visit| {
                for (lesson, language) in lessons() {
                    let query = format!("v=1&lesson={}&embed={view}&lang={}", lesson.id, language.tag());
                    findings.case(&format!("{query} at {width}x{height}"), || {
                        visit.follow(&query)?;
                        visit.wait_for_title(&first_title(lesson, language)?)?;
                        let problems = visit.browser.eval_async(&every_step(lesson.steps.len()))?;
                        ensure!(problems == json!([]), "{problems:#}");
                        visit.expect_no_errors()
                    });
                }
                Ok(())
            })?;
        }
    }
    deck.visit.browser.screenshot("embed")?;
    findings.report()
}

fn lessons() -> Vec<(&'static Lesson, Language)> {
    let all = playground_lessons::all().iter().copied();
    all.flat_map(|lesson| Language::ALL.map(|language| (lesson, language))).collect()
}

fn first_title(lesson: &'static Lesson, language: Language) -> Result<String> {
    let story = lesson.run(&KnobValues::defaults(lesson))?.story(language);
    Ok(story.first().context("the lesson has no steps")?.title.clone())
}

/// A script that looks at every step, which it asks the deck to ask for.
fn every_step(steps: usize) -> String {
    format!(
        "const problems = [];
         for (let step = 1; step <= {steps}; step++) {{
             parent.postMessage({{ wanted: {{ cmd: 'goto', step }} }}, '*');
             if (!await look.until(() => look.count().step === step)) throw new Error(`step ${{step}} does not come`);
             await look.frames(2);
             problems.push(...(() => {{ {UNREADABLE} }})().map((problem) => `step ${{step}}: ${{problem}}`));
         }}
         return problems;"
    )
}
