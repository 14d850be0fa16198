//! Lets the page name the words that it needs first, so that they are fetched before its program asks for them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// How the names begin of the files with words that the first lesson needs: the page's own and the lesson's.
pub const FIRST: [&str; 2] = ["page.", "first."];
/// The languages.
const LANGUAGES: [&str; 2] = ["ko", "en"];
/// Before the script that looks for the names.
const BEFORE: &str = "<script src=\"./early.js\">";

/// Writes the names into the head of a built page.
pub fn name(dist: &Path) -> Result<()> {
    let mut files: Vec<String> = fs::read_dir(dist.join("words"))?
        .flatten()
        .filter_map(|file| file.file_name().into_string().ok())
        .filter(|name| FIRST.iter().any(|first| name.starts_with(first)))
        .collect();
    files.sort();
    ensure!(files.len() == FIRST.len() * LANGUAGES.len(), "these are not the first words: {files:?}");
    let of = |language: &str| {
        let own = files.iter().filter(|name| name.split(['.', '-']).nth(1) == Some(language));
        let names: Vec<&str> = own.map(String::as_str).collect();
        format!("<meta name=\"words-{language}\" content=\"{}\" />\n    ", names.join(" "))
    };
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)?;
    let place = page.find(BEFORE).context("the page has no early script")?;
    let (head, rest) = page.split_at(place);
    fs::write(index, format!("{head}{}{rest}", LANGUAGES.map(of).concat()))?;
    Ok(())
}
