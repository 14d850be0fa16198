//! A real browser, headless, with one page open.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Driver;
use crate::engine::Engine;
use crate::keys::Press;
use crate::paths;
use crate::runtime::{block_on, runtime};
use crate::vendor::VendorCommand;

/// How long a condition may take to come true before a wait fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a page may take to load, and a script to answer.
const LIMIT: Duration = Duration::from_secs(30);

/// Below this width the page is shown as on a phone: with touch, and with the
/// page's own viewport settings.
const PHONE_WIDTH: u32 = 600;

/// The colour scheme that the person is taken to have chosen in their system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

/// One line of the browser's console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleMessage {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// The text, with the place it came from.
    pub text: String,
}

/// A headless browser of our own with its own profile folder, steered through
/// its own driver. All of it is gone when the value is dropped.
#[derive(Debug)]
pub struct Browser {
    // Taken in `drop`, which must end the session before the driver ends.
    client: Option<Client>,
    engine: Engine,
    // Fields are dropped in this order: the driver, then the profile it used.
    _driver: Driver,
    _profile: TempDir,
    /// What was set last.
    screen: Mutex<Value>,
}

impl Browser {
    /// Starts Chromium with a viewport of 1440 by 900.
    ///
    /// # Errors
    /// When chromedriver or Chromium cannot be started.
    pub fn open() -> Result<Self> {
        let browser = Self::open_in(Engine::Chromium)?;
        browser.set_viewport(1440, 900)?;
        Ok(browser)
    }

    /// Starts a browser. What goes beyond the WebDriver standard (screens, preferences, the console) is Chromium's only.
    ///
    /// # Errors
    /// When its driver or the browser cannot be started.
    pub fn open_in(engine: Engine) -> Result<Self> {
        let driver = Driver::start(engine)?;
        let profile = tempfile::Builder::new().prefix("playground-browser-").tempdir()?;
        let Value::Object(capabilities) = engine.capabilities(&profile.path().to_string_lossy()) else {
            unreachable!("capabilities are an object")
        };
        let client = block_on(
            ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&driver.url()),
        )
        .with_context(|| format!("the driver could not start {engine}"))?;
        let browser = Self {
            client: Some(client),
            engine,
            _driver: driver,
            _profile: profile,
            screen: Mutex::default(),
        };
        // A page that hangs is a failure, not a wait of minutes.
        let limits = TimeoutConfiguration::new(Some(LIMIT), Some(LIMIT), None);
        block_on(browser.client().update_timeouts(limits))?;
        Ok(browser)
    }

    /// Which browser it is.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Gives the window this size in CSS pixels, frame and bars of the browser included.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn set_window(&self, width: u32, height: u32) -> Result<()> {
        Ok(block_on(self.client().set_window_size(width, height))?)
    }

    /// Gives the page a viewport of exactly this many CSS pixels; a narrow one is a phone's.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        self.set_screen((width, height), 1, width < PHONE_WIDTH)
    }

    /// Gives the page a screen: its size in CSS pixels, how many device pixels each has, whether it is a phone's.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn set_screen(&self, (width, height): (u32, u32), scale: u32, phone: bool) -> Result<()> {
        // A window cannot be made as narrow as a phone; an emulated screen can.
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": phone });
        // The page is laid out many times over by that, also when nothing changes.
        let mut screen = self.screen.lock().unwrap_or_else(PoisonError::into_inner);
        if *screen == metrics {
            return Ok(());
        }
        *screen = metrics.clone();
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)?;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone, "maxTouchPoints": 5 }))?;
        Ok(())
    }

    /// Sets what the page learns of the person's system: colour scheme, and
    /// whether they asked for less motion.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn set_preferences(&self, scheme: Scheme, less_motion: bool) -> Result<()> {
        let scheme = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let motion = if less_motion { "reduce" } else { "no-preference" };
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "prefers-reduced-motion", "value": motion },
            ]}),
        )?;
        Ok(())
    }

    /// Sets the language that the browser reports: `"ko"`, `"en-US"`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn set_language(&self, language: &str) -> Result<()> {
        let agent = self.eval("return navigator.userAgent")?;
        self.cdp(
            "Emulation.setUserAgentOverride",
            json!({ "userAgent": agent, "acceptLanguage": language }),
        )?;
        Ok(())
    }

    /// Opens an address and waits for the page's `load` event.
    ///
    /// # Errors
    /// When the address cannot be reached.
    pub fn goto(&self, url: &str) -> Result<()> {
        block_on(self.client().goto(url)).with_context(|| format!("cannot open {url}"))
    }

    /// The address that is open now.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn url(&self) -> Result<String> {
        Ok(block_on(self.client().current_url())?.into())
    }

    /// Presses a key, by its `KeyboardEvent.key` name: `"ArrowRight"`, `"?"`, `"Shift+Tab"`.
    ///
    /// # Errors
    /// When the key is not known.
    pub fn press(&self, key: &str) -> Result<()> {
        self.press_all(&[key])
    }

    /// Presses keys one after the other, as fast as the browser takes them.
    ///
    /// # Errors
    /// When a key is not known.
    pub fn press_all<K: AsRef<str>>(&self, keys: &[K]) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            let press = Press::parse(key.as_ref())?;
            for &value in &press.held {
                actions = actions.then(KeyAction::Down { value });
            }
            actions =
                actions.then(KeyAction::Down { value: press.key }).then(KeyAction::Up { value: press.key });
            for &value in press.held.iter().rev() {
                actions = actions.then(KeyAction::Up { value });
            }
        }
        block_on(self.client().perform_actions(actions))?;
        Ok(())
    }

    /// Clicks the first element that matches a CSS selector, at its middle.
    ///
    /// # Errors
    /// When there is none, or something else covers it.
    pub fn click(&self, css: &str) -> Result<()> {
        block_on(async {
            let element = self.client().find(Locator::Css(css)).await?;
            element.click().await
        })
        .with_context(|| format!("cannot click {css}"))
    }

    /// Clicks into the field that matches a CSS selector and types `text`.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn type_into(&self, css: &str, text: &str) -> Result<()> {
        block_on(async {
            let element = self.client().find(Locator::Css(css)).await?;
            element.send_keys(text).await
        })
        .with_context(|| format!("cannot type into {css}"))
    }

    /// The text, as shown, of the first element that matches a CSS selector.
    ///
    /// # Errors
    /// When there is none.
    pub fn text(&self, css: &str) -> Result<String> {
        block_on(async {
            let element = self.client().find(Locator::Css(css)).await?;
            element.text().await
        })
        .with_context(|| format!("no text of {css}"))
    }

    /// An attribute of the first element that matches a CSS selector.
    ///
    /// # Errors
    /// When there is no such element.
    pub fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        block_on(async {
            let element = self.client().find(Locator::Css(css)).await?;
            element.attr(name).await
        })
        .with_context(|| format!("no attribute {name} of {css}"))
    }

    /// How many elements match a CSS selector.
    ///
    /// # Errors
    /// When the selector is malformed.
    pub fn count(&self, css: &str) -> Result<usize> {
        let found = self.eval(&format!("return document.querySelectorAll({}).length", Value::from(css)))?;
        found.as_u64().and_then(|count| usize::try_from(count).ok()).context("no count")
    }

    /// Runs the body of a JavaScript function and gives what it returns.
    ///
    /// # Errors
    /// When the script throws.
    pub fn eval(&self, script: &str) -> Result<Value> {
        block_on(self.client().execute(script, Vec::new()))
            .with_context(|| format!("this script failed: {script}"))
    }

    /// Runs the body of an asynchronous JavaScript function and gives what its
    /// promise becomes.
    ///
    /// # Errors
    /// When the script throws or the promise is rejected.
    pub fn eval_async(&self, script: &str) -> Result<Value> {
        let body = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(
                 (value) => done({{ value: value ?? null }}),
                 (error) => done({{ error: String(error?.stack ?? error) }}));"
        );
        let answer = block_on(self.client().execute_async(&body, Vec::new()))
            .with_context(|| format!("this script gave no answer: {script}"))?;
        if let Some(error) = answer["error"].as_str() {
            bail!("this script failed: {error}\n{script}");
        }
        Ok(answer["value"].clone())
    }

    /// Waits until the body of a JavaScript function returns something true.
    ///
    /// # Errors
    /// When it throws, or has not become true in 15 seconds.
    pub fn wait_until(&self, script: &str) -> Result<()> {
        // The page asks itself: a question from here costs more than its answer.
        let body = format!(
            "const done = arguments[arguments.length - 1];
             const end = performance.now() + 1000;
             const asked = () => {{ {script} }};
             const ask = () => {{
                 try {{
                     if (asked()) done(true);
                     else if (performance.now() > end) done(false);
                     else setTimeout(ask, 8);
                 }} catch (error) {{
                     done(String(error?.stack ?? error));
                 }}
             }};
             ask();"
        );
        let start = Instant::now();
        loop {
            match block_on(self.client().execute_async(&body, Vec::new())) {
                Ok(Value::Bool(true)) => return Ok(()),
                Ok(Value::String(error)) => bail!("this script failed: {error}\n{script}"),
                // A page that is left while it waits gives no answer; the next one does.
                Ok(_) | Err(_) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
                Err(error) => return Err(error).with_context(|| format!("no answer: {script}")),
                Ok(_) => {
                    let errors = self.console_errors()?;
                    bail!("waited {PATIENCE:?} in vain for: {script}\nerrors on the console: {errors:#?}");
                }
            }
        }
    }

    /// Waits until an element matches a CSS selector.
    ///
    /// # Errors
    /// When none has appeared in 15 seconds.
    pub fn wait_for(&self, css: &str) -> Result<()> {
        let css = Value::from(css).to_string();
        self.wait_until(&format!("return document.querySelector({css}) !== null"))
    }

    /// Waits until the application has drawn itself into `#app`, its fonts are
    /// there and a frame was painted.
    ///
    /// # Errors
    /// When that takes more than 15 seconds.
    pub fn wait_for_page(&self) -> Result<()> {
        self.wait_until(
            "const app = document.getElementById('app');
             return !!app && !!app.firstElementChild",
        )?;
        self.settle()
    }

    /// Waits until fonts are loaded and two frames were painted.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn settle(&self) -> Result<()> {
        block_on(self.client().execute_async(
            "const done = arguments[arguments.length - 1];
             document.fonts.ready.then(() =>
               requestAnimationFrame(() => requestAnimationFrame(() => done(null))));",
            Vec::new(),
        ))?;
        Ok(())
    }

    /// Looks at the page within the frame that matches a CSS selector, as long
    /// as `look` runs.
    ///
    /// # Errors
    /// When there is no such frame, and those of `look`.
    pub fn in_frame<T>(&self, css: &str, look: impl FnOnce() -> Result<T>) -> Result<T> {
        block_on(async { self.client().find(Locator::Css(css)).await?.enter_frame().await })
            .with_context(|| format!("cannot enter the frame {css}"))?;
        let seen = look();
        block_on(self.client().enter_parent_frame())?;
        seen
    }

    /// The lines that came to the console since the last time it was asked; none where the browser does not tell them.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn console(&self) -> Result<Vec<ConsoleMessage>> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let lines = self.command("se/log", json!({ "type": "browser" }))?;
        let field = |line: &Value, name: &str| line[name].as_str().unwrap_or("").to_owned();
        Ok(lines
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| ConsoleMessage { level: field(line, "level"), text: field(line, "message") })
            .collect())
    }

    /// The errors that came to the console since the last time it was asked:
    /// uncaught exceptions, panics, files that could not be loaded.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn console_errors(&self) -> Result<Vec<ConsoleMessage>> {
        let mut lines = self.console()?;
        lines.retain(|line| line.level == "SEVERE");
        Ok(lines)
    }

    /// Forgets what the pages of the open site have stored.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn clear_storage(&self) -> Result<()> {
        let origin = self.eval("return location.origin")?;
        self.cdp("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" }))?;
        Ok(())
    }

    /// Writes what the viewport shows to `target/screenshots/NAME.png`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let file = paths::screenshots().join(format!("{name}.png"));
        self.screenshot_to(&file)?;
        Ok(file)
    }

    /// Writes what the viewport shows to a PNG file, whose folder is made.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn screenshot_to(&self, file: &Path) -> Result<()> {
        let png = block_on(self.client().screenshot())?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Sends a command of the browser's own protocol (Chrome DevTools).
    ///
    /// # Errors
    /// When the browser refuses it.
    pub fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        self.command("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
            .with_context(|| format!("{command} failed"))
    }

    fn command(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(block_on(self.client().issue_cmd(VendorCommand { path, body }))?)
    }

    pub(crate) fn client(&self) -> &Client {
        self.client.as_ref().expect("taken in drop only")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let farewell = async {
                let _ = tokio::time::timeout(Duration::from_secs(5), client.close()).await;
            };
            runtime().block_on(farewell);
        }
    }
}
