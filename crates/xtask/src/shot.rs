//! `cargo xtask shot`: screenshots, taken by a program of the tests package.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use crate::browser;
use crate::toolbox::{Toolbox, succeeds};
use crate::workspace;

/// Hands the arguments on, with a browser set up. File names among them mean
/// the folder that the person is in, so the command is not run at the root.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut toolbox = Toolbox::default();
    browser::set_up(&mut toolbox)?;
    let manifest = workspace::root().join("Cargo.toml");
    let mut all: Vec<OsString> = vec!["run".into(), "--quiet".into()];
    all.extend(["--manifest-path".into(), manifest.into()]);
    all.extend(["--package", "playground-tests", "--bin", "shot", "--"].map(OsString::from));
    all.extend(arguments);
    Ok(if succeeds(&toolbox.command("cargo", all))? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
