//! The words of the lessons and of the page as files, which the page fetches when it needs them.

use std::path::{Path, PathBuf};
use std::{env, fs};

use playground_core::json;
use playground_lessons::{Language, Pack};

/// Below the page.
const FOLDER: &str = "words";
/// All files' names, for the copy that is kept for the time without a network.
const LIST: &str = "words.json";

/// Writes in each language two files with the page's own words and two with the lessons', and the list of them.
///
/// Errors: a sentence that names the file that cannot be written.
pub fn write(folder: Option<&str>) -> Result<String, String> {
    let page = match folder {
        Some(folder) => PathBuf::from(folder),
        None => env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or("words: to which folder?")?,
    };
    let mut names = Vec::new();
    for (pack, language) in
        Pack::ALL.into_iter().flat_map(|pack| Language::ALL.map(|language| (pack, language)))
    {
        let name = format!("{FOLDER}/{}", pack.file(language));
        put(&page.join(&name), pack.words(language))?;
        names.push(name);
    }
    let languages = [playground_strings::KOREAN, playground_strings::ENGLISH];
    for section in languages.iter().flat_map(|words| [words.first, words.more]) {
        let name = format!("{FOLDER}/{}", section.file);
        put(&page.join(&name), section.patterns.unwrap_or_default())?;
        names.push(name);
    }
    put(&page.join(LIST), &json::to_string(&names))?;
    Ok(format!("{} files of words\n", names.len()))
}

fn put(path: &Path, text: &str) -> Result<(), String> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_page_and_of_the_lessons_are_files() {
        let folder = env::temp_dir().join(format!("socket-playground-words-{}", std::process::id()));
        write(folder.to_str()).expect("the files are written");
        let list = fs::read_to_string(folder.join(LIST)).expect("the list is written");
        let names: Vec<String> = json::read(&list).expect("the list is JSON");
        assert_eq!(names.len(), 8, "{names:?}");
        for name in names {
            assert!(fs::read_to_string(folder.join(&name)).is_ok_and(|words| words.len() > 1_000), "{name}");
        }
        fs::remove_dir_all(folder).expect("the files are removed");
    }
}
