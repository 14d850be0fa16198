//! Where texts come from: natively they are part of the program; a page fetches those of one language as one file and
//! installs them, so that no visitor fetches two languages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::language::Language;

/// The installed files by their names, Korean and English.
static INSTALLED: [OnceLock<BTreeMap<String, String>>; 2] = [OnceLock::new(), OnceLock::new()];

/// A text file in both languages.
pub struct Source {
    /// The contents in Korean and English, where they are part of the program.
    embedded: Option<[&'static str; 2]>,
    /// The names of the files.
    names: [&'static str; 2],
}

/// The file `text/<name>.<language>.<extension>` of the crate that calls it.
#[cfg(not(target_arch = "wasm32"))]
#[macro_export]
macro_rules! source {
    ($name:literal, $extension:literal) => {
        $crate::Source::embedded(
            [
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/", $name, ".ko.", $extension)),
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/text/", $name, ".en.", $extension)),
            ],
            [concat!($name, ".ko.", $extension), concat!($name, ".en.", $extension)],
        )
    };
}

/// The file `text/<name>.<language>.<extension>` among the installed ones.
#[cfg(target_arch = "wasm32")]
#[macro_export]
macro_rules! source {
    ($name:literal, $extension:literal) => {
        $crate::Source::installed([concat!($name, ".ko.", $extension), concat!($name, ".en.", $extension)])
    };
}
impl Source {
    /// A file whose contents are part of the program.
    pub const fn embedded(contents: [&'static str; 2], names: [&'static str; 2]) -> Self {
        Self { embedded: Some(contents), names }
    }

    /// A file that is installed when the program runs.
    pub const fn installed(names: [&'static str; 2]) -> Self {
        Self { embedded: None, names }
    }

    /// The contents in a language; empty when the language is not installed.
    pub fn text(&self, language: Language) -> &'static str {
        let index = language.pick(0, 1);
        match self.embedded {
            Some(contents) => contents[index],
            None => {
                let files = INSTALLED[index].get();
                files.and_then(|files| files.get(self.names[index])).map_or("", String::as_str)
            }
        }
    }
}

/// Installs the files of a language by their names; a language is installed once.
pub fn install(language: Language, files: BTreeMap<String, String>) {
    // What is installed already stays: references to it may be held.
    let _ = INSTALLED[language.pick(0, 1)].set(files);
}

/// Whether the texts of a language are there.
pub fn is_installed(language: Language) -> bool {
    cfg!(not(target_arch = "wasm32")) || INSTALLED[language.pick(0, 1)].get().is_some()
}

/// A language whose texts are there, for what all languages have in common: sections and their keys.
pub fn any_installed() -> Language {
    Language::ALL.into_iter().find(|language| is_installed(*language)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_file_is_found_by_its_name() {
        let source = Source::installed(["installed.ko.md", "installed.en.md"]);
        assert_eq!(source.text(Language::Korean), "");
        install(Language::Korean, BTreeMap::from([("installed.ko.md".to_owned(), "글".to_owned())]));
        assert_eq!(source.text(Language::Korean), "글");
        assert_eq!(source.text(Language::English), "");
    }
}
