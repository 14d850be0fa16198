//! Messages of version 2: each request is answered with its id, and what cannot be done is refused with a sentence.

use anyhow::{Context, Result, ensure};
use playground_lessons::{KnobValues, Language};
use serde_json::{Value, json};

use super::{Deck, LESSON, lesson};

impl Deck {
    /// Asks in version 2 and gives the answer.
    fn ask(&self, cmd: &str, more: &Value) -> Result<Value> {
        self.eval(&format!(
            "window.number = (window.number ?? 0) + 1; ask2({cmd:?}, {{ id: number, ...{more} }})"
        ))?;
        self.wait("answer(number)").with_context(|| format!("{cmd} {more} is not answered"))?;
        self.eval("return answer(number)")
    }
}

/// What is expected of an answer, by the names of its fields.
fn ensure_says(answer: &Value, expected: &Value) -> Result<()> {
    for (name, value) in expected.as_object().context("an object is expected")? {
        ensure!(answer[name] == *value, "{name} is {}, not {value}: {answer}", answer[name]);
    }
    Ok(())
}

#[test]
fn the_first_message_says_what_there_is() -> Result<()> {
    let deck = Deck::open()?;
    let story = lesson().run(&KnobValues::defaults(lesson()))?.story(Language::English);
    let address = deck.visit.site.url(&format!("/?v=1&lesson={LESSON}&embed=1&lang=en&theme=dark"));
    deck.eval(&format!("slide({address:?}, 960, 540)"))?;
    deck.wait("heard.length >= 2")?;
    let ready = deck.eval("return heard[1]")?;
    ensure_says(
        &ready,
        &json!({ "socketPlayground": 2, "event": "ready", "lesson": LESSON, "step": 1, "steps": story.len(),
            "atStart": true, "atEnd": false, "lang": "en", "theme": "dark", "problems": [] }),
    )?;
    ensure!(ready["knobs"]["proxy"] == "dumb", "the knobs are {}", ready["knobs"]);
    let told = ready["story"].as_array().context("no story")?;
    ensure!(told.len() == story.len(), "{} steps of {}", told.len(), story.len());
    for (told, step) in told.iter().zip(&story) {
        ensure!(told["title"] == *step.title, "{told} is not {:?}", step.title);
        let notes = told["notes"].as_str().unwrap_or_default();
        ensure!(step.words() == format!("{}\n{notes}", step.title), "notes of {:?}: {notes:?}", step.title);
    }
    deck.visit.expect_no_errors()
}

#[test]
fn every_request_is_answered_with_its_id_and_its_own_state() -> Result<()> {
    let deck = Deck::open()?;
    let last = lesson().steps.len();
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&lang=en"), 960, 540)?;
    // All at once: each answer has the state that its own request led to.
    deck.eval(
        "for (const [id, cmd, more] of [['a', 'goto', { step: 3 }], ['b', 'next'], ['c', 'next'], ['d', 'goto', { step: 1 }],
             ['e', 'prev'], ['f', 'describe'], ['g', 'goto', { step: 1e9 }], ['h', 'next'], ['i', 'fly'], ['j', 'goto']])
             ask2(cmd, { id, ...more })",
    )?;
    deck.wait("answer('j')")?;
    let answers = deck
        .eval("return heard.map(({ id, event, step, direction }) => [id, event, step, direction ?? ''])")?;
    let expected = json!([
        ["a", "state", 3, ""],
        ["b", "state", 4, ""],
        ["c", "state", 4, ""],
        ["d", "state", 1, ""],
        ["e", "exhausted", 1, "prev"],
        ["f", "state", 1, ""],
        ["g", "state", last, ""],
        ["h", "exhausted", last, "next"],
        ["i", "refused", last, ""],
        ["j", "refused", last, ""]
    ]);
    ensure!(answers == expected, "{answers}");
    let reason = deck.eval("return answer('i').reason")?;
    ensure!(reason.as_str().is_some_and(|reason| reason.len() > 20), "the reason is {reason}");
    let described = deck.eval("return answer('f').story.length")?;
    ensure!(described == last, "{described} steps are described");
    // Version 1 is answered in version 1.
    deck.eval("heard.length = 0; ask('prev')")?;
    deck.wait("heard.length > 0")?;
    let fields = deck.eval("return Object.keys(heard[0]).sort()")?;
    let first = json!(["atEnd", "event", "lesson", "socketPlayground", "step", "steps", "tUs", "title"]);
    ensure!(fields == first, "version 1 has the fields {fields}");
    deck.visit.expect_no_errors()
}

#[test]
fn settings_are_changed_all_or_none() -> Result<()> {
    let deck = Deck::open()?;
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&lang=en&step=2"), 960, 540)?;
    let theme =
        || deck.inside(|visit| visit.browser.eval("return document.documentElement.dataset.theme ?? ''"));
    ensure_says(
        &deck.ask("set", &json!({ "theme": "dark" }))?,
        &json!({ "event": "state", "theme": "dark" }),
    )?;
    ensure!(theme()? == "dark", "the theme is {}", theme()?);
    ensure_says(&deck.ask("set", &json!({ "theme": "system" }))?, &json!({ "theme": "system" }))?;
    ensure!(theme()? == "", "the theme is {}", theme()?);
    // The words of another language are fetched; the answer waits for them.
    let korean = lesson().run(&KnobValues::defaults(lesson()))?.story(Language::Korean);
    let answer = deck.ask("set", &json!({ "lang": "ko" }))?;
    ensure_says(&answer, &json!({ "event": "state", "lang": "ko", "title": korean[1].title, "step": 2 }))?;
    deck.ask("set", &json!({ "knobs": { "idle": 5, "proxy": "smart" } }))?;
    let knobs = deck.ask("describe", &json!({}))?["knobs"].clone();
    ensure!(knobs["proxy"] == "smart" && knobs["idle"] == "5", "the knobs are {knobs}");
    for wrong in [
        json!({ "knobs": { "idle": 120, "proxy": "clever" } }),
        json!({ "knobs": { "idle": 120, "no-such-knob": "1" } }),
        json!({ "knobs": { "idle": 120 }, "theme": "pink" }),
        json!({ "knobs": { "idle": 120 }, "lang": "fr" }),
        json!({ "knobs": { "idle": 120 }, "keys": "mine" }),
    ] {
        let refused = deck.ask("set", &wrong)?;
        ensure!(refused["event"] == "refused", "{wrong} is answered by {refused}");
        let reason = refused["reason"].as_str().unwrap_or_default();
        ensure!(!reason.is_empty(), "{wrong} is refused without a reason");
        let kept = deck.ask("describe", &json!({}))?;
        ensure!(kept["knobs"] == knobs && kept["lang"] == "ko", "{wrong} changed something: {kept}");
    }
    deck.visit.expect_no_errors()
}

#[test]
fn a_snapshot_is_the_present_picture() -> Result<()> {
    let deck = Deck::open()?;
    deck.slide("v=1&lesson=four-tuple&embed=1&step=3&lang=en&tab=tuples", 960, 540)?;
    let answer = deck.ask("snapshot", &json!({ "width": 800, "height": 450 }))?;
    ensure!(answer["event"] == "snapshot", "it is answered by {answer}");
    let read = deck.eval(
        "const svg = new DOMParser().parseFromString(answer(number).svg, 'image/svg+xml').documentElement;
         return [svg.localName, svg.getAttribute('width'), svg.querySelectorAll('text').length > 3]",
    )?;
    ensure!(read == json!(["svg", "800", true]), "the picture is {read}");
    let words = deck.inside(|visit| {
        visit.browser.eval("return look.shownWords(document.querySelector('.embed-picture'))[0].textContent")
    })?;
    let svg = answer["svg"].as_str().unwrap_or_default();
    ensure!(svg.contains(words.as_str().unwrap_or("?")), "the picture does not say {words}");
    let refused = deck.ask("snapshot", &json!({ "width": 80_000 }))?;
    ensure!(refused["event"] == "refused", "a snapshot of 80,000 px: {refused}");
    deck.visit.expect_no_errors()
}

#[test]
fn keys_are_passed_on_whole_and_those_of_a_button_are_not() -> Result<()> {
    let deck = Deck::open()?;
    let browser = &deck.visit.browser;
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&lang=en&step=2"), 960, 540)?;
    deck.ask("describe", &json!({}))?;
    deck.inside(|visit| visit.browser.click(".caption"))?;
    deck.eval("heard.length = 0")?;
    browser.press_all(&["b", "Control+b", "Shift+Space"])?;
    deck.wait("events('key', 2).some(({ type, key, shift }) => type === 'keyup' && key === ' ' && shift)")?;
    let keys = deck.eval(
        "return events('key', 2).filter(({ key }) => key === 'b' || key === ' ')
             .map(({ type, key, code, shift, ctrl, alt, meta }) => [type, key, code, shift, ctrl, alt, meta])",
    )?;
    let expected = json!([
        ["keydown", "b", "KeyB", false, false, false, false],
        ["keyup", "b", "KeyB", false, false, false, false],
        ["keydown", "b", "KeyB", false, true, false, false],
        ["keyup", "b", "KeyB", false, true, false, false],
        ["keydown", " ", "Space", true, false, false, false],
        ["keyup", " ", "Space", true, false, false, false],
    ]);
    ensure!(keys == expected, "{keys:#}");
    // A key that is used is not passed on; at the first step the way back is the deck's.
    deck.eval("heard.length = 0")?;
    browser.press_all(&["ArrowLeft", "ArrowLeft"])?;
    deck.wait("events('exhausted', 2).length > 0")?;
    let said = deck.eval("return [events('exhausted', 2)[0].direction, events('key', 2).length]")?;
    ensure!(said == json!(["prev", 0]), "back from the first step: {said}");
    // Space on a button is the button's: one step, and the deck hears nothing of it.
    deck.inside(|visit| visit.browser.eval("document.querySelector('.arrow.on').focus()").map(drop))?;
    deck.eval("heard.length = 0")?;
    browser.press("Space")?;
    let state = deck.ask("describe", &json!({}))?;
    ensure!(state["step"] == 2, "Space on the button led to {state}");
    ensure!(deck.eval("return events('key', 2).length")? == 0, "Space on the button is passed on as well");
    // Where the deck wants every key it gets it.
    deck.ask("set", &json!({ "keys": "host" }))?;
    deck.inside(|visit| visit.browser.click(".caption"))?;
    browser.press("PageDown")?;
    deck.wait("events('key', 2).some(({ key }) => key === 'PageDown')")?;
    ensure_says(&deck.ask("describe", &json!({}))?, &json!({ "step": 2 }))?;
    deck.visit.expect_no_errors()
}

#[test]
fn a_bad_link_is_named_in_the_view_and_to_the_page_around() -> Result<()> {
    let deck = Deck::open()?;
    deck.slide("v=1&lesson=nonsense&step=99&embed=1&lang=ko", 960, 540)?;
    let problems = deck.ask("describe", &json!({}))?["problems"].clone();
    let named: Vec<&Value> = problems.as_array().into_iter().flatten().map(|one| &one["parameter"]).collect();
    ensure!(named == [&json!("lesson"), &json!("step")], "named are {problems}");
    let shown = deck.inside(|visit| visit.browser.text(".embed-problems"))?;
    for problem in problems.as_array().into_iter().flatten() {
        let sentence = problem["text"].as_str().unwrap_or_default();
        ensure!(!sentence.is_empty() && shown.contains(sentence), "{sentence:?} is not shown: {shown:?}");
    }
    ensure!(shown.contains("nonsense") && shown.contains("99"), "shown is {shown:?}");
    deck.visit.expect_no_errors()
}

#[test]
fn it_stores_nothing() -> Result<()> {
    let deck = Deck::open()?;
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&lang=ko&theme=dark&keys=0&autoplay=1"), 960, 540)?;
    deck.ask("goto", &json!({ "step": 5 }))?;
    deck.ask("set", &json!({ "lang": "en", "theme": "light", "knobs": { "idle": 5 } }))?;
    let stored = deck
        .inside(|visit| visit.browser.eval("return Object.keys({ ...localStorage, ...sessionStorage })"))?;
    ensure!(stored == json!([]), "stored are {stored}");
    deck.visit.expect_no_errors()
}
