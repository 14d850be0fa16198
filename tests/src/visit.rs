//! A visit to the built page: one browser and one site for all tests of a file.

use std::ops::Deref;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::{Browser, Scheme};
use crate::engine::Engine;
use crate::findings::Findings;
use crate::page::LOOK;
use crate::site::Site;

/// A browser with the built page, as a person finds it who was never there
/// before. Tests of one process take turns with the same few.
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
    /// Whether what is opened is left undrawn.
    pub(crate) undrawn: AtomicBool,
}

impl World {
    /// The built page, and a browser to look at it with.
    ///
    /// # Errors
    /// When there is no built page.
    pub fn new(browser: Browser) -> Result<Self> {
        if browser.engine() == Engine::Chromium {
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LOOK }))?;
        }
        Ok(Self { site: Site::open()?, browser, undrawn: AtomicBool::new(false) })
    }
}

/// A browser that tests take turns with.
struct Place {
    /// Held by the test whose turn it is.
    turn: Mutex<()>,
    /// What its visits share; gone when no test uses it or waits for its turn.
    world: Mutex<Weak<World>>,
}

/// As many browsers as a small machine runs side by side.
static PLACES: [Place; 2] = [const { Place { turn: Mutex::new(()), world: Mutex::new(Weak::new()) } }; 2];
/// How many visits there were; the next one waits at the next place.
static VISITS: AtomicUsize = AtomicUsize::new(0);

impl Visit {
    /// Waits for its turn and comes to the page anew: nothing stored, 1440 by
    /// 900, light, English, with motion.
    ///
    /// # Errors
    /// When there is no built page, or the browser cannot be started.
    pub fn begin() -> Result<Self> {
        let free = PLACES.iter().find_map(|place| Some((place, place.turn.try_lock().ok()?)));
        let (world, turn) = match free {
            Some((place, turn)) => (place.shared()?, turn),
            None => {
                let place = &PLACES[VISITS.fetch_add(1, Ordering::Relaxed) % PLACES.len()];
                let world = place.shared()?;
                // A test that failed leaves nothing behind that the next one would not set anew.
                (world, place.turn.lock().unwrap_or_else(PoisonError::into_inner))
            }
        };
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
        self.undrawn.store(false, Ordering::Relaxed);
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

/// Tries each case of a table, in as many browsers as run side by side, and tells all that failed.
///
/// # Errors
/// When a browser cannot be started, a case failed, or there was none.
pub fn on_each<T: Sync>(
    cases: &[T],
    name: impl Fn(&T) -> String + Sync,
    case: impl Fn(&Visit, &T) -> Result<()> + Sync,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let findings = Mutex::new(Findings::default());
    let work = || -> Result<()> {
        let visit = Visit::begin()?;
        while let Some(one) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = case(&visit, one);
            findings.lock().unwrap_or_else(PoisonError::into_inner).case(&name(one), || outcome);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = PLACES.iter().map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(outcome) => outcome,
            Err(panic) => resume_unwind(panic),
        })
    })?;
    findings.into_inner().unwrap_or_else(PoisonError::into_inner).report()
}

impl Deref for Visit {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Place {
    /// The browser and the site that another test has open, or new ones.
    fn shared(&self) -> Result<Arc<World>> {
        let mut shared = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(world) = shared.upgrade() {
            return Ok(world);
        }
        let world = Arc::new(World::new(Browser::open()?)?);
        *shared = Arc::downgrade(&world);
        Ok(world)
    }
}
