//! Where things lie: the repository, the built page, the screenshots.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

/// The root folder of the repository.
///
/// # Panics
/// When this package does not lie in a folder of the repository.
pub fn repository() -> PathBuf {
    // Asked when running, as a build folder may be shared by two copies of the
    // repository; written in when building, for a program started by hand.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().expect("the tests package is a folder of the repository").to_path_buf()
}

/// The folder of the built page: `$PLAYGROUND_DIST`, else `dist` in the repository.
///
/// # Errors
/// When there is no built page.
pub fn dist() -> Result<PathBuf> {
    let folder = match env::var_os("PLAYGROUND_DIST") {
        Some(folder) => PathBuf::from(folder),
        None => repository().join("dist"),
    };
    if !folder.join("index.html").is_file() {
        bail!(
            "there is no built page in {}: run `cargo xtask test` (or `cargo xtask build` first)",
            folder.display()
        );
    }
    Ok(folder)
}

/// The folder that tests leave their screenshots in.
pub fn screenshots() -> PathBuf {
    let target = match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => repository().join(folder),
        None => repository().join("target"),
    };
    target.join("screenshots")
}
