//! The page as the tests see it: which step it tells, its picture, its errors.

use std::sync::atomic::Ordering;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Scheme;
use crate::engine::Engine;
use crate::visit::World;

/// Functions for the scripts below, as `look`; see the file.
pub const LOOK: &str = include_str!("page.js");

/// What the page tells at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The step's number, from 1.
    pub step: usize,
    /// How many steps the lesson has.
    pub steps: usize,
    /// The caption.
    pub title: String,
    /// Whether the page says that the step does not happen.
    pub absent: bool,
    /// The paragraphs below the caption; empty in an embedded view.
    pub body: String,
    /// The language that the document says it is in.
    pub language: String,
    /// A place of a text, anywhere on the page, that nothing was filled into.
    pub unfilled: Option<String>,
}

impl World {
    /// Opens the page with a query and waits until it is drawn.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn open(&self, query: &str) -> Result<()> {
        self.open_address(&self.site.url(&format!("/?{query}")))
    }

    /// Sets the system's theme, without motion, for a look at colours. Where the theme changes the page is loaded anew:
    /// Chromium may keep inherited colours of the theme before until an element is styled again.
    ///
    /// # Errors
    /// When the browser refuses, or the page does not come up.
    pub fn set_theme(&self, scheme: Scheme) -> Result<()> {
        let is_dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
        let was_dark = self.browser.eval(is_dark)?;
        self.browser.set_preferences(scheme, true)?;
        if was_dark != self.browser.eval(is_dark)? {
            self.open("v=1")?;
        }
        Ok(())
    }

    /// Opens a full address of the page and waits until it is drawn.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn open_address(&self, address: &str) -> Result<()> {
        self.browser.goto(address)?;
        if self.browser.engine() != Engine::Chromium {
            // Nothing in the WebDriver standard adds a script before the page's own.
            self.browser.eval(LOOK)?;
        }
        let shown = self.browser.wait_until("return look.isThere()");
        shown.with_context(|| format!("nothing is shown at {}", short(address)))?;
        if self.undrawn.load(Ordering::Relaxed) {
            self.browser.eval("look.leaveUndrawn()")?;
        }
        Ok(())
    }

    /// Leaves out the drawing of what is opened from now on, for a test of sizes and words: drawing is a quarter of what
    /// a step costs.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn leave_undrawn(&self) -> Result<()> {
        self.undrawn.store(true, Ordering::Relaxed);
        self.browser.eval("look.leaveUndrawn()").map(drop)
    }

    /// Opens a link in the page that is there; where none is there yet, it is loaded.
    ///
    /// The page opens it by what it opens any address with, but for what it notices about a link: a test about loading or
    /// about notices uses [`World::open`], all others are many times cheaper this way.
    ///
    /// # Errors
    /// When the page does not come up.
    pub fn follow(&self, query: &str) -> Result<()> {
        self.follow_address(&self.site.url(&format!("/?{query}")))
    }

    /// Opens a full address in the page that is there; where none is there yet, it is loaded.
    ///
    /// # Errors
    /// When the page does not come up.
    pub fn follow_address(&self, address: &str) -> Result<()> {
        let followed =
            self.browser.eval_async(&format!("return await look.follow({})", Value::from(address)))?;
        if followed == true { Ok(()) } else { self.open_address(address) }
    }

    /// What the page tells.
    ///
    /// # Errors
    /// When it tells nothing.
    pub fn told(&self) -> Result<Told> {
        let told = self.browser.eval("return look.told()")?;
        let number = |name: &str| told[name].as_u64().and_then(|number| usize::try_from(number).ok());
        let words = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        Ok(Told {
            step: number("step").context("the page tells no step")?,
            steps: number("steps").context("the page tells no step")?,
            title: words("title"),
            absent: told["absent"] == true,
            body: words("body"),
            language: words("language"),
            unfilled: told["unfilled"].as_str().map(str::to_owned),
        })
    }

    /// Waits until the page tells this step.
    ///
    /// # Errors
    /// When it does not; the error says which it tells.
    pub fn wait_for_step(&self, step: usize) -> Result<()> {
        let waited = self.browser.wait_until(&format!("return look.count().step === {step}"));
        waited.with_context(|| match self.told() {
            Ok(told) => format!("the page tells step {} of {}, not {step}", told.step, told.steps),
            Err(error) => format!("the page does not tell step {step}: {error:#}"),
        })
    }

    /// Waits until the page tells the step of this caption.
    ///
    /// # Errors
    /// When it does not; the error says which it tells.
    pub fn wait_for_title(&self, title: &str) -> Result<()> {
        let waited = self.browser.wait_until(&format!("return look.title() === {}", Value::from(title)));
        waited.with_context(|| format!("told is {:?}, not {title:?}", self.told()))
    }

    /// Waits until a parameter of the address has this value, or until it has none.
    ///
    /// # Errors
    /// When it does not come to that.
    pub fn wait_for_parameter(&self, name: &str, value: Option<&str>) -> Result<()> {
        let (name, value) = (Value::from(name), value.map_or(Value::Null, Value::from));
        let waited = self
            .browser
            .wait_until(&format!("return new URLSearchParams(location.search).get({name}) === {value}"));
        waited.with_context(|| format!("the address does not say {name}={value}: {:?}", self.browser.url()))
    }

    /// The picture of a slide, or the page's with the strip above it, at rest, as a text that is the same for the same
    /// picture.
    ///
    /// # Errors
    /// When the page shows none.
    pub fn picture(&self) -> Result<String> {
        let picture = self.browser.eval_async("return await look.picture()")?;
        let picture = picture.as_str().unwrap_or_default().to_owned();
        ensure!(!picture.is_empty(), "the page shows no picture");
        Ok(picture)
    }

    /// Fails when anything went wrong on the console since the last time.
    ///
    /// # Errors
    /// When there are errors; they are named.
    pub fn expect_no_errors(&self) -> Result<()> {
        let errors = self.browser.console_errors()?;
        ensure!(errors.is_empty(), "errors on the console: {errors:#?}");
        Ok(())
    }
}

/// The beginning of a text that may be very long.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(200).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
