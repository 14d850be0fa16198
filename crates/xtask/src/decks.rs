//! The programs for slides that the tests open decks in: what the lock files of `decks/` name, installed once.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Context, Result, bail};

use crate::setup::{NPM, fetch};
use crate::toolbox::{Toolbox, root, tools_folder, version_of};

/// The decks, each with a lock file.
const DECKS: [&str; 3] = ["reveal", "marp", "slidev"];
/// What npm reads.
const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Installs what the decks need and tells the tests by `PLAYGROUND_DECKS` where it is.
///
/// # Errors
/// When npm is missing, or cannot install.
pub fn set_up(toolbox: &mut Toolbox) -> Result<()> {
    let decks = root().join("decks");
    let mut hasher = DefaultHasher::new();
    for deck in DECKS {
        let lock = decks.join(deck).join("package-lock.json");
        fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?.hash(&mut hasher);
    }
    let folder = tools_folder()?.join(format!("decks-{:016x}", hasher.finish()));
    for deck in DECKS {
        let here = folder.join(deck);
        if here.is_dir() {
            continue;
        }
        if version_of(NPM).is_none() {
            bail!("npm is not installed, and {deck} comes from there: install Node.js with npm");
        }
        // Moved into place when complete, so that half an installation is never taken for a whole one.
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let staging = tempfile::tempdir_in(&folder)?;
        for file in FILES {
            fs::copy(decks.join(deck).join(file), staging.path().join(file))?;
        }
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        let command = duct::cmd(NPM, arguments).dir(staging.path()).stdin_null();
        fetch(&format!("installing {deck} for its deck (about a minute, once)"), deck, &command)?;
        fs::rename(staging.keep(), &here)?;
    }
    toolbox.set("PLAYGROUND_DECKS", folder);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_files_are_there_and_name_no_server() {
        for deck in DECKS {
            for file in FILES {
                let text = fs::read_to_string(root().join("decks").join(deck).join(file)).unwrap();
                assert!(!text.contains("\"resolved\""), "{deck}/{file}");
            }
        }
    }
}
