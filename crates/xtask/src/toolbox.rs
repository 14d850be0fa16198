//! Commands that find the installed tools, and the folder that these are kept in.

use std::env;
use std::env::consts::EXE_SUFFIX;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duct::Expression;

/// The folders and variables that the commands get in addition to the developer's own.
#[derive(Debug, Default, Clone)]
pub struct Toolbox {
    folders: Vec<PathBuf>,
    variables: Vec<(&'static str, OsString)>,
}

impl Toolbox {
    /// Puts a folder before all others on the search path.
    pub fn add_folder(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
    }

    /// The path of a program in its folders or on the search path.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        let name = format!("{program}{EXE_SUFFIX}");
        self.folders
            .iter()
            .cloned()
            .chain(env::split_paths(&path))
            .map(|folder| folder.join(&name))
            .find(|path| path.is_file())
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.variables.push((name, value.into()));
    }

    /// A command in the current folder, without standard input, whose exit code is left to the caller.
    pub fn command<I>(&self, program: &str, arguments: I) -> Expression
    where
        I: IntoIterator,
        I::Item: Into<OsString>,
    {
        let mut command = duct::cmd(program, arguments).stdin_null().unchecked();
        let old = env::var_os("PATH").unwrap_or_default();
        if let Ok(path) = env::join_paths(self.folders.iter().cloned().chain(env::split_paths(&old))) {
            command = command.env("PATH", path);
        }
        for (name, value) in &self.variables {
            command = command.env(name, value);
        }
        // trunk takes this for an option of its own and refuses "1".
        if program == "trunk" {
            command = command.env_remove("NO_COLOR");
        }
        command
    }

    /// A command in the root folder of the repository.
    pub fn at_root(&self, program: &str, arguments: &[&str]) -> Expression {
        self.command(program, arguments.iter().copied()).dir(root())
    }

    /// Runs a command at the root and tells whether it succeeded.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<bool> {
        let output = self.at_root(program, arguments).run();
        Ok(output.with_context(|| format!("cannot run {program}"))?.status.success())
    }
}

/// The root folder of the repository.
pub fn root() -> PathBuf {
    // Asked when running, as a build folder may be shared by two copies of the repository; written in when building,
    // for a program started by hand.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.ancestors().nth(2).expect("xtask lies two folders below the root").to_path_buf()
}

/// What `program --version` prints, when there is such a program.
pub fn version_of(program: impl AsRef<OsStr>) -> Option<String> {
    let output = duct::cmd(program.as_ref(), ["--version"]).stdin_null().stderr_null().read().ok()?;
    Some(output.trim().to_owned())
}

/// Whether the version line of a program has this version as one of its words.
pub fn has_version(program: impl AsRef<OsStr>, version: &str) -> bool {
    version_of(program).is_some_and(|line| is_version(&line, version))
}

fn is_version(line: &str, version: &str) -> bool {
    line.split_whitespace().any(|word| word == version)
}

/// Where the tools are kept: one folder `NAME-VERSION` each.
///
/// # Errors
/// When the system tells of no cache folder.
pub fn tools_folder() -> Result<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value: &OsString| !value.is_empty());
    if let Some(folder) = variable("SOCKET_PLAYGROUND_TOOLS") {
        return Ok(folder.into());
    }
    let cache = if cfg!(windows) {
        variable("LOCALAPPDATA").map(PathBuf::from)
    } else {
        variable("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| variable("HOME").map(|home| Path::new(&home).join(".cache")))
    };
    let cache = cache
        .context("there is no cache folder to keep tools in: set SOCKET_PLAYGROUND_TOOLS to a folder")?;
    Ok(cache.join("socket-playground").join("tools"))
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn a_version_is_a_whole_word() {
        let line = "wasm-opt version 123 (version_123)";
        assert!(is_version(line, "123"));
        assert!(!is_version(line, "12"));
    }
}
