//! A visit to the built page: one browser and one site for all tests of a file.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::{Browser, Scheme};
use crate::page::LOOK;
use crate::site::Site;

/// A browser with the built page, as a person finds it who was never there
/// before. Tests of one process take turns with the same one.
#[derive(Debug)]
pub struct Visit {
    world: Arc<World>,
    _turn: MutexGuard<'static, ()>,
}

/// What a visit looks at, and with what.
#[derive(Debug)]
pub struct World {
    /// The page on a local address.
    pub site: Site,
    /// The browser.
    pub browser: Browser,
}

/// Held by the test whose turn it is.
static TURN: Mutex<()> = Mutex::new(());
/// What the visits share; gone when no test uses it or waits for its turn.
static WORLD: Mutex<Weak<World>> = Mutex::new(Weak::new());

impl Visit {
    /// Waits for its turn and comes to the page anew: nothing stored, 1440 by
    /// 900, light, English, with motion.
    ///
    /// # Errors
    /// When there is no built page, or the browser cannot be started.
    pub fn begin() -> Result<Self> {
        let world = shared()?;
        // A test that failed leaves nothing behind that the next one would not set anew.
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let visit = Self { world, _turn: turn };
        visit.start_anew().context("the browser does not come to rest")?;
        Ok(visit)
    }

    /// Forgets what was done before.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn start_anew(&self) -> Result<()> {
        let browser = &self.browser;
        browser.goto(&self.site.url("/favicon.svg"))?;
        browser.clear_storage()?;
        browser.goto("about:blank")?;
        browser.cdp("Network.enable", json!({}))?;
        browser.set_viewport(1440, 900)?;
        browser.set_preferences(Scheme::Light, false)?;
        browser.set_language("en-US")?;
        browser.console()?;
        Ok(())
    }
}

impl Deref for Visit {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

/// The browser and the site that another test has open, or new ones.
fn shared() -> Result<Arc<World>> {
    let mut shared = WORLD.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(world) = shared.upgrade() {
        return Ok(world);
    }
    let world = Arc::new(World { site: Site::open()?, browser: Browser::open()? });
    world.browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LOOK }))?;
    *shared = Arc::downgrade(&world);
    Ok(world)
}
