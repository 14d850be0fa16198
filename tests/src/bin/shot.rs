//! Takes screenshots of the built page; see `cargo xtask shot --help`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use playground_tests::{Browser, Scheme, Site, parse_keys, paths};

const HELP: &str = "\
Takes screenshots of the built page (dist/), in a real browser.

  cargo xtask shot --url '/?v=1&lesson=dumb-proxy' --size 1440x900 --theme dark --lang ko out.png
  cargo xtask shot --lang en \\
    --shot '/|1440x900|wide.png' \\
    --shot '/|390x844|phone.png|theme=dark|keys=ArrowRight*3 Enter|wait=500'

  --url ADDRESS     path and query on the site          [/]
  --size WxH        the viewport, 360 wide or more      [1440x900]
  --theme T         light or dark                       [light]
  --lang L          the browser's language: ko, en ...  [en]
  --keys 'K*3 L'    keys to press, by KeyboardEvent.key
  --click CSS       click this before the keys
  --wait-ms N       wait so long before the picture     [300]
  --less-motion     the person asked for reduced motion
  --full            the whole page, not only the viewport
  --dist FOLDER     what to look at                     [dist]
  --shot 'ADDRESS|WxH|FILE[|theme=..|lang=..|keys=..|click=..|wait=..]'
                    may be repeated; the options above are its defaults
";

/// One picture to take.
#[derive(Debug, Clone)]
struct Shot {
    url: String,
    size: (u32, u32),
    scheme: Scheme,
    language: String,
    keys: Vec<String>,
    click: Option<String>,
    wait: Duration,
    less_motion: bool,
    full: bool,
    file: PathBuf,
}

impl Shot {
    fn set(&mut self, name: &str, value: &str) -> Result<()> {
        match name {
            "url" => self.url = value.to_owned(),
            "size" => self.size = parse_size(value)?,
            "theme" => {
                self.scheme = match value {
                    "light" => Scheme::Light,
                    "dark" => Scheme::Dark,
                    _ => bail!("--theme is light or dark, not {value:?}"),
                }
            }
            "lang" => self.language = value.to_owned(),
            "keys" => self.keys = parse_keys(value)?,
            "click" => self.click = Some(value.to_owned()),
            "wait" | "wait-ms" => {
                let wait = value.parse().context("--wait-ms wants a number")?;
                self.wait = Duration::from_millis(wait);
            }
            _ => bail!("{name:?} is no setting of a shot"),
        }
        Ok(())
    }

    /// Reads `ADDRESS|WxH|FILE|name=value...` over the defaults in `self`.
    fn with_line(&self, line: &str) -> Result<Self> {
        let mut shot = self.clone();
        let mut fields = line.split('|');
        let mut next = |what| fields.next().with_context(|| format!("--shot {line:?} has no {what}"));
        shot.set("url", next("address")?)?;
        shot.set("size", next("size")?)?;
        shot.file = next("file")?.into();
        for field in fields {
            let (name, value) =
                field.split_once('=').with_context(|| format!("{field:?} should be name=value"))?;
            shot.set(name, value)?;
        }
        Ok(shot)
    }

    fn take(&self, browser: &Browser, site: &Site) -> Result<()> {
        let (width, height) = self.size;
        browser.set_viewport(width, height)?;
        browser.set_preferences(self.scheme, self.less_motion)?;
        browser.set_language(&self.language)?;
        // The picture before must not have changed this one.
        browser.goto("about:blank")?;
        browser.console()?;
        browser.goto(&site.url(&self.url))?;
        if let Err(error) = browser.wait_for_page() {
            eprintln!("warning: {error:#}");
        }
        if let Some(css) = &self.click {
            browser.click(css)?;
        }
        for key in &self.keys {
            browser.press(key)?;
        }
        thread::sleep(self.wait);
        browser.settle()?;
        let page =
            browser.eval("const e = document.scrollingElement; return [e.scrollWidth, e.scrollHeight]")?;
        let (page_width, page_height) = (page[0].as_u64(), page[1].as_u64());
        if self.full
            && let Some(page_height) = page_height
        {
            let page_height = u32::try_from(page_height)?.max(height);
            browser.set_viewport(width, page_height)?;
            browser.settle()?;
        }
        browser.screenshot_to(&self.file)?;
        let sideways = page_width > Some(u64::from(width));
        println!(
            "{}: viewport {width}x{height}, page {}x{}{}",
            self.file.display(),
            page_width.unwrap_or(0),
            page_height.unwrap_or(0),
            if sideways { ", scrolls sideways" } else { "" },
        );
        for line in browser.console()? {
            println!("  console {}: {}", line.level, line.text);
        }
        browser.clear_storage()
    }
}

fn parse_size(text: &str) -> Result<(u32, u32)> {
    let size =
        text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    size.with_context(|| format!("a size is WIDTHxHEIGHT, not {text:?}"))
}

fn run() -> Result<()> {
    let mut defaults = Shot {
        url: "/".to_owned(),
        size: (1440, 900),
        scheme: Scheme::Light,
        language: "en".to_owned(),
        keys: Vec::new(),
        click: None,
        wait: Duration::from_millis(300),
        less_motion: false,
        full: false,
        file: PathBuf::new(),
    };
    let mut lines = Vec::new();
    let mut dist = None;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(());
            }
            Long("shot") => lines.push(parser.value()?.string()?),
            Long("dist") => dist = Some(PathBuf::from(parser.value()?)),
            Long("less-motion") => defaults.less_motion = true,
            Long("full") => defaults.full = true,
            Long(name) => {
                let name = name.to_owned();
                defaults.set(&name, &parser.value()?.string()?)?;
            }
            Value(file) => defaults.file = file.into(),
            Short(_) => return Err(argument.unexpected().into()),
        }
    }
    let mut shots = Vec::new();
    if !defaults.file.as_os_str().is_empty() {
        shots.push(defaults.clone());
    }
    for line in &lines {
        shots.push(defaults.with_line(line)?);
    }
    if shots.is_empty() {
        bail!("no file to write was named\n\n{HELP}");
    }
    let dist = match dist {
        Some(folder) => folder,
        None => paths::dist()?,
    };
    let site = Site::serve(dist, "/")?;
    let browser = Browser::open()?;
    for shot in &shots {
        shot.take(&browser, &site).with_context(|| format!("no picture of {}", shot.url))?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
