//! The words of each language as one file of the site, so that a visitor fetches those of one language only.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::toolbox::root;

/// The folders whose files are the words: `NAME.LANGUAGE.EXTENSION`.
const FOLDERS: [&str; 2] = ["crates/lessons/text", "crates/words/text"];
/// The languages, as the names of the files have them.
const LANGUAGES: [&str; 2] = ["ko", "en"];

/// The script that starts the program; trunk gives it no fingerprint.
const START: &str = "start.js";
/// The service worker, whose name must stay.
const WORKER: &str = "offline.js";

/// Writes `words-LANGUAGE-FINGERPRINT.json` into the folder of a built page, and the names into its index.html in place
/// of `{words-LANGUAGE}`; gives `start.js` a name with a fingerprint. trunk calls it after each build (`Trunk.toml`).
///
/// # Errors
/// When a file cannot be read or written.
pub fn bundle(site: &Path) -> Result<()> {
    let index = site.join("index.html");
    let mut page = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    for language in LANGUAGES {
        let json = serde_json::to_string(&words(language)?)?;
        let name = format!("words-{language}-{:016x}.json", fingerprint(&json));
        fs::write(site.join(&name), json)?;
        page = page.replace(&format!("{{words-{language}}}"), &name);
    }
    let worker = site.join(WORKER);
    fs::write(&worker, without_comments(&fs::read_to_string(&worker)?))?;
    // A browser may keep the script that starts the program for ever, too.
    let start = without_comments(&fs::read_to_string(site.join(START))?);
    let name = format!("start-{:016x}.js", fingerprint(&start));
    fs::write(site.join(&name), start)?;
    fs::remove_file(site.join(START))?;
    fs::write(index, page.replace(START, &name))?;
    Ok(())
}

/// The files of a language by their names.
fn words(language: &str) -> Result<BTreeMap<String, String>> {
    let mut words = BTreeMap::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root().join(folder))? {
            let path: PathBuf = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.split('.').nth(1) == Some(language) {
                words.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    Ok(words)
}

/// A script without the lines that are comments; trunk minifies neither of the two.
fn without_comments(script: &str) -> String {
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
    script.lines().map(str::trim).filter(is_code).map(|line| format!("{line}\n")).collect()
}

/// Another content has another name.
fn fingerprint(content: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_words_of_each_language() {
        let site = tempfile::tempdir().unwrap();
        let index = "<a data-ko=\"{words-ko}\" data-en=\"{words-en}\" src=\"start.js\">";
        fs::write(site.path().join("index.html"), index).unwrap();
        fs::write(site.path().join("start.js"), "// Why.\n  start()\n").unwrap();
        fs::write(site.path().join("offline.js"), "keep() // all\n").unwrap();
        bundle(site.path()).unwrap();
        let page = fs::read_to_string(site.path().join("index.html")).unwrap();
        for (language, name) in LANGUAGES.iter().zip(page.split('"').skip(1).step_by(2)) {
            assert!(name.starts_with(&format!("words-{language}-")), "{name}");
            let json = fs::read_to_string(site.path().join(name)).unwrap();
            let words: BTreeMap<String, String> = serde_json::from_str(&json).unwrap();
            for file in ["page", "dumb-proxy"] {
                assert!(words.keys().any(|name| name.starts_with(&format!("{file}.{language}."))), "{file}");
            }
            assert!(words.keys().all(|name| name.contains(&format!(".{language}."))), "{:?}", words.keys());
        }
        let start = page.split('"').nth(5).unwrap();
        assert!(start.starts_with("start-"), "{start}");
        assert_eq!(fs::read_to_string(site.path().join(start)).unwrap(), "start()\n");
        assert_eq!(fs::read_to_string(site.path().join("offline.js")).unwrap(), "keep() // all\n");
        assert_ne!(fingerprint("a"), fingerprint("b"));
    }
}
