//! The style sheets of the built site, joined into one: fewer requests, and less after compression.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

/// How the built page names a style sheet, up to the file's name.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";

/// Joins the style sheets that the page names, in that order.
pub fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).context("the built page cannot be read")?;
    let names: Vec<&str> = page.lines().filter_map(name).collect();
    let mut all = String::new();
    for name in &names {
        all += &fs::read_to_string(dist.join(name)).with_context(|| format!("cannot read {name}"))?;
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let joined = format!("style-{:016x}.css", hasher.finish());
    for name in &names {
        fs::remove_file(dist.join(name))?;
    }
    fs::write(dist.join(&joined), all)?;
    fs::write(index, linked(&page, &joined))?;
    Ok(())
}

/// The page with the joined sheet in the place of the first.
fn linked(page: &str, joined: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_linked = false;
    for line in page.lines() {
        if name(line).is_none() {
            lines.push(line.to_owned());
        } else if !is_linked {
            lines.push(format!("    {LINK}{joined}\" />"));
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
    fn one_sheet_stands_where_the_first_stood() {
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n  <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n</head>\n";
        let names: Vec<_> = page.lines().filter_map(name).collect();
        assert_eq!(names, ["a-1.css", "b-2.css"]);
        assert_eq!(
            linked(page, "all.css"),
            "<head>\n    <link rel=\"stylesheet\" href=\"./all.css\" />\n</head>\n"
        );
    }
}
