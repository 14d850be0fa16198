//! A capture is opened in the playground: shown as a run is, said to be one, and taken back.

use anyhow::{Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use playground_tests::{Axe, Scheme, Visit};

/// The hang of a dumb proxy on Linux, on loopback.
const HANG: &[u8] =
    include_bytes!("../../../crates/capture/tests/data/dumb-connection-keepalive-hang.pcapng");

/// Puts a file into the field, or drops it on the page.
fn give(visit: &Visit, name: &str, octets: &[u8], drops: bool) -> Result<()> {
    let octets = BASE64_STANDARD.encode(octets);
    let then = match drops {
        true => "window.dispatchEvent(new DragEvent('drop', { dataTransfer: files, cancelable: true }))",
        false => {
            "const field = document.querySelector('#open-capture'); field.files = files.files;
             field.dispatchEvent(new Event('change', { bubbles: true }))"
        }
    };
    visit.browser.eval(&format!(
        "const octets = Uint8Array.from(atob({octets:?}), (it) => it.charCodeAt(0));
         const files = new DataTransfer(); files.items.add(new File([octets], {name:?})); {then}"
    ))?;
    Ok(())
}

/// Fails when axe-core finds something.
fn look(visit: &Visit, axe: &Axe, what: &str) -> Result<()> {
    let found = axe.look(visit)?;
    let told: Vec<_> = found.iter().map(|one| format!("{}: {}", one.rule, one.html)).collect();
    ensure!(told.is_empty(), "{what}: {}", told.join("\n"));
    Ok(())
}

#[test]
fn a_capture_is_shown_and_taken_back() -> Result<()> {
    let visit = Visit::begin()?;
    let axe = Axe::load()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    browser.wait_for("#open-capture")?;
    // What cannot be opened is told, and nothing changes.
    give(&visit, "notes.pcap", b"GET / HTTP/1.1", false)?;
    browser.wait_until("return document.querySelector('.capture-status')?.textContent.startsWith('notes.pcap: This is not a pcap or pcapng file.')")?;
    ensure!(browser.count("#add-host")? == 1, "the run is gone");
    look(&visit, &axe, "a file that is no capture")?;

    give(&visit, "hang.pcapng", HANG, false)?;
    browser.wait_until("return document.querySelector('.capture-name')?.textContent === 'hang.pcapng'")?;
    ensure!(
        browser.text(".capture")?.contains("20 of 20 packets are shown."),
        "{}",
        browser.text(".capture")?
    );
    ensure!(browser.count("#add-host")? == 0 && browser.count("#tab-console")? == 0, "it can be changed");
    look(&visit, &axe, "the stage")?;
    // By keyboard through the views.
    browser.eval("document.querySelector('[role=tab][aria-selected=true]').focus()")?;
    for _ in 0..2 {
        browser.press("ArrowRight")?;
    }
    browser.press("Enter")?;
    browser.wait_until("return document.querySelectorAll('[role=tab][aria-selected=true]').length === 1")?;
    for tab in ["ladder", "packets", "headers", "state", "sockets", "graphs"] {
        browser.eval(&format!("document.querySelector('#tab-{tab}').click()"))?;
        browser.wait_until(&format!("return document.querySelector('.hero-region.is-{tab}') !== null"))?;
        look(&visit, &axe, tab)?;
    }
    browser.eval("document.querySelector('#tab-packets').click()")?;
    browser.wait_until("return document.querySelector('.packets')?.textContent.includes('GET /f')")?;

    // It is taken back as any change is, and made again.
    browser.press("Control+z")?;
    browser.wait_for("#add-host")?;
    browser.press("Control+Shift+z")?;
    browser.wait_for(".capture-name")?;
    browser.eval("document.querySelector('.capture .buttons button').focus()")?;
    browser.press("Enter")?;
    browser.wait_for("#add-host")?;
    visit.expect_no_errors()
}

#[test]
fn a_capture_is_dropped_on_the_page_in_korean() -> Result<()> {
    let visit = Visit::begin()?;
    let axe = Axe::load()?;
    let browser = &visit.browser;
    visit.set_theme(Scheme::Dark)?;
    visit.open("v=2&lesson=dumb-proxy&lang=ko&playground=1")?;
    browser.wait_for("#open-capture")?;
    // A file that breaks off is shown as far as it is whole.
    give(&visit, "hang.pcapng", &HANG[..HANG.len() - 9], true)?;
    browser.wait_for(".capture-name")?;
    let told = browser.text(".capture")?;
    ensure!(told.contains("패킷 19개 중 19개를 보여 줍니다."), "{told}");
    ensure!(told.contains("번째 바이트에서 끊겨 있습니다."), "{told}");
    look(&visit, &axe, "in Korean")?;
    // The lesson tells of its own run.
    browser.eval("document.querySelector('.capture > .quiet').click()")?;
    browser.wait_until(
        "return document.querySelector('.capture') === null && document.querySelector('.story') !== null",
    )?;
    visit.expect_no_errors()
}

/// A pipelining nginx on Linux, on loopback.
const PIPELINE: &[u8] = include_bytes!("../../../crates/capture/tests/data/pipeline-3-nginx.pcapng");

#[test]
fn a_capture_is_run_in_the_model_beside_itself() -> Result<()> {
    let visit = Visit::begin()?;
    let axe = Axe::load()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=dumb-proxy&lang=en&playground=1")?;
    browser.wait_for("#open-capture")?;
    // The hang has no whole answer: the reason is told, and there is no button.
    give(&visit, "hang.pcapng", HANG, false)?;
    browser.wait_for("#run-refused")?;
    ensure!(browser.count("#run-captured")? == 0, "it can be run");
    give(&visit, "pipeline.pcapng", PIPELINE, true)?;
    browser.wait_for("#run-captured")?;
    look(&visit, &axe, "the capture")?;
    browser.eval("document.querySelector('#run-captured').focus()")?;
    browser.press("Enter")?;
    browser.wait_for(".compare-table")?;
    let names = browser.text(".pane.is-a h3")? + &browser.text(".pane.is-b h3")?;
    ensure!(names.contains("capture") && names.contains("current"), "{names}");
    ensure!(
        browser.text(".compare-table")?.contains("A is the capture"),
        "{}",
        browser.text(".compare-table")?
    );
    // From the beginning, in both.
    for pane in [".pane.is-a", ".pane.is-b"] {
        let text = browser.text(pane)?;
        ensure!(text.contains("GET /"), "{pane}: {text}");
    }
    look(&visit, &axe, "both")?;
    visit.expect_no_errors()
}

/// The hang of a dumb proxy on real sockets.
const RECORDING: &[u8] = include_bytes!("../../fuzz/corpus/recording/dumb-proxy.json");

#[test]
fn a_recording_of_real_sockets_is_opened_and_simulated() -> Result<()> {
    let visit = Visit::begin()?;
    let axe = Axe::load()?;
    let browser = &visit.browser;
    visit.open("v=2&lesson=ping&lang=ko&playground=1")?;
    browser.wait_for("#open-capture")?;
    // What is wrong is told at its place, and nothing changes.
    let wrong = String::from_utf8(RECORDING.to_vec())?.replacen("\"node\": 2", "\"node\": 7", 1);
    drop_on_page(&visit, "wrong.json", wrong.as_bytes())?;
    browser.wait_until("return document.body.textContent.includes('entries[0].node')")?;
    ensure!(browser.count(".capture-name")? == 0, "it is opened");
    drop_on_page(&visit, "hang.json", RECORDING)?;
    browser.wait_until("return document.querySelector('.capture-name')?.textContent === 'hang.json'")?;
    ensure!(browser.text(".capture")?.contains("실제 소켓에서 커넥션 2개"), "{}", browser.text(".capture")?);
    for tab in ["stage", "ladder", "packets", "headers", "state", "sockets", "graphs"] {
        browser.eval(&format!("document.querySelector('#tab-{tab}').click()"))?;
        browser.wait_until(&format!("return document.querySelector('.hero-region.is-{tab}') !== null"))?;
        look(&visit, &axe, tab)?;
    }
    browser.eval("document.querySelector('#run-captured').click()")?;
    browser.wait_for(".compare-table")?;
    let text = browser.text(".pane.is-a")?;
    ensure!(text.contains("GET /a") && text.contains("ECONNRESET"), "{text}");
    look(&visit, &axe, "both")?;
    visit.expect_no_errors()
}

/// Drops a file of text on the page.
fn drop_on_page(visit: &Visit, name: &str, octets: &[u8]) -> Result<()> {
    let octets = BASE64_STANDARD.encode(octets);
    visit.browser.eval(&format!(
        "const octets = Uint8Array.from(atob({octets:?}), (it) => it.charCodeAt(0));
         const files = new DataTransfer(); files.items.add(new File([octets], {name:?}));
         document.querySelector('.page').dispatchEvent(new DragEvent('drop', {{ dataTransfer: files, cancelable: true, bubbles: true }}))"
    ))?;
    Ok(())
}
