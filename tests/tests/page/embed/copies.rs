//! Copies of the same name keep in step by themselves.

use anyhow::{Context, Result};
use serde_json::json;

use super::{Deck, LESSON};

#[test]
fn copies_of_one_name_keep_in_step_and_others_do_not() -> Result<()> {
    let deck = Deck::open()?;
    keep_in_step(&deck).context("over http")?;
    // A deck that is opened from a file.
    let file = deck.folder.path().join("index.html");
    deck.visit.browser.goto(&format!("file://{}", file.display()))?;
    keep_in_step(&deck).context("from a file")
}

fn keep_in_step(deck: &Deck) -> Result<()> {
    let address = |more: &str| deck.visit.site.url(&format!("/?v=1&lesson={LESSON}&embed=1&lang=en{more}"));
    deck.slide(&format!("v=1&lesson={LESSON}&embed=1&lang=en&sync=hall"), 960, 540)?;
    let steps = "return [...document.querySelectorAll('iframe')].map((one) => look.lessons.get(one.contentWindow)?.step ?? 0)";
    let wait = |expected: serde_json::Value| {
        let waited = deck
            .visit
            .browser
            .wait_until(&format!("return JSON.stringify((() => {{ {steps} }})()) === '{expected}'"));
        waited.with_context(|| format!("the copies are at {:?}, not {expected}", deck.eval(steps)))
    };
    let add = |address: &str| {
        deck.eval(&format!(
            "const frame = document.createElement('iframe');
             Object.assign(frame, {{ src: {address:?}, width: 400, height: 225, title: 'Another' }});
             document.body.append(frame)"
        ))
    };
    deck.eval("ask('goto', { step: 4 })")?;
    deck.expect_step(4)?;
    // One that comes later is told where the others are; one of another name is not.
    add(&address("&sync=hall"))?;
    add(&address("&sync=foyer&step=2"))?;
    wait(json!([4, 4, 2]))?;
    deck.eval("ask('next')")?;
    wait(json!([5, 5, 2]))?;
    // Each of them leads.
    let tell = |index: usize, cmd: &str| {
        deck.eval(&format!(
            "document.querySelectorAll('iframe')[{index}].contentWindow.postMessage({{ socketPlayground: 1, {cmd} }}, '*')"
        ))
    };
    tell(1, "cmd: 'goto', step: 8")?;
    wait(json!([8, 8, 2]))?;
    tell(2, "cmd: 'goto', step: 3")?;
    wait(json!([8, 8, 3]))?;
    deck.eval("ask('goto', { step: 1 })")?;
    wait(json!([1, 1, 3]))?;
    deck.visit.expect_no_errors()
}
