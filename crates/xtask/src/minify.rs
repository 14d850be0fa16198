//! Scripts and style sheets without what only people read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::toolbox::Toolbox;

/// Minifies the scripts and the style sheet of a built site, each in its place.
pub fn minify(dist: &Path, toolbox: &Toolbox, minifier: &str) -> Result<()> {
    let files = fs::read_dir(dist)?.flatten().map(|file| file.path());
    let mut readable: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "js" || it == "css")).collect();
    readable.sort();
    for file in readable {
        let name = file.to_str().context("a strange file name")?;
        let output = format!("--outfile={name}");
        // Nothing is resolved or bundled: each file stays what it is.
        let arguments = [name, "--minify", "--allow-overwrite", "--log-level=warning", &output];
        if !toolbox.run(minifier, &arguments)? {
            bail!("{name} could not be minified");
        }
    }
    Ok(())
}
