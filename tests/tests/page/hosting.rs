//! Servers, networks and browsers that do not give the page everything: it says why in the user's language, and "try again"
//! works as soon as the cause is gone.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use playground_tests::{Browser, Findings, Scheme, Site, paths};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A copy of the built page that can be damaged.
pub struct Copy(TempDir);

impl Copy {
    pub fn new() -> Result<Self> {
        let copy = Self(tempfile::tempdir()?);
        for entry in fs::read_dir(paths::dist()?)? {
            let file = entry?.path();
            if file.is_file() {
                fs::copy(&file, copy.0.path().join(file.file_name().context("a file has a name")?))?;
            }
        }
        Ok(copy)
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn serve(&self) -> Result<Site> {
        Site::serve(self.folder().to_path_buf(), "/")
    }

    /// The files whose names begin and end like this.
    pub fn files(&self, begin: &str, end: &str) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.folder())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(begin) && name.ends_with(end) {
                files.push(entry.path());
            }
        }
        ensure!(!files.is_empty(), "the page has no file {begin}…{end}");
        Ok(files)
    }

    pub fn remove(&self, begin: &str, end: &str) -> Result<()> {
        self.files(begin, end)?.iter().try_for_each(fs::remove_file).map_err(Into::into)
    }

    /// Publishes another version: the same files with other fingerprints, of which the page names the new ones.
    pub fn update(&self) -> Result<()> {
        let index = self.folder().join("index.html");
        let mut page = fs::read_to_string(&index)?;
        for entry in fs::read_dir(self.folder())? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let Some(at) = name.rfind('-').filter(|_| page.contains(&name)) else { continue };
            let fresh = format!("{}-0000{}", &name[..at], &name[at + 5..]);
            fs::rename(self.folder().join(&name), self.folder().join(&fresh))?;
            page = page.replace(&name, &fresh);
        }
        Ok(fs::write(index, page)?)
    }
}

/// What the page says of each cause, in a language.
struct Words {
    language: &'static str,
    again: &'static str,
    causes: [(&'static str, &'static str); 4],
}

const WORDS: [Words; 2] = [
    Words {
        language: "en",
        again: "Try again",
        causes: [
            ("network", "has not been loaded"),
            ("file", "does not run from a file"),
            ("wasm", "no WebAssembly"),
            ("policy", "Content-Security-Policy"),
        ],
    },
    Words {
        language: "ko",
        again: "다시 시도",
        causes: [
            ("network", "불러오지 못했습니다"),
            ("file", "파일로 열면"),
            ("wasm", "WebAssembly를 쓸 수 없습니다"),
            ("policy", "Content-Security-Policy"),
        ],
    },
];

/// What the page says in place of a lesson.
const SAID: &str = "const failed = document.querySelector('.failed');
    return failed?.checkVisibility({ visibilityProperty: true }) ? failed.innerText : ''";

/// Opens an address in both languages, and fails unless the page says why it cannot be loaded.
fn says(browser: &Browser, address: &str, why: &str) -> Result<()> {
    for Words { language, again, causes } in WORDS {
        browser.goto("about:blank")?;
        browser.goto(&format!("{address}?v=1&lesson=reset&step=2&lang={language}"))?;
        browser.wait_until(&format!("{SAID} !== ''")).context("the skeleton stays without a word")?;
        let said = browser.eval(SAID)?;
        let said = said.as_str().unwrap_or_default();
        let sentence = causes.iter().find(|(name, _)| *name == why).context("no such cause")?.1;
        ensure!(said.contains(sentence), "{language}, {why}: the page says {said:?}");
        ensure!(said.contains(again), "{language}: no way to try again in {said:?}");
        let other = WORDS.iter().find(|other| other.language != language).context("two languages")?;
        ensure!(!said.contains(other.again), "both languages at once: {said:?}");
    }
    Ok(())
}

#[test]
fn a_page_that_cannot_be_loaded_says_so() -> Result<()> {
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    let mut findings = Findings::default();
    type Damage = fn(&Copy) -> Result<()>;
    let damages: [(&str, Damage); 6] = [
        ("the program is not there", |copy| copy.remove("playground-web-", ".wasm")),
        ("its bindings are not there", |copy| copy.remove("playground-web-", ".js")),
        ("the script that starts it is not there", |copy| copy.remove("start-", ".js")),
        ("there are no words", |copy| copy.remove("words-", ".json")),
        ("the program is cut off", |copy| cut(&copy.files("playground-web-", ".wasm")?[0])),
        ("the script that starts it is cut off", |copy| cut(&copy.files("start-", ".js")?[0])),
    ];
    for (name, damage) in damages {
        findings.case(name, || {
            let copy = Copy::new()?;
            damage(&copy)?;
            says(&browser, &copy.serve()?.url("/"), "network")
        });
    }
    findings.case("no program may run", || {
        says(&browser, &Site::open_with("script-src 'self'; style-src 'self'")?.url("/"), "policy")
    });
    findings.case("nothing may be fetched", || {
        let policy = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'none'";
        says(&browser, &Site::open_with(policy)?.url("/"), "policy")
    });
    findings.case("a file", || {
        says(&browser, &format!("file://{}", paths::dist()?.join("index.html").display()), "file")
    });
    findings.case("no WebAssembly", || {
        let without = json!({ "source": "delete window.WebAssembly" });
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", without)?;
        says(&browser, &Site::open()?.url("/"), "wasm")
    });
    findings.report()
}

/// Leaves the first half of a file.
fn cut(file: &Path) -> Result<()> {
    let octets = fs::read(file)?;
    Ok(fs::write(file, &octets[..octets.len() / 2])?)
}

/// Without any script the style sheet shows the sentence after a while, in both languages.
#[test]
fn without_any_script_the_sentence_comes_by_itself() -> Result<()> {
    let (site, browser) = (Site::open_with("script-src 'none'")?, Browser::open()?);
    browser.goto(&site.url("/?lang=ko"))?;
    ensure!(browser.eval(SAID)? == "", "the sentence stands there from the start");
    browser.eval("document.querySelector('.failed').getAnimations().forEach((it) => it.finish())")?;
    let said = browser.eval(SAID)?;
    let said = said.as_str().unwrap_or_default();
    for Words { again, .. } in WORDS {
        ensure!(said.contains(again), "no {again:?} in {said:?}");
    }
    Ok(())
}

#[test]
fn try_again_works_as_soon_as_the_program_is_there() -> Result<()> {
    let copy = Copy::new()?;
    let (site, browser) = (copy.serve()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    let program = copy.files("playground-web-", ".wasm")?.remove(0);
    let aside = program.with_extension("aside");
    fs::rename(&program, &aside)?;
    browser.goto(&site.url("/?v=1&lesson=reset&step=3&lang=en#kept"))?;
    browser.wait_until(&format!("{SAID} !== ''"))?;
    browser.click(".try-again[lang=en]")?;
    browser.wait_until(&format!("{SAID} !== ''")).context("the program is still not there")?;
    fs::rename(&aside, &program)?;
    browser.click(".try-again[lang=en]")?;
    browser.wait_for_page().context("the program is there, and the page does not come")?;
    ensure!(browser.eval(SAID)? == "", "the sentence stays beside the page");
    let step = browser.text(".telling .eyebrow")?;
    ensure!(step.contains("3 /"), "another step than the link's: {step}");
    let behind =
        browser.eval("return performance.getEntriesByType('navigation')[0].name.endsWith('#kept')")?;
    ensure!(behind == true, "what stood behind the # is lost");
    Ok(())
}

/// The site is updated while a page of it is open, and the old files are gone: what the open page still needs comes with
/// the new page.
#[test]
fn a_page_goes_on_when_the_site_is_updated_under_it() -> Result<()> {
    let copy = Copy::new()?;
    let (site, browser) = (copy.serve()?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/?v=1&lesson=dumb-proxy&step=4&lang=en"))?;
    browser.wait_for_page()?;
    copy.update()?;
    browser.eval("document.querySelector('input[name=language]:not(:checked)').click()")?;
    browser.wait_until("return document.querySelector('.telling h2:lang(ko)') !== null && document.documentElement.lang === 'ko'")
        .context("the other language's words are gone, and the page is not loaded anew")?;
    ensure!(browser.text(".telling .eyebrow")?.contains("4 /"), "the step is lost");
    ensure!(browser.count(".notices li")? == 0, "the page complains");
    let names = browser.eval(
        "return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.wasm'))",
    )?;
    let is_new = |name: &Value| name.as_str().is_some_and(|name| name.contains("-0000"));
    ensure!(
        names.as_array().is_some_and(|names| names.iter().all(is_new)),
        "the program is the old one: {names}"
    );
    Ok(())
}

/// From a stick, without a server: every step of a lesson, in both languages.
#[test]
fn the_copy_in_one_file_opens_from_a_disk() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("lesson.html");
    fs::copy(paths::dist()?.join("socket-playground.html"), &file)
        .context("`cargo xtask build` makes the copy")?;
    let browser = Browser::open()?;
    browser.set_preferences(Scheme::Light, true)?;
    let lesson = playground_lessons::find("dumb-proxy").context("the lesson")?;
    browser.goto(&format!("file://{}?v=2&lesson={}&lang=ko", file.display(), lesson.id))?;
    browser.wait_for_page()?;
    let tells = |step: usize| {
        browser.wait_until(&format!(
            "return / {step} \\//.test(' ' + document.querySelector('.telling .eyebrow')?.textContent.replace(/.*· /, ''))"
        ))
    };
    for step in 1..=lesson.steps.len() {
        tells(step).with_context(|| format!("step {step} from a file"))?;
        // One of the digits answers what the step may ask.
        browser.press_all(&["1", "2", "3", "4", "ArrowRight"])?;
    }
    browser.eval("document.querySelector('input[name=language]:not(:checked)').click()")?;
    browser.wait_until("return document.documentElement.lang === 'en'").context("the other language")?;
    ensure!(browser.count(".notices li")? == 0, "the page complains");
    browser.click(".open-keyboard")?;
    browser.wait_for("dialog[open]")?;
    let said = browser.text("dialog[open]")?;
    ensure!(said.contains("one file"), "the copy does not say what it is: {said:?}");
    let asked = browser.eval(
        "return performance.getEntriesByType('resource').map(({ name }) => name.slice(0, 60)).filter((name) => !name.startsWith('data:'))",
    )?;
    ensure!(asked == json!([]), "the copy is not whole: {asked}");
    let errors = browser.console_errors()?;
    ensure!(errors.is_empty(), "errors on the console: {errors:#?}");
    Ok(())
}

/// What previews of links read leads whoever opens it on to the lesson, in any folder of a server.
#[test]
fn a_preview_page_leads_on_to_its_lesson() -> Result<()> {
    let (site, browser) = (Site::open_under("/socket-playground/")?, Browser::open()?);
    browser.set_preferences(Scheme::Light, true)?;
    browser.goto(&site.url("/lessons/dumb-proxy.ko.html"))?;
    browser.wait_for_page()?;
    ensure!(browser.eval("return document.documentElement.lang")? == "ko", "in another language");
    ensure!(
        browser.url()?.starts_with(&site.url("/?v=2&lesson=dumb-proxy")),
        "elsewhere: {}",
        browser.url()?
    );
    let read = "const answer = await fetch(NAME); return answer.ok ? await answer.text() : ''";
    let fetch = |name: &str| -> Result<String> {
        let text = browser.eval_async(&read.replace("NAME", &Value::from(name).to_string()))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    };
    let catalogue: Value = serde_json::from_str(&fetch("lessons.json")?).context("no catalogue")?;
    let lessons = catalogue["lessons"].as_array().context("no lessons")?;
    ensure!(lessons.len() == playground_lessons::all().len(), "{} lessons", lessons.len());
    for lesson in lessons {
        for language in ["ko", "en"] {
            let name = format!("lessons/{}.{language}", lesson["id"].as_str().unwrap_or_default());
            let page = fetch(&format!("{name}.html"))?;
            let title = lesson["title"][language].as_str().unwrap_or_default();
            ensure!(!title.is_empty() && page.contains(title), "{name}: no title {title:?}");
            ensure!(page.contains("og:image") && page.contains(".png\""), "{name}: no picture");
        }
    }
    let size = browser.eval_async(
        "const picture = new Image(); picture.src = 'lessons/dumb-proxy.ko.png'; await picture.decode();
         return [picture.naturalWidth, picture.naturalHeight]",
    )?;
    ensure!(size == json!([1200, 630]), "the picture is {size}");
    Ok(())
}
