//! The playground's forms: every change runs, what is refused is told at its field, and all of it by keyboard.

use anyhow::{Context, Result, ensure};
use playground_tests::{Axe, Visit};
use serde_json::Value;

fn open(lesson: &str) -> Result<Visit> {
    let visit = Visit::begin()?;
    visit.open(&format!("v=2&lesson={lesson}&lang=en&playground=1"))?;
    visit.browser.wait_for("#playground-part")?;
    Ok(visit)
}

/// Focuses what a selector finds, as Tab would.
fn focus(visit: &Visit, css: &str) -> Result<()> {
    visit.browser.wait_for(css)?;
    visit.browser.eval(&format!("document.querySelector({}).focus()", Value::from(css)))?;
    Ok(())
}

/// Chooses a part in the menu of parts, from the first one on.
fn choose(visit: &Visit, name: &str) -> Result<()> {
    focus(visit, "#playground-part")?;
    let menu = "document.querySelector('#playground-part')";
    let place = visit.browser.eval(&format!(
        "return [...{menu}.options].findIndex(option => option.textContent.startsWith('{name}'))"
    ))?;
    let place = place.as_u64().with_context(|| format!("no part is called {name}"))?;
    visit.browser.press("Home")?;
    for _ in 0..place {
        visit.browser.press("ArrowDown")?;
    }
    visit.browser.wait_until(&format!("return {menu}.selectedIndex === {place}"))
}

fn type_in(visit: &Visit, css: &str, text: &str) -> Result<()> {
    focus(visit, css)?;
    visit.browser.eval(&format!("document.querySelector({}).select()", Value::from(css)))?;
    visit.browser.press_all(&text.chars().map(String::from).collect::<Vec<_>>())?;
    visit.browser.press("Enter")
}

const PROXY: &str = "#field-nodes-1-name";

/// Another role, another time-out, a value out of bounds, back to the default: without a mouse.
#[test]
fn a_node_is_changed_by_keyboard() -> Result<()> {
    let visit = open("dumb-proxy")?;
    choose(&visit, "Dumb proxy")?;
    visit.browser.wait_for(PROXY)?;
    focus(&visit, "#field-nodes-1-role")?;
    visit.browser.press("ArrowDown")?;
    let timeout = "#field-nodes-1-role-smart-proxy-idle_timeout_us";
    visit.browser.wait_for(timeout)?;
    // In the scenario's unit or in another one.
    type_in(&visit, timeout, "2.5 s")?;
    let is = |value: &str| {
        visit.browser.wait_until(&format!("return document.querySelector('{timeout}').value === '{value}'"))
    };
    is("2.5")?;
    visit.browser.wait_for("[data-field$='smart-proxy/idle_timeout_us'].is-changed .form-back")?;
    // What cannot be read is told at the field, and stays as it was typed.
    type_in(&visit, timeout, "soon")?;
    visit.browser.wait_for(&format!("{timeout}[aria-invalid='true']"))?;
    let told = visit.browser.text("[data-field$='smart-proxy/idle_timeout_us'] .problem")?;
    ensure!(told.contains("no number"), "{told}");
    is("soon")?;
    focus(&visit, "[data-field$='smart-proxy/idle_timeout_us'] .form-back")?;
    visit.browser.press("Enter")?;
    is("0")?;
    // The model's own refusal is told at its field too: a name that another node has.
    type_in(&visit, PROXY, "server")?;
    visit.browser.wait_for(&format!("{PROXY}[aria-invalid='true']"))?;
    let told = visit.browser.text("[data-field='/nodes/1/name'] .problem")?;
    ensure!(told.contains("unique"), "{told}");
    type_in(&visit, PROXY, "relay")?;
    visit.browser.wait_for(&format!("{PROXY}[aria-invalid='false']"))?;
    visit.expect_no_errors()
}

/// A request is written by hand: a name is completed, its rule is told, a mistake is marked where it is.
#[test]
fn a_request_is_written_by_keyboard() -> Result<()> {
    let visit = open("dumb-proxy")?;
    choose(&visit, "Client")?;
    let list = "[data-field='/nodes/0/role/client/requests']";
    focus(&visit, &format!("{list} .entry > summary"))?;
    visit.browser.press("Enter")?;
    let area = "textarea#field-nodes-0-role-client-requests-0-text";
    focus(&visit, area)?;
    visit.browser.eval(&format!(
        "const area = document.querySelector('{area}'); area.setSelectionRange(area.value.length, area.value.length)"
    ))?;
    visit.browser.press_all(&["Enter", "c", "o", "n", "n"])?;
    visit.browser.wait_for(".message-names [role='option'][aria-selected='true']")?;
    visit.browser.press("Enter")?;
    let value = format!("document.querySelector('{area}').value");
    visit.browser.wait_until(&format!("return {value}.endsWith('\\nConnection: ')"))?;
    visit
        .browser
        .wait_until("return document.querySelector('.message-field').textContent.includes('7.6.1')")?;
    visit.browser.press_all(&["c", "l", "o", "s", "e", "Enter", "A", " ", "b", ":"])?;
    visit.browser.wait_for(".message-marks mark")?;
    visit.browser.wait_for(&format!("{area}[aria-invalid='true']"))?;
    let marked = visit.browser.text(".message-marks mark")?;
    ensure!(marked.trim().ends_with("b:"), "{marked}");
    // Entries are added and moved.
    focus(&visit, &format!("{list} .form-list > header button"))?;
    visit.browser.press("Enter")?;
    visit.browser.wait_until(&format!("return document.querySelectorAll(\"{list} .entry\").length >= 2"))?;
    visit.expect_no_errors()
}

/// A paste that is longer than a text may be is refused before it is read, and its bound is named.
#[test]
fn a_paste_that_is_too_long_is_not_read() -> Result<()> {
    let visit = open("dumb-proxy")?;
    choose(&visit, "Client")?;
    let area = "textarea#field-nodes-0-role-client-requests-0-text";
    visit.browser.wait_for(area)?;
    let taken = visit.browser.eval(&format!(
        "const area = document.querySelector('{area}'); const begun = performance.now();
         area.value = 'GET / HTTP/1.1\\n\\n'.repeat(100000);
         area.dispatchEvent(new Event('input', {{ bubbles: true }})); return performance.now() - begun"
    ))?;
    visit.browser.wait_for(&format!("{area}[aria-invalid='true']"))?;
    let told = visit.browser.eval("return document.querySelector('.message .problem').textContent")?;
    ensure!(told.as_str().is_some_and(|told| told.contains("65,536")), "{told}");
    println!("a paste of 200,000 lines: {taken} ms");
    visit.expect_no_errors()
}

/// The forms of every part have names and roles that assistive technology understands.
#[test]
fn forms_are_accessible() -> Result<()> {
    let axe = Axe::load()?;
    let visit = open("dumb-proxy")?;
    for part in ["The whole", "Client", "Dumb proxy", "Server", "Client – "] {
        choose(&visit, part)?;
        visit
            .browser
            .eval("document.querySelectorAll('.playground details').forEach(it => it.open = true)")?;
        let found = axe.look(&visit)?;
        ensure!(found.is_empty(), "{part}: {found:?}");
    }
    visit.expect_no_errors()
}
