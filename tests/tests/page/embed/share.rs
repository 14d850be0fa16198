//! What the dialog "Into slides" writes works when it is pasted.

use std::fs;

use anyhow::{Context, Result, ensure};
use playground_tests::{Findings, Site, Visit};

/// A lesson whose third step is a drawing.
const LESSON: &str = "four-tuple";

#[test]
fn what_the_dialog_writes_works_when_it_is_pasted() -> Result<()> {
    let visit = Visit::begin()?;
    let browser = &visit.browser;
    visit.open(&format!("v=1&lesson={LESSON}&step=3&lang=ko"))?;
    browser.click(".open-share")?;
    browser.wait_for("dialog.share[open]")?;
    ensure!(browser.count(".share-preview img")? == 1, "there is no preview");
    browser.wait_until("const image = document.querySelector('.share-preview img'); return image.complete && image.naturalWidth > 0")?;
    let mut codes = Vec::new();
    for index in 0..4 {
        browser.eval(&format!("document.querySelectorAll('input[name=share-target]')[{index}].click()"))?;
        browser.wait_until(&format!(
            "return document.querySelectorAll('input[name=share-target]')[{index}].checked"
        ))?;
        browser.settle()?;
        let code = browser.eval("return document.querySelector('#share-code').value")?;
        codes.push(code.as_str().context("no code")?.to_owned());
    }
    visit.expect_no_errors()?;
    let [reveal, slidev, marp, page] = codes.as_slice() else { unreachable!("four were asked for") };
    let mut findings = Findings::default();
    for code in &codes {
        findings.case(code, || {
            for part in ["lang=ko", "theme=light", "step=3", "embed=1"] {
                ensure!(code.contains(part), "it does not say {part}");
            }
            Ok(())
        });
    }
    findings.case("reveal.js", || {
        ensure!(reveal.contains("deck=reveal") && !reveal.contains("<script"), "{reveal}");
        Ok(())
    });
    findings.case("Slidev", || {
        let steps = playground_lessons::find(LESSON).context("no such lesson")?.steps.len();
        let is_whole =
            slidev.starts_with("<SocketLesson src=") && slidev.contains(&format!(":steps=\"{steps}\""));
        ensure!(is_whole, "{slidev}");
        ensure!(
            browser.eval_async("return (await fetch('./SocketLesson.vue')).ok")? == true,
            "the component is not there"
        );
        Ok(())
    });
    findings.case("Marp", || {
        ensure!(marp.contains("/deck.js\"></script>"), "{marp}");
        Ok(())
    });
    for (name, code) in [("reveal.js", reveal), ("a page", page)] {
        findings.case(&format!("pasted into {name}"), || {
            let folder = tempfile::tempdir()?;
            let html = format!("<!doctype html><meta charset=utf-8><title>Slides</title><link rel=icon href=data:,>{code}");
            fs::write(folder.path().join("index.html"), html)?;
            let site = Site::serve(folder.path().to_path_buf(), "/")?;
            browser.goto(&site.url("/"))?;
            browser.wait_until("return [...look.lessons.values()].some(({ step, lesson }) => step === 3 && lesson === 'four-tuple')")?;
            browser.in_frame("iframe", || {
                let seen = browser.eval("return [document.documentElement.lang, document.documentElement.dataset.theme]")?;
                ensure!(seen == serde_json::json!(["ko", "light"]), "the lesson is in {seen}");
                Ok(())
            })?;
            visit.expect_no_errors()
        });
    }
    // In a page that does not scroll the arrow keys walk the steps.
    findings.case("the next key in a page", || {
        browser.eval("document.body.tabIndex = -1; document.body.focus()")?;
        browser.wait_until(
            "return [...look.lessons.values()].some(({ socketPlayground }) => socketPlayground === 2)",
        )?;
        browser.press("ArrowRight")?;
        browser.wait_until("return [...look.lessons.values()].some(({ step }) => step === 4)")
    });
    findings.report()
}
