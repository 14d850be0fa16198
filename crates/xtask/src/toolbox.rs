//! The tools folder, and commands that find the tools in it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duct::Expression;

use crate::workspace;

/// What the commands that are run find besides what the person's own find: more
/// folders on the search path, and more variables.
#[derive(Debug, Default, Clone)]
pub struct Toolbox {
    folders: Vec<PathBuf>,
    fallbacks: Vec<PathBuf>,
    variables: Vec<(&'static str, OsString)>,
}

impl Toolbox {
    /// Lets the commands find the programs of `folder` before any others.
    pub fn add_folder(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
    }

    /// Lets the commands find the programs of `folder` after all others.
    pub fn add_fallback(&mut self, folder: PathBuf) {
        self.fallbacks.push(folder);
    }

    /// Sets a variable for the commands.
    pub fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.variables.push((name, value.into()));
    }

    /// A command in the folder that the person is in, without standard input.
    pub fn command<I>(&self, program: &str, arguments: I) -> Expression
    where
        I: IntoIterator,
        I::Item: Into<OsString>,
    {
        let mut command = duct::cmd(program, arguments).stdin_null().unchecked();
        let old = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned();
        let folders = folders.chain(env::split_paths(&old)).chain(self.fallbacks.iter().cloned());
        if let Ok(path) = env::join_paths(folders) {
            command = command.env("PATH", path);
        }
        for (name, value) in &self.variables {
            command = command.env(name, value);
        }
        // trunk takes this for a switch of its own and refuses "1".
        if program == "trunk" {
            command = command.env_remove("NO_COLOR");
        }
        command
    }

    /// A command in the root folder of the repository.
    pub fn at_root(&self, program: &str, arguments: &[&str]) -> Expression {
        self.command(program, arguments.iter().copied()).dir(workspace::root())
    }

    /// Runs a command at the root and tells whether it went well.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<bool> {
        succeeds(&self.at_root(program, arguments)).with_context(|| format!("cannot run {program}"))
    }
}

/// Runs a command and tells whether it went well.
pub fn succeeds(command: &Expression) -> std::io::Result<bool> {
    Ok(command.run()?.status.success())
}

/// What `program --version` prints, when there is such a program.
pub fn version_of(program: impl AsRef<OsStr>) -> Option<String> {
    let output = duct::cmd(program.as_ref(), ["--version"]).stdin_null().stderr_null().read().ok()?;
    Some(output.trim().to_owned())
}

/// Whether a program's version line has this version as one of its words.
pub fn is_version(line: Option<String>, version: &str) -> bool {
    line.is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

/// Where the tools are kept: one folder `NAME-VERSION` each.
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

/// The file name of a program on this system.
pub fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn a_version_is_a_whole_word() {
        let line = || Some("wasm-opt version 123 (version_123)".to_owned());
        assert!(is_version(line(), "123"));
        assert!(!is_version(line(), "12"));
        assert!(!is_version(None, "123"));
    }
}
