//! What the workspace says of itself: its root, its lock file, its targets.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};
use cargo_metadata::{MetadataCommand, TargetKind};

/// The root folder of the repository.
pub fn root() -> PathBuf {
    // Asked when running, as a build folder may be shared by two copies of the
    // repository; written in when building, for a program started by hand.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.ancestors().nth(2).expect("xtask lies two folders below the root").to_path_buf()
}

/// The version of a package in Cargo.lock.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    version_in(&lock, package)?.with_context(|| format!("Cargo.lock has no {package}"))
}

fn version_in(lock: &str, package: &str) -> Result<Option<String>> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is malformed")?;
    let packages = lock.get("package").and_then(|it| it.as_array());
    let field = |entry: &toml::Value, name| entry.get(name)?.as_str().map(str::to_owned);
    Ok(packages
        .into_iter()
        .flatten()
        .find(|entry| field(entry, "name").as_deref() == Some(package))
        .and_then(|entry| field(entry, "version")))
}

/// A test or bench target: its package's name and its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The package that it belongs to.
    pub package: String,
    /// The name that `--test` or `--bench` takes.
    pub name: String,
}

/// All targets of a kind in the workspace. Asks no registry.
pub fn targets(kind: &TargetKind) -> Result<Vec<Target>> {
    let metadata = MetadataCommand::new()
        .no_deps()
        .manifest_path(root().join("Cargo.toml"))
        .exec()
        .context("cargo metadata failed")?;
    Ok(metadata
        .packages
        .iter()
        .flat_map(|package| package.targets.iter().map(move |target| (package, target)))
        .filter(|(_, target)| target.kind.contains(kind))
        .map(|(package, target)| Target { package: package.name.to_string(), name: target.name.clone() })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "version = 4\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(version_in(lock, "a").unwrap().as_deref(), Some("1.2.3"));
        assert_eq!(version_in(lock, "b").unwrap(), None);
    }
}
