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

/// Writes `words-LANGUAGE-FINGERPRINT.json` into the folder of a built page, and the names into its index.html in place
/// of `{words-LANGUAGE}`. trunk calls it after each build (`Trunk.toml`).
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
    fs::write(index, page)?;
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
        fs::write(site.path().join("index.html"), "<a data-ko=\"{words-ko}\" data-en=\"{words-en}\">")
            .unwrap();
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
        assert_ne!(fingerprint("a"), fingerprint("b"));
    }
}
