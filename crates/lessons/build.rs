//! Takes the Markdown of the lessons apart, so that the page needs no parser, and refuses to build when a
//! text is not as it should be, or a lesson's Korean and English differ in shape.
//!
//! The full check, against the code of each lesson, is in the tests; this one runs on every build, so that a
//! translator sees the file and the line at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/text/source.rs"]
#[allow(dead_code, reason = "the crate uses more of it than the build does")]
mod text;

/// The lesson that the page opens with: its words are fetched by themselves. A test holds it against the catalogue.
const FIRST: &str = "first-page";
/// What all lessons share; the page has it compiled in.
const COMMON: &str = "common";
// The signs of a pack: `src/pack.rs` says what they mean.
const LESSON: &str = "\u{1e}";
const NAME_END: &str = "\u{1f}";

fn main() {
    println!("cargo::rerun-if-changed=text");
    println!("cargo::rerun-if-changed=src/text");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("text");
    let goal = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for problem in make(&folder, &goal).err().into_iter().flatten() {
        println!("cargo::error={problem}");
    }
}

/// Holds every `<lesson>.ko.md` against its `<lesson>.en.md`, and writes the words of both.
fn make(folder: &Path, goal: &Path) -> Result<(), Vec<String>> {
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
    // What the page fetches: the words of lessons in one language, by the pack's name.
    let mut packs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (lesson, languages) in &files {
        let (Some(korean), Some(english)) = (languages.get("ko"), languages.get("en")) else {
            problems.push(format!("text/{lesson}: needs both `{lesson}.ko.md` and `{lesson}.en.md`"));
            continue;
        };
        let (korean_file, english_file) = (format!("text/{lesson}.ko.md"), format!("text/{lesson}.en.md"));
        let compared = text::outline(&korean_file, korean).and_then(|korean| {
            let english = text::outline(&english_file, english)?;
            text::compare(&korean, &english_file, &english)
        });
        if let Err(problem) = compared {
            problems.push(problem.to_string());
        }
        for (language, file, markdown) in [("ko", &korean_file, korean), ("en", &english_file, english)] {
            match text::parse(file, markdown) {
                Ok(words) => {
                    let stem = format!("{lesson}.{language}");
                    let compact = text::compact(&words);
                    let written = fs::write(goal.join(format!("{stem}.head")), text::head(&words))
                        .and_then(|()| fs::write(goal.join(format!("{stem}.words")), &compact));
                    problems.extend(written.err().map(|error| format!("{file}: {error}")));
                    let pack = match lesson.as_str() {
                        COMMON => continue,
                        FIRST => format!("first.{language}"),
                        _ => format!("lessons.{language}"),
                    };
                    packs.entry(pack).or_default().push(format!("{lesson}{NAME_END}{compact}"));
                }
                Err(problem) => problems.push(problem.to_string()),
            }
        }
    }
    for (name, lessons) in packs {
        let words = lessons.join(LESSON);
        let written = fs::write(goal.join(format!("{name}.name")), file_name(&name, &words))
            .and_then(|()| fs::write(goal.join(format!("{name}.pack")), words));
        problems.extend(written.err().map(|error| format!("{name}: {error}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The name of a file that the page fetches: other words have another name, so that no copy is ever out of date.
fn file_name(stem: &str, words: &str) -> String {
    // FNV-1a, 64 bits.
    let fingerprint = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{stem}-{fingerprint:016x}.txt")
}
