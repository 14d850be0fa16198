//! Building in the playground: on the drawing hosts are added, chosen, moved and removed, and every change is taken back.

use anyhow::{Context, Result, ensure};
use playground_tests::{Axe, Visit};
use serde_json::json;

/// The hosts on the stage in their order.
const HOSTS: &str = "[...document.querySelectorAll('.site.is-host')]\
     .map((it) => it.getAttribute('aria-label').replaceAll('\\u00a0', ' ')).join(', ')";

fn wait_for(visit: &Visit, hosts: &str) -> Result<()> {
    let is = format!("return {HOSTS} === {hosts:?}");
    visit.browser.wait_until(&is).with_context(|| format!("the hosts are not {hosts}"))
}

/// Opens a menu by its button and chooses an item.
fn choose(visit: &Visit, menu: &str, value: &str) -> Result<()> {
    let browser = &visit.browser;
    browser.click(menu)?;
    browser.wait_for(".menu-list")?;
    browser.click(&format!(".menu-list [data-value={value:?}]"))?;
    browser.wait_until("return document.querySelector('.menu-list') === null")
}

/// The middle of the head of a host's card, where nothing else can be hit.
fn head_of(visit: &Visit, host: usize) -> Result<(f64, f64)> {
    let place = visit.browser.eval(&format!(
        "const it = document.querySelectorAll('.site.is-host .site-hit')[{host}].getBoundingClientRect();
         return [it.x + it.width / 2, it.y + 14]"
    ))?;
    let number = |index: usize| place.get(index).and_then(serde_json::Value::as_f64).context("no such host");
    Ok((number(0)?, number(1)?))
}

/// A pointer goes down, to each of the places, and up at the last.
fn drag(visit: &Visit, places: &[(f64, f64)]) -> Result<()> {
    let mouse = |kind: &str, (x, y): (f64, f64)| {
        let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
        visit.browser.cdp("Input.dispatchMouseEvent", event)
    };
    let (first, last) = (places.first().context("no place")?, places.last().context("no place")?);
    mouse("mousePressed", *first)?;
    for place in &places[1..] {
        mouse("mouseMoved", *place)?;
    }
    mouse("mouseReleased", *last)?;
    Ok(())
}

#[test]
fn a_smart_proxy_is_put_next_to_a_dumb_one_and_everything_is_taken_back() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    wait_for(&visit, "Client, Dumb proxy, Server")?;
    // The plus between proxy and server; the new proxy is then edited.
    browser.click(".site-plus[aria-label='Add a proxy between Dumb proxy and Server']")?;
    wait_for(&visit, "Client, Dumb proxy, Dumb proxy 2, Server")?;
    browser.wait_until("return document.querySelector('#field-nodes-2-name')?.value === 'proxy-2'")?;
    ensure!(
        browser.text(".hosts-said")?.contains("Dumb proxy now connects to Dumb proxy 2"),
        "nothing says what else changed: {}",
        browser.text(".hosts-said")?
    );
    browser.eval("document.querySelector('#field-nodes-2-role').focus()")?;
    browser.press("ArrowDown")?;
    browser.wait_for("[data-field^='/nodes/2/role/smart-proxy']")?;
    // By keyboard: the smart one changes places with the dumb one, and goes on being edited.
    browser.eval("document.querySelectorAll('.site.is-host')[2].focus()")?;
    browser.press("Alt+ArrowLeft")?;
    browser.wait_for("[data-field^='/nodes/1/role/smart-proxy']")?;
    browser.wait_until("return document.activeElement.matches('.site.is-host.is-edited')")?;
    browser.press("Control+z")?;
    wait_for(&visit, "Client, Dumb proxy, Smart proxy 2, Server")?;
    browser.press("Control+Shift+z")?;
    wait_for(&visit, "Client, Smart proxy, Dumb proxy 2, Server")?;
    browser.eval("document.querySelectorAll('.site.is-host')[2].focus()")?;
    browser.press("Delete")?;
    wait_for(&visit, "Client, Smart proxy, Server")?;
    browser.wait_until("return document.activeElement.matches('[data-place]')")?;
    for _ in 0..4 {
        browser.press("Control+z")?;
    }
    browser
        .wait_until("return new URLSearchParams(location.search).has('lesson') && location.hash === ''")?;
    wait_for(&visit, "Client, Dumb proxy, Server")?;
    ensure!(browser.count(".toolbar .button:first-child:disabled")? == 1, "there is more to take back");
    visit.expect_no_errors()
}

#[test]
fn what_others_need_is_not_removed_and_presets_can_be_taken_back() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    browser.wait_for(".site.is-host")?;
    browser.eval("[...document.querySelectorAll('.site.is-host')].at(-1).focus()")?;
    browser.press("Delete")?;
    browser.wait_until(
        "return document.querySelector('.hosts-said').textContent.includes('Dumb proxy connects to it')",
    )?;
    choose(&visit, "#presets", "blank")?;
    wait_for(&visit, "Client, Server")?;
    choose(&visit, "#add-host", "client")?;
    wait_for(&visit, "Client, Client 2, Server")?;
    browser.press("Control+z")?;
    browser.press("Control+z")?;
    wait_for(&visit, "Client, Dumb proxy, Server")?;
    visit.expect_no_errors()
}

/// A menu is walked by keys, and nothing is done before an item is chosen.
#[test]
fn menus_do_nothing_before_something_is_chosen() -> Result<()> {
    let visit = Visit::begin()?;
    let axe = Axe::load()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    browser.wait_for("#add-host")?;
    browser.eval("document.querySelector('#add-host').focus()")?;
    let is_focused = |label: &str| {
        browser.wait_until(&format!("return document.activeElement.textContent.trim() === {label:?}"))
    };
    browser.press("ArrowDown")?;
    is_focused("Dumb proxy")?;
    let found = axe.look(&visit)?;
    ensure!(found.is_empty(), "{found:?}");
    browser.press("ArrowDown")?;
    is_focused("Smart proxy")?;
    browser.press("End")?;
    is_focused("DHCP server")?;
    browser.press("ArrowDown")?;
    is_focused("Dumb proxy")?;
    browser.press("Escape")?;
    is_focused("Add")?;
    wait_for(&visit, "Client, Dumb proxy, Server")?;
    for key in ["Enter", "ArrowDown", "Enter"] {
        browser.press(key)?;
    }
    wait_for(&visit, "Client, Smart proxy 2, Dumb proxy, Server")?;
    // Tab leaves the menu.
    browser.eval("document.querySelector('#presets').focus()")?;
    browser.press("Enter")?;
    browser.wait_for(".menu-list")?;
    browser.press("Tab")?;
    browser.wait_until("return document.querySelector('.menu-list') === null")?;
    visit.expect_no_errors()
}

/// By pointer alone: a card and a link open their forms, and a card that is dragged over another one takes its place.
#[test]
fn cards_and_links_are_chosen_and_dragged_on_the_drawing() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=proxy-chain&lang=en&playground=1")?;
    browser.wait_for(".site.is-host")?;
    let chosen = "return document.querySelector('#playground-part').selectedOptions[0].textContent";
    let name = |host: usize| -> Result<String> {
        let name = format!("return {HOSTS}.split(', ')[{host}]");
        Ok(browser.eval(&name)?.as_str().context("no such host")?.to_owned())
    };
    let (one, other) = (name(1)?, name(2)?);
    ensure!(one != other, "two proxies of one kind");
    drag(&visit, &[head_of(&visit, 1)?])?;
    browser.wait_for(".site.is-host.is-edited")?;
    ensure!(browser.eval(chosen)? == json!(one), "another one is edited: {}", browser.eval(chosen)?);
    let (from, to) = (head_of(&visit, 1)?, head_of(&visit, 2)?);
    drag(&visit, &[from, ((from.0 + to.0) / 2.0, from.1 + 20.0), to])?;
    browser.wait_until("return document.querySelectorAll('.site.is-host')[2].matches('.is-edited')")?;
    let kind = |name: &str| name.replace([' ', '2', '\u{a0}'], "");
    ensure!(kind(&name(2)?) == kind(&one), "{} stands there, not {one}", name(2)?);
    // A link beside its connections.
    let link = "[data-place][aria-label^='Link between Client and']";
    browser.eval(&format!("document.querySelector({link:?}).focus()"))?;
    browser.press("Enter")?;
    browser.wait_for(&format!("{link}.is-edited"))?;
    browser.wait_for("[data-field='/links/0/delay_us']")?;
    visit.expect_no_errors()
}

/// The third segment is lost from the ladder, and from then on everything stays where it is.
#[test]
fn a_segment_is_lost_and_the_list_takes_it_back() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1&step=3")?;
    browser.wait_for("#tab-packets")?;
    browser.click("#tab-packets")?;
    browser.wait_for(".packets tbody tr:nth-child(3) button")?;
    browser.click(".packets tbody tr:nth-child(3) button")?;
    browser.wait_for(".inspector-region .breaking .button")?;
    let time = browser.text("output.now")?;
    browser.click(".inspector-region .breaking .button:first-of-type")?;
    browser.wait_for(".done-list .chips li")?;
    ensure!(browser.count(".inspector-region")? == 1, "the details have closed");
    ensure!(browser.text("output.now")? == time, "the cursor has moved");
    browser.click(".done-list .chips li button[aria-label]")?;
    browser.wait_until("return !document.querySelector('.done-list')")?;
    visit.expect_no_errors()
}
