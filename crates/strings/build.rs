//! Turns `text/*.ftl` into plain lists of keys and patterns, so that the page carries no parser for them.
//!
//! What the Fluent files may use: text, `{ $argument }`, `{ "literal" }`, `{ message }`, `{ -term }`, and
//! selections on an argument by exact value, `one` or `other`. Attributes become messages named `key.attribute`.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

type Result<T> = std::result::Result<T, Box<dyn Error>>;
/// Patterns by key; terms have a leading `-`.
type Messages = BTreeMap<String, Pattern<String>>;

/// The languages.
const LANGUAGES: [&str; 2] = ["ko", "en"];
// The signs of a pattern: the page's `language/message.rs` says what they mean.
const END: &str = "\u{1}";
const ARGUMENT: &str = "\u{2}";
const SELECT: &str = "\u{3}";
const VARIANT: &str = "\u{4}";
const DEFAULT: &str = "\u{5}";
const VALUE: &str = "\u{6}";
const SELECTED: &str = "\u{7}";
const MISSING: &str = "\u{8}";

/// What is fetched first, and what comes with the rest of the program: how the names of the files begin.
const SECTIONS: [&str; 2] = ["page", "more"];
/// The Fluent files with the messages that the first lesson needs until the rest of the program has come.
const FIRST: &str = "first";

/// How the keys of the messages begin that are said when nothing can be fetched.
const ALWAYS: &str = "words-";

/// References may be nested so deep; deeper is taken for a circle.
const DEEPEST: u32 = 8;

fn main() -> Result<()> {
    println!("cargo:rerun-if-changed=text");
    println!("cargo:rerun-if-changed=build.rs");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("text");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
    files.sort();

    let mut languages: Vec<Messages> = vec![Messages::new(); LANGUAGES.len()];
    // The keys of the files that come first, and of all others.
    let mut keys = [BTreeSet::new(), BTreeSet::new()];
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "ftl")) {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let (topic, language) = name.rsplit_once('.').unwrap_or(("", name));
        let Some(column) = LANGUAGES.iter().position(|known| *known == language) else {
            return Err(format!("{}: no language {language:?}", file.display()).into());
        };
        let added = read(file, &mut languages[column])?;
        keys[usize::from(topic != FIRST)].extend(added.into_iter().filter(|key| !key.starts_with('-')));
    }
    if let Some(key) = keys[0].intersection(&keys[1]).next() {
        return Err(format!("{key} comes first in one language only").into());
    }

    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (section, keys) in SECTIONS.into_iter().zip(&keys) {
        let list: Vec<&str> = keys.iter().map(String::as_str).collect();
        fs::write(out.join(section).with_extension("keys"), list.join(END))?;
        for (language, messages) in LANGUAGES.iter().zip(&languages) {
            let list = patterns(keys, messages)?.join(END);
            let made = out.join(format!("{section}.{language}"));
            fs::write(made.with_added_extension("name"), file_name(section, language, &list))?;
            fs::write(made.with_added_extension("txt"), list)?;
        }
    }
    for (language, messages) in LANGUAGES.iter().zip(&languages) {
        let always = keys[0].iter().filter(|key| key.starts_with(ALWAYS)).cloned().collect();
        let said = patterns(&always, messages)?;
        let list: Vec<String> =
            always.iter().zip(said).map(|(key, pattern)| format!("{key}{VALUE}{pattern}")).collect();
        fs::write(out.join(language).with_extension("always"), list.join(END))?;
    }
    Ok(())
}

/// The patterns of some messages, in the order of their keys.
fn patterns(keys: &BTreeSet<String>, messages: &Messages) -> Result<Vec<String>> {
    let pattern = |key: &String| {
        let Some(pattern) = messages.get(key) else { return Ok(MISSING.to_owned()) };
        let mut text = String::new();
        flatten(pattern, messages, 0, &mut text).map_err(|error| format!("{key}: {error}"))?;
        Ok(text)
    };
    keys.iter().map(pattern).collect()
}

/// The name of the file that the page fetches: other words have another name, so that no copy is ever out of date.
fn file_name(section: &str, language: &str, words: &str) -> String {
    // FNV-1a, 64 bits.
    let fingerprint = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{section}.{language}-{fingerprint:016x}.txt")
}

/// Reads one file's messages into `messages`, and says what their keys are.
fn read(file: &Path, messages: &mut Messages) -> Result<Vec<String>> {
    let source = fs::read_to_string(file)?;
    let resource = fluent_syntax::parser::parse(source.clone()).map_err(|(_, errors)| {
        let lines: Vec<String> = errors
            .iter()
            .map(|error| {
                let line = source[..error.pos.start.min(source.len())].lines().count();
                format!("{}:{line}: {error}", file.display())
            })
            .collect();
        lines.join("\n")
    })?;
    let mut added = Vec::new();
    let mut add = |key: String, pattern: Pattern<String>| {
        added.push(key.clone());
        match messages.insert(key.clone(), pattern) {
            Some(_) => Err(format!("{}: {key} stands twice", file.display())),
            None => Ok(()),
        }
    };
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                if let Some(value) = message.value {
                    add(message.id.name.clone(), value)?;
                }
                for attribute in message.attributes {
                    add(format!("{}.{}", message.id.name, attribute.id.name), attribute.value)?;
                }
            }
            Entry::Term(term) => add(format!("-{}", term.id.name), term.value)?,
            Entry::Junk { content } => {
                return Err(format!("{}: cannot read {content:?}", file.display()).into());
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
        }
    }
    Ok(added)
}

/// Adds a pattern, as the page's `language/message.rs` reads it.
fn flatten(pattern: &Pattern<String>, messages: &Messages, depth: u32, out: &mut String) -> Result<()> {
    if depth > DEEPEST {
        return Err("refers to itself".into());
    }
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                if value.contains(|character| character < '\n') {
                    return Err("has a control character".into());
                }
                out.push_str(value);
            }
            PatternElement::Placeable { expression } => placeable(expression, messages, depth, out)?,
        }
    }
    Ok(())
}

fn placeable(
    expression: &Expression<String>,
    messages: &Messages,
    depth: u32,
    out: &mut String,
) -> Result<()> {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            write!(out, "{SELECT}{}", id.name)?;
            for variant in variants {
                let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                    &variant.key;
                write!(out, "{}{name}{VALUE}", if variant.default { DEFAULT } else { VARIANT })?;
                let start = out.len();
                flatten(&variant.value, messages, depth + 1, out)?;
                if out[start..].contains(SELECT) {
                    return Err("has a selection in a selection".into());
                }
            }
            out.push_str(SELECTED);
            return Ok(());
        }
        Expression::Select { .. } => return Err("selects on something other than an argument".into()),
    };
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            out.push_str(value)
        }
        InlineExpression::VariableReference { id } => write!(out, "{ARGUMENT}{}{ARGUMENT}", id.name)?,
        InlineExpression::MessageReference { id, attribute } => {
            let key = attribute
                .as_ref()
                .map_or_else(|| id.name.clone(), |attribute| format!("{}.{}", id.name, attribute.name));
            let pattern = messages.get(&key).ok_or_else(|| format!("refers to {key}, which is not there"))?;
            flatten(pattern, messages, depth + 1, out)?;
        }
        InlineExpression::TermReference { id, .. } => {
            let pattern = messages
                .get(&format!("-{}", id.name))
                .ok_or_else(|| format!("refers to -{}, which is not there", id.name))?;
            flatten(pattern, messages, depth + 1, out)?;
        }
        InlineExpression::Placeable { expression } => placeable(expression, messages, depth, out)?,
        InlineExpression::FunctionReference { id, .. } => return Err(format!("calls {}", id.name).into()),
    }
    Ok(())
}
