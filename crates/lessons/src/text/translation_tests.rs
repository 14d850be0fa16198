//! Both languages of every lesson: well formed, with the same outline, and translated. Failures name file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::outline::{Kind, Section, TextError, outline};
use super::parse::parse;
use crate::language::Language;

/// Compares a lesson in two languages: the same sections with the same keys in the same order, the same list items,
/// and no section left untranslated.
///
/// # Errors
/// The first difference, at its line in the second file.
fn compare(first: &[Section<'_>], file: &str, second: &[Section<'_>]) -> Result<(), TextError> {
    for (place, theirs) in first.iter().enumerate() {
        let wanted = format!("{:?} {}", theirs.kind, theirs.key);
        let Some(ours) = second.get(place) else {
            let last = second.last().map_or(1, |section| section.line);
            return Err(TextError::new(file, last, format!("ends without the section `{wanted}`")));
        };
        if (theirs.kind, theirs.key) != (ours.kind, ours.key) {
            let problem = format!(
                "`{:?} {}` stands where the other language has `{wanted}` (line {})",
                ours.kind, ours.key, theirs.line
            );
            return Err(TextError::new(file, ours.line, problem));
        }
        if theirs.title.is_empty() != ours.title.is_empty() {
            return Err(TextError::new(file, ours.line, "only one of the languages has a title here"));
        }
        let (items, other_items) = (items(ours), items(theirs));
        if items != other_items {
            let problem = format!("list items {items:?}, but in the other language {other_items:?}");
            return Err(TextError::new(file, ours.line, problem));
        }
        let is_said = ours.body.iter().any(|(_, line)| line.chars().any(char::is_alphabetic));
        let lines =
            |section: &Section<'_>| section.body.iter().map(|(_, line)| line.trim_end().to_owned()).collect();
        let (body, other_body): (Vec<String>, Vec<String>) = (lines(ours), lines(theirs));
        // A knob may be labelled by a header's name, which is the same everywhere.
        let may_share_title = ours.title.is_empty() || ours.kind == Kind::Knob;
        if is_said && body == other_body || !may_share_title && ours.title == theirs.title {
            return Err(TextError::new(file, ours.line, "is the same in both languages"));
        }
    }
    match second.get(first.len()) {
        Some(extra) => {
            Err(TextError::new(file, extra.line, "a section that the other language does not have"))
        }
        None => Ok(()),
    }
}

/// The part of each list item that must not differ: the box of an answer, the key of a value or a measure.
fn items<'m>(section: &Section<'m>) -> Vec<&'m str> {
    let items = section.body.iter().filter_map(|(_, line)| line.strip_prefix("- "));
    match section.kind {
        Kind::Question => items.map(|item| item.get(..3).unwrap_or_default()).collect(),
        Kind::Knob | Kind::Measures => items.map(|item| item.split(':').next().unwrap_or_default()).collect(),
        _ => Vec::new(),
    }
}

/// Every file of `text/`, by lesson and language.
fn files() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("text");
    let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder exists").flatten() {
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let (lesson, language) = name
            .strip_suffix(".md")
            .and_then(|stem| stem.split_once('.'))
            .unwrap_or_else(|| panic!("text/{name}: expected a name such as `dumb-proxy.ko.md`"));
        let markdown =
            fs::read_to_string(entry.path()).unwrap_or_else(|error| panic!("text/{name}: {error}"));
        files.entry(lesson.to_owned()).or_default().insert(language.to_owned(), markdown);
    }
    files
}

#[test]
fn every_text_is_well_formed_and_both_languages_have_the_same_outline() {
    let mut problems = Vec::new();
    let languages: BTreeSet<_> = Language::ALL.iter().map(|language| language.tag().to_owned()).collect();
    for (lesson, texts) in files() {
        if texts.keys().cloned().collect::<BTreeSet<_>>() != languages {
            problems.push(format!("text/{lesson}: needs exactly `{lesson}.ko.md` and `{lesson}.en.md`"));
            continue;
        }
        let (korean, english) = (format!("text/{lesson}.ko.md"), format!("text/{lesson}.en.md"));
        for (file, language) in [(&korean, "ko"), (&english, "en")] {
            problems.extend(parse(file, &texts[language]).err().map(|error| error.to_string()));
        }
        let compared = outline(&korean, &texts["ko"])
            .and_then(|first| compare(&first, &english, &outline(&english, &texts["en"])?));
        problems.extend(compared.err().map(|error| error.to_string()));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_text_belongs_to_a_lesson() {
    let mut lessons: BTreeSet<_> = crate::all().iter().map(|lesson| lesson.id.to_owned()).collect();
    lessons.insert("common".to_owned());
    assert_eq!(files().into_keys().collect::<BTreeSet<_>>(), lessons);
}

const ENGLISH: &str = "# A\n> b\n\n## step s: T\n\nWords.\n\n### question\nQ?\n- [ ] a\n  e\n- [x] b\n  e\n";
const KOREAN: &str =
    "# 가\n> 나\n\n## step s: 다\n\n글.\n\n### question\n물음?\n- [ ] 하나\n  설명\n- [x] 둘\n  설명\n";

fn difference(korean: &str) -> Option<String> {
    let english = outline("text/x.en.md", ENGLISH).expect("the text is right");
    let korean = outline("text/x.ko.md", korean).expect("the text is right");
    compare(&english, "text/x.ko.md", &korean).err().map(|error| error.to_string())
}

#[test]
fn differences_between_languages_are_reported_with_file_and_line() {
    assert_eq!(difference(KOREAN), None);
    for (from, to, expected) in [
        ("step s", "step t", "text/x.ko.md:4: `Step t` stands where the other language has `Step s`"),
        ("글.", "Words.", "text/x.ko.md:4: is the same in both languages"),
        ("[ ] 하나", "[x] 하나", "text/x.ko.md:8: list items"),
        ("### question\n물음?\n- [ ] 하나\n  설명\n- [x] 둘\n  설명\n", "", "text/x.ko.md:4: ends without"),
    ] {
        let problem = difference(&KOREAN.replacen(from, to, 1)).expect("it is wrong now");
        assert!(problem.starts_with(expected), "{problem}");
    }
    let more = format!("{KOREAN}\n## note\n");
    assert!(difference(&more).is_some_and(|problem| problem.contains("does not have")));
}
