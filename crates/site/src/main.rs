//! What is published beside the page, written into the folder of a built page:
//! `playground-site FOLDER [ADDRESS]`. `cargo xtask build` calls it.
//!
//! - `lessons.json`: the catalogue, for decks and other programs;
//! - `lessons/`: for each lesson and language a page with title, description and picture, for whoever shows a preview of
//!   a link, and an oEmbed answer;
//! - `socket-playground.html`: the whole page as one file, which opens from a stick.

mod catalogue;
mod one_file;
mod preview;

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use catalogue::Catalogue;

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("playground-site FOLDER [ADDRESS]")?);
    let address = arguments.next().unwrap_or_default();
    ensure!(
        address.is_empty() || (address.starts_with("https://") && address.ends_with('/')),
        "the address of the site begins with https:// and ends with a slash: {address:?}"
    );
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    fs::write(folder.join("socket-playground.html"), one_file::of(&page, &folder)?)?;
    if !address.is_empty() {
        fs::write(&index, preview::pictured(&page, &address))?;
    }
    let catalogue = Catalogue::new()?;
    fs::write(folder.join("lessons.json"), serde_json::to_string(&catalogue)?)?;
    preview::write(&catalogue, &folder, &address)
}
