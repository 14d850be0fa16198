//! What the end-to-end tests share: the built page on a local server, and a
//! real browser to look at it with.
//!
//! ```no_run
//! use playground_tests::{Browser, Site};
//!
//! # fn main() -> anyhow::Result<()> {
//! let site = Site::open()?;
//! let browser = Browser::open()?;
//! browser.set_viewport(390, 844)?;
//! browser.goto(&site.url("/"))?;
//! browser.press("ArrowRight")?;
//! assert!(browser.console_errors()?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! All calls block, so a test is a plain `#[test]`. A browser and a site are
//! gone when their value is dropped, also when the test panics.

mod axe;
mod browser;
mod driver;
mod engine;
mod findings;
mod keys;
mod page;
mod runtime;
mod site;
mod vendor;
mod visit;
mod windows;

pub mod paths;

pub use axe::{Axe, Violation};
pub use browser::{Browser, ConsoleMessage, Scheme};
pub use engine::Engine;
pub use findings::{Findings, first_difference};
pub use keys::parse_keys;
pub use page::{LOOK, Told};
pub use site::Site;
pub use visit::{Visit, World, on_each};
