//! Real decks: the session of `decks/` in the programs for slides that people use, from npm.

pub mod marp;
pub mod reveal;
mod slidev;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use playground_lessons::KnobValues;
use playground_tests::{Site, Visit, paths};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The address of the lessons in the decks as they are in the repository.
const SITE: &str = "http://127.0.0.1:8080/";
/// The session's slides: the lesson on each, or none.
const SLIDES: [Option<&str>; 8] = [
    None,
    Some("persistent"),
    None,
    Some("keep-alive"),
    Some("dumb-proxy"),
    None,
    Some("http11-persistent"),
    None,
];

/// A deck in the browser, on a server of its own.
struct Deck {
    visit: Visit,
    site: Site,
    folder: TempDir,
}

/// The folder of a deck with what npm installed for it.
fn installed(deck: &str) -> Result<PathBuf> {
    let decks =
        std::env::var_os("PLAYGROUND_DECKS").map_or_else(|| paths::repository().join("decks"), PathBuf::from);
    let modules = decks.join(deck).join("node_modules");
    if !modules.is_dir() {
        bail!("{} is missing: run `cargo xtask test`, which installs it", modules.display());
    }
    Ok(modules)
}

/// Makes a folder appear in another place.
fn link(folder: &Path, place: &Path) -> Result<()> {
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder, place)?;
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(folder, place)?;
    Ok(())
}

impl Deck {
    /// Serves the files of a deck, which name the lessons of this visit's site.
    fn serve(files: &[(&str, String)], modules: Option<PathBuf>) -> Result<Self> {
        let visit = Visit::begin()?;
        visit.browser.set_preferences(playground_tests::Scheme::Light, true)?;
        let folder = tempfile::tempdir()?;
        // What browsers look for, and Marp's decks do not name.
        fs::write(folder.path().join("favicon.ico"), "")?;
        for (name, text) in files {
            fs::write(folder.path().join(name), text.replace(SITE, &visit.site.url("/")))?;
        }
        if let Some(modules) = modules {
            link(&modules, &folder.path().join("node_modules"))?;
        }
        let site = Site::serve(folder.path().to_path_buf(), "/")?;
        Ok(Self { visit, site, folder })
    }

    /// Opens a page of the deck.
    fn open(&self, path: &str) -> Result<()> {
        self.visit.browser.goto(&self.site.url(path))
    }

    /// Opens a page of the deck under another site's name than the lessons'. The browser is then told of less motion in
    /// the deck only.
    fn open_elsewhere(&self, path: &str) -> Result<()> {
        self.visit.browser.goto(&self.site.url(path).replace("127.0.0.1", "localhost"))
    }

    /// Waits until a script gives a value.
    fn wait(&self, script: &str, expected: &Value) -> Result<()> {
        let condition = format!("return JSON.stringify({script}) === {:?}", expected.to_string());
        let waited = self.visit.browser.wait_until(&condition);
        waited.with_context(|| {
            let is = self.visit.browser.eval(&format!("return {script}"));
            format!("{script} is {is:?}, not {expected}")
        })
    }
}

/// Every place of a session: the slide from 0 and the step of its lesson, 0 where it has none.
fn places() -> Result<Vec<(usize, usize)>> {
    let mut places = Vec::new();
    for (slide, lesson) in SLIDES.iter().enumerate() {
        match lesson {
            None => places.push((slide, 0)),
            Some(id) => places.extend((1..=steps_of(id)?).map(|step| (slide, step))),
        }
    }
    Ok(places)
}

/// What the dialog "Into slides" writes for a lesson, by the name of the deck in it.
fn dialog_code(visit: &Visit, lesson: &str, deck: &str) -> Result<String> {
    let browser = &visit.browser;
    visit.open(&format!("v=2&lesson={lesson}&lang=en"))?;
    browser.click(".open-share")?;
    browser.wait_for("dialog.share[open]")?;
    let chosen = format!(
        "const label = [...document.querySelectorAll('dialog.share .choice')].find((it) => it.textContent.trim() === {deck:?});"
    );
    browser.eval(&format!("{chosen} label.querySelector('input').click()"))?;
    browser.wait_until(&format!("{chosen} return label.querySelector('input').checked"))?;
    browser.settle()?;
    let code = browser.eval("return document.querySelector('#share-code').value")?;
    code.as_str().map(str::to_owned).filter(|code| !code.is_empty()).context("the dialog writes nothing")
}

/// How many steps a lesson tells.
fn steps_of(lesson: &str) -> Result<usize> {
    let lesson = playground_lessons::find(lesson).context("no such lesson")?;
    Ok(lesson.run(&KnobValues::defaults(lesson))?.steps.len())
}

/// The way from the slide before a lesson, which is on the second of three, to the one behind it.
fn walk_of(lesson: &str) -> Result<Vec<(usize, usize)>> {
    Ok((1..=steps_of(lesson)?).map(|step| (1, step)).chain([(2, 0)]).collect())
}

/// A place as the scripts write it, with whether the lesson has the focus.
fn place((slide, step): (usize, usize)) -> Value {
    json!([slide, step, step > 0])
}
