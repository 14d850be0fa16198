//! Refuses to build when a lesson's Korean and English differ in shape, or one of them is not translated.
//!
//! The full check, against the code of each lesson, is in the tests; this one runs on every build, so that a
//! translator sees the file and the line at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/text/outline.rs"]
#[allow(dead_code, reason = "the crate uses more of it than the build does")]
mod outline;

fn main() {
    println!("cargo::rerun-if-changed=text");
    println!("cargo::rerun-if-changed=src/text/outline.rs");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("text");
    for problem in check(&folder).err().into_iter().flatten() {
        println!("cargo::error={problem}");
    }
}

/// Holds every `<lesson>.ko.md` against its `<lesson>.en.md`.
fn check(folder: &Path) -> Result<(), Vec<String>> {
    let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut problems = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| vec![format!("{}: {error}", folder.display())])?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((lesson, language)) = name.strip_suffix(".md").and_then(|stem| stem.split_once('.')) else {
            problems.push(format!("text/{name}: expected a name such as `dumb-proxy.ko.md`"));
            continue;
        };
        match fs::read_to_string(&path) {
            Ok(markdown) => {
                files.entry(lesson.to_owned()).or_default().insert(language.to_owned(), markdown);
            }
            Err(error) => problems.push(format!("text/{name}: {error}")),
        }
    }
    for (lesson, languages) in &files {
        let (Some(korean), Some(english)) = (languages.get("ko"), languages.get("en")) else {
            problems.push(format!("text/{lesson}: needs both `{lesson}.ko.md` and `{lesson}.en.md`"));
            continue;
        };
        let (korean_file, english_file) = (format!("text/{lesson}.ko.md"), format!("text/{lesson}.en.md"));
        let compared = outline::outline(&korean_file, korean).and_then(|korean| {
            let english = outline::outline(&english_file, english)?;
            outline::compare(&korean, &english_file, &english)
        });
        if let Err(problem) = compared {
            problems.push(problem.to_string());
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
