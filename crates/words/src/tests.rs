//! The Fluent files: both languages complete, every key in use, and what formatting makes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

use crate::bundle::{files, format, has};
use crate::{Language, Text, text};

/// The arguments of a message: those that are shown, and those by which a variant is selected.
#[derive(Debug, Default)]
struct Arguments {
    shown: BTreeSet<String>,
    selecting: BTreeSet<String>,
}

/// Every message of a language by its key, with its arguments. Attributes have keys such as `command-share.tip`.
fn messages(language: Language) -> BTreeMap<String, Arguments> {
    let mut messages = BTreeMap::new();
    let mut problems = Vec::new();
    for file in files(language) {
        let title = file.lines().next().unwrap_or_default();
        let resource = parse(file).unwrap_or_else(|(_, errors)| panic!("{language}, {title}: {errors:?}"));
        let mut add = |key: String, pattern: &Pattern<&str>| {
            let mut arguments = Arguments::default();
            collect_arguments(pattern, &mut arguments);
            if messages.insert(key.clone(), arguments).is_some() {
                problems.push(format!("{language}: {key} is defined twice"));
            }
        };
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    if let Some(value) = &message.value {
                        add(message.id.name.to_owned(), value);
                    }
                    for attribute in &message.attributes {
                        add(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
                    }
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                other => panic!("{language}, {title}: only messages are used here, not {other:?}"),
            }
        }
    }
    assert!(problems.is_empty(), "{problems:?}");
    messages
}

fn collect_arguments(pattern: &Pattern<&str>, arguments: &mut Arguments) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::VariableReference { id } => {
                    arguments.shown.insert(id.name.to_owned());
                }
                other => panic!("only arguments are used here, not {other:?}"),
            },
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                let InlineExpression::VariableReference { id } = selector else {
                    panic!("a variant is selected by an argument, not {selector:?}")
                };
                arguments.selecting.insert(id.name.to_owned());
                variants.iter().for_each(|variant| collect_arguments(&variant.value, arguments));
            }
        }
    }
}

#[test]
fn both_languages_have_every_message_with_the_same_arguments() {
    let [korean, english] = [messages(Language::Korean), messages(Language::English)];
    assert!(english.len() > 500, "{}", english.len());
    let mut problems = Vec::new();
    let keys: BTreeSet<_> = korean.keys().chain(english.keys()).collect();
    for key in keys {
        let (Some(in_korean), Some(in_english)) = (korean.get(key), english.get(key)) else {
            let language = if korean.contains_key(key) { Language::English } else { Language::Korean };
            problems.push(format!("{key} is missing in the files *.{language}.ftl"));
            continue;
        };
        for argument in in_korean.shown.union(&in_korean.selecting) {
            if !in_english.shown.contains(argument) && !in_english.selecting.contains(argument) {
                problems.push(format!("{key}: English lacks ${argument}"));
            }
        }
        // What English only distinguishes, as a plural does, Korean may leave out.
        for argument in in_english.shown.difference(&in_english.selecting) {
            if !in_korean.shown.contains(argument) {
                problems.push(format!("{key}: Korean lacks ${argument}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_message_is_in_its_bundle() {
    for language in Language::ALL {
        for key in messages(language).keys() {
            assert!(has(language, key), "{language}: {key}");
        }
        assert!(!has(language, "no-such-message") && !has(language, "command-share.no-such-attribute"));
    }
    assert_eq!(text(Language::English, "no-such-message", &[]), "no-such-message");
}

/// The sources below a folder of the repository, comments left out and white space collapsed.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder exists").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(&path).expect("a source is UTF-8");
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.push(code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "));
        }
    }
}

/// Each literal key in `.get("key"`, `.plain("key"` and `text(language, "key"` of the sources.
#[test]
fn every_key_in_the_sources_is_a_message() {
    let mut files = Vec::new();
    let words = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "../drawing/src", "../../web/src"] {
        sources(&words.join(folder), &mut files);
    }
    let mut missing = BTreeSet::new();
    for source in &files {
        for call in ["text.get(", "text.plain(", "text(language, "] {
            for (place, _) in source.match_indices(call) {
                let rest = source[place + call.len()..].trim_start();
                if let Some((key, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'))
                    && key.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-.".contains(&octet))
                    && !has(Language::English, key)
                {
                    missing.insert(key.to_owned());
                }
            }
        }
    }
    assert!(missing.is_empty(), "no message for {missing:?}");
}

/// `CacheServed` as `cache-served`: the names that strum derives from variants.
fn kebab_case(identifier: &str) -> String {
    let mut name = String::new();
    for letter in identifier.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// A key is used when it, or a name that a template such as `"rule-{}"` or a prefix such as `"note-"` completes to it,
/// is a literal of a source or the name of an enum's variant. Explanations of headers are for any header of a message,
/// also one that only a learner writes; the words of fields and their values are held to the schema by the editor's tests.
#[test]
fn every_message_is_used() {
    let words = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in [
        "src",
        "../drawing/src",
        "../notation/src",
        "../../web/src",
        "../playback/src",
        "../capture/src",
        "../core/src",
        "../lessons/src",
        "../editor/src",
    ] {
        sources(&words.join(folder), &mut files);
    }
    files.retain(|source| !source.contains("fn every_message_is_used"));
    // Escaped quotes do not occur in keys, so every piece of text between two quotes may be a literal.
    let literals: BTreeSet<&str> = files
        .iter()
        .flat_map(|source| source.split('"'))
        .filter(|literal| !literal.is_empty() && !literal.contains(' '))
        .collect();
    let identifiers =
        files.iter().flat_map(|source| source.split(|letter: char| !letter.is_ascii_alphanumeric()));
    let mut names: BTreeSet<String> = identifiers
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_uppercase()))
        .map(kebab_case)
        .collect();
    names.extend(literals.iter().map(|literal| literal.replace('.', "-")));
    let templates: Vec<(&str, &str)> = literals
        .iter()
        .filter_map(|literal| match literal.split_once('{') {
            Some((before, _)) => Some((before, literal.rsplit_once('}')?.1)),
            None => Some((*literal, "")),
        })
        .filter(|(before, _)| before.ends_with('-'))
        .collect();
    let is_used = |key: &str| {
        let completes = |(before, after): &(&str, &str)| {
            key.strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|name| names.contains(name))
        };
        ["header-", "setting-", "choice-"].iter().any(|kind| key.starts_with(kind))
            || names.contains(key)
            || templates.iter().any(completes)
    };
    let unused: Vec<_> = messages(Language::English)
        .into_keys()
        .filter(|key| !is_used(key.split('.').next().unwrap_or(key)))
        .collect();
    assert!(unused.is_empty(), "never used: {unused:#?}");
}

#[test]
fn arguments_are_filled_in_without_marks_and_numbers_select_variants() {
    let (korean, english) = (Language::Korean, Language::English);
    for (language, key, arguments, expected) in [
        (english, "figure", &[("number", "4-15")][..], "Fig. 4-15"),
        (english, "stage-progress", &[("done", "3"), ("failed", "0")], "3 done"),
        (english, "stage-progress", &[("done", "3"), ("failed", "12345")], "3 done · 12345 failed"),
        (english, "stage-hidden", &[("count", "1")], "and one more connection"),
        (english, "stage-hidden", &[("count", "2")], "and 2 more connections"),
        (korean, "figure", &[("number", "4-15")], "그림 4-15"),
        (english, "figure", &[], "Fig. {$number}"),
        (english, "command-share.tip", &[], "Make a link, slide code or QR code"),
    ] {
        assert_eq!(format(language, key, arguments).as_deref(), Some(expected), "{key}");
    }
}

#[test]
fn arguments_are_shown_as_they_are_written() {
    for value in
        ["0", "007", "4294967295", "4294967296", "1.50", "-1", "+1", "nan", "inf", "1e3", "", " 5", "{ $x }"]
    {
        assert_eq!(Text::new(Language::English).get("figure", &[("number", value)]), format!("Fig. {value}"));
    }
}
