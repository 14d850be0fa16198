//! The static site in `dist/`, built by trunk.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::minify;
use crate::setup::{self, Optimizer};
use crate::sizes;
use crate::split;
use crate::styles;
use crate::toolbox::Toolbox;
use crate::workspace;

/// The folder that the site is built into.
pub fn dist() -> PathBuf {
    workspace::root().join("dist")
}

/// Where the linker says how it laid out the program's data, for the splitter: a path from the workspace's root, where
/// cargo runs the linker.
const MAP: &str = "target/page.map";

/// What makes the program smaller than a stable compiler does by itself: a standard library compiled with the page, in
/// which a panic ends the program without a word. The page's own panics are bugs in any case.
const SMALLER: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Clink-arg=-Map=target/page.map",
    ),
];

/// Builds the site as it is published.
pub fn build(toolbox: &mut Toolbox) -> Result<()> {
    let minifier = setup::minifier(toolbox)?;
    build_whole(toolbox)?;
    styles::join(&dist())?;
    split::split(&dist(), &workspace::root().join(MAP))?;
    minify::minify(&dist(), toolbox, &minifier)
}

/// Builds the site with its program in one piece.
pub fn build_whole(toolbox: &mut Toolbox) -> Result<()> {
    setup::page_tools(toolbox, Optimizer::Required)?;
    setup::standard_library_source()?;
    println!("building the page into dist/ (a few minutes the first time)");
    let mut smaller = toolbox.clone();
    for (name, value) in SMALLER {
        smaller.set(name, value);
    }
    if !smaller.run("trunk", &["--log", "warn", "build", "--release"])? {
        bail!("the page could not be built");
    }
    Ok(())
}

/// Builds the site and fails when it is over its size.
pub fn build_and_measure() -> Result<()> {
    build(&mut Toolbox::default())?;
    sizes::check(&dist())
}
