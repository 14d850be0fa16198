//! The element `<socket-lesson>` of `deck.js`, in a page that scrolls.

use std::fs;

use anyhow::{Context, Result, ensure};
use playground_tests::{Site, Visit};
use serde_json::json;

const PAGE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Notes</title>
    <link rel="icon" href="data:," />
    <script type="module" src="http://127.0.0.1:8080/deck.js"></script>
  </head>
  <body>
    <socket-lesson lesson="dumb-proxy" step="5" lang="ko" theme="dark">
      <a href="http://127.0.0.1:8080/?v=1&lesson=dumb-proxy&step=5">The dumb proxy</a>
    </socket-lesson>
    <p style="height: 9000px">Far below</p>
    <socket-lesson id="far" lesson="reset"></socket-lesson>
  </body>
</html>"#;

#[test]
fn the_element_is_steered_by_attributes_and_methods_and_tells_by_events() -> Result<()> {
    let visit = Visit::begin()?;
    let folder = tempfile::tempdir()?;
    fs::write(
        folder.path().join("index.html"),
        PAGE.replace("http://127.0.0.1:8080/", &visit.site.url("/")),
    )?;
    let site = Site::serve(folder.path().to_path_buf(), "/")?;
    let browser = &visit.browser;
    browser.goto(&site.url("/"))?;
    browser.wait_until("return customElements.get('socket-lesson')")?;
    // Without the script the link would be there; with it the lesson is.
    let links = browser
        .eval("return [...document.querySelectorAll('a')].filter((one) => one.checkVisibility()).length")?;
    ensure!(links == 0, "{links} links are shown beside the lessons");
    browser.eval(
        "window.lesson = document.querySelector('socket-lesson');
         window.heard = [];
         for (const name of ['ready', 'statechange', 'exhausted'])
             document.addEventListener(name, ({ type, detail, target }) => heard.push([type, detail.step, detail.direction ?? '', target === lesson]))",
    )?;
    browser.wait_until("return lesson.state !== null").context("the lesson is not ready")?;
    let state =
        browser.eval("return [lesson.state.step, lesson.state.lang, lesson.state.theme, lesson.step]")?;
    ensure!(state == json!([5, "ko", "dark", 5]), "it begins at {state}");
    let steps = browser.eval_async("return (await lesson.describe()).story.length")?;
    let last = steps.as_u64().context("no steps")?;
    // Methods.
    let seen = browser.eval_async(
        "const seen = [];
         seen.push((await lesson.goto(2)).step, lesson.getAttribute('step'));
         seen.push((await lesson.prev()).step, lesson.step);
         const before = await lesson.prev();
         seen.push(before.event, before.direction);
         lesson.step = 7;
         await lesson.describe();
         seen.push(lesson.state.step);
         lesson.setAttribute('lang', 'en');
         await lesson.describe();
         seen.push(lesson.state.lang);
         await lesson.set({ knobs: { proxy: 'smart' } });
         seen.push((await lesson.describe()).knobs.proxy);
         seen.push(await lesson.set({ knobs: { proxy: 'clever' } }).catch((error) => error.message.length > 10));
         return seen;",
    )?;
    let expected = json!([2, "2", 1, 1, "exhausted", "prev", 7, "en", "smart", true]);
    ensure!(seen == expected, "{seen}");
    // Events reach the page.
    browser.eval_async(&format!("await lesson.goto({last}); await lesson.next()"))?;
    let exhausted = browser.eval("return heard.filter(([type]) => type === 'exhausted')")?;
    ensure!(
        exhausted.as_array().is_some_and(|all| all.iter().any(|one| one[2] == "next" && one[3] == true)),
        "{exhausted}"
    );
    // The page scrolls: its keys stay its own.
    let keys = browser.eval(
        "const event = new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true });
         return document.body.dispatchEvent(event)",
    )?;
    ensure!(keys == true, "a key of the page was taken");
    // Far below nothing is loaded yet.
    ensure!(
        browser.eval("return document.querySelector('#far').state")?.is_null(),
        "what is far away is loaded"
    );
    browser.eval("document.querySelector('#far').scrollIntoView()")?;
    browser
        .wait_until("return document.querySelector('#far').state !== null")
        .context("what came near is not loaded")?;
    // Taken out of the page, it says so.
    let refused = browser.eval_async(
        "lesson.remove(); return await lesson.next().catch((error) => error.message.length > 10)",
    )?;
    ensure!(refused == true, "a removed lesson answers {refused}");
    visit.expect_no_errors()
}
