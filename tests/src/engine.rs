//! The browsers that the page is tried in.

use std::ffi::OsString;
use std::{env, fmt};

use serde_json::{Value, json};

/// The flags of a quiet Chromium that asks nobody on the network for anything.
const CHROMIUM_FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--window-size=1440,900",
];

/// A browser engine, each with its own WebDriver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, with chromedriver: all tests.
    Chromium,
    /// Firefox, with geckodriver.
    Firefox,
    /// WebKitGTK, with WebKitWebDriver: what Safari is near to.
    WebKit,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The variables that name the driver and the browser; `cargo xtask test` sets them.
    const fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMEDRIVER", "CHROME"),
            Self::Firefox => ("GECKODRIVER", "FIREFOX"),
            Self::WebKit => ("WEBKITDRIVER", "MINIBROWSER"),
        }
    }

    /// Whether `cargo xtask test` has found or installed it.
    pub fn is_installed(self) -> bool {
        let (driver, browser) = self.variables();
        [driver, browser].iter().all(|name| env::var_os(name).is_some())
    }

    /// The words of the command that starts its driver. WebKitGTK has no headless mode: it gets a screen of its own.
    pub(crate) fn driver(self) -> Vec<OsString> {
        let usual = match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        };
        let driver = env::var_os(self.variables().0).unwrap_or_else(|| usual.into());
        match self {
            Self::Chromium | Self::Firefox => vec![driver],
            Self::WebKit => vec!["xvfb-run".into(), "--auto-servernum".into(), driver],
        }
    }

    /// The capabilities to ask its driver for; `profile` is an empty folder.
    pub(crate) fn capabilities(self, profile: &str) -> Value {
        let browser = env::var_os(self.variables().1);
        let binary = browser.map(|path| path.to_string_lossy().into_owned());
        let mut options = match self {
            Self::Chromium => {
                let mut flags: Vec<String> = CHROMIUM_FLAGS.iter().map(|&flag| flag.to_owned()).collect();
                flags.push(format!("--user-data-dir={profile}"));
                json!({ "args": flags })
            }
            Self::Firefox => json!({ "args": ["-headless"] }),
            Self::WebKit => json!({ "args": ["--automation"] }),
        };
        if let Some(binary) = binary {
            options["binary"] = json!(binary);
        }
        match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": options,
                "goog:loggingPrefs": { "browser": "ALL" },
            }),
            Self::Firefox => json!({ "browserName": "firefox", "moz:firefoxOptions": options }),
            Self::WebKit => json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options }),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        })
    }
}
