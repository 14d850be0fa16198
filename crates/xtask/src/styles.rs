//! The style sheets of the built site, joined into two: what the first lesson needs, and the rest.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

/// How the built page names a style sheet, up to the file's name.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";

/// The sheets of what comes with the later part of the program, which fetches them too.
const LATER: [&str; 18] = [
    "knobs",
    "challenge",
    "breaking",
    "dialog",
    "lesson-map",
    "share",
    "playground",
    "ladder",
    "packets",
    "headers",
    "state_diagram",
    "sockets",
    "graphs",
    "spent",
    "cache",
    "race",
    "program",
    "inspector",
];

/// Joins the style sheets that the page names, in that order, into one for the beginning and one for later.
pub fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).context("the built page cannot be read")?;
    let names: Vec<&str> = page.lines().filter_map(name).collect();
    let (later, first): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| is_later(name));
    let first = write(dist, "style", &first)?;
    let later = write(dist, "later", &later)?;
    for name in &names {
        fs::remove_file(dist.join(name))?;
    }
    fs::write(index, linked(&page, &first, &later))?;
    Ok(())
}

/// Whether a sheet, which has a fingerprint behind its name, comes later.
fn is_later(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(stem, _)| LATER.contains(&stem))
}

/// Writes several sheets as one, and tells its name.
fn write(dist: &Path, stem: &str, names: &[&str]) -> Result<String> {
    let mut all = String::new();
    for name in names {
        all += &fs::read_to_string(dist.join(name)).with_context(|| format!("cannot read {name}"))?;
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let joined = format!("{stem}-{:016x}.css", hasher.finish());
    fs::write(dist.join(&joined), all)?;
    Ok(joined)
}

/// The page with the joined sheets in the place of the first.
fn linked(page: &str, first: &str, later: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_linked = false;
    for line in page.lines() {
        if name(line).is_none() {
            lines.push(line.to_owned());
        } else if !is_linked {
            lines.push(format!("    {LINK}{first}\" />"));
            lines.push(format!("    <link rel=\"part\" data-style href=\"./{later}\" />"));
            is_linked = true;
        }
    }
    lines.join("\n") + "\n"
}

/// The style sheet that a line of the page names.
fn name(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix(LINK)?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_that_comes_later_is_named_by_the_page() {
        let page = fs::read_to_string(crate::workspace::root().join("index.html")).unwrap();
        for stem in LATER {
            assert!(page.contains(&format!("/{stem}.css\"")), "{stem}");
        }
        assert!(is_later("state_diagram-0123456789abcdef.css") && !is_later("stage-0123456789abcdef.css"));
    }

    #[test]
    fn one_sheet_stands_where_the_first_stood() {
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n  <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n</head>\n";
        let names: Vec<_> = page.lines().filter_map(name).collect();
        assert_eq!(names, ["a-1.css", "b-2.css"]);
        assert_eq!(
            linked(page, "all.css", "later.css"),
            "<head>\n    <link rel=\"stylesheet\" href=\"./all.css\" />\n    <link rel=\"part\" data-style href=\"./later.css\" />\n</head>\n"
        );
    }
}
