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
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "ftl")) {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let language = name.rsplit('.').next().unwrap_or_default();
        let Some(column) = LANGUAGES.iter().position(|known| *known == language) else {
            return Err(format!("{}: no language {language:?}", file.display()).into());
        };
        read(file, &mut languages[column])?;
    }

    let keys: BTreeSet<&String> =
        languages.iter().flat_map(Messages::keys).filter(|key| !key.starts_with('-')).collect();
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let list: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
    fs::write(out.join("keys.txt"), list.join(END))?;
    for (language, messages) in LANGUAGES.iter().zip(&languages) {
        let mut list = Vec::new();
        let mut always = Vec::new();
        for key in &keys {
            list.push(match messages.get(*key) {
                Some(pattern) => {
                    let mut text = String::new();
                    flatten(pattern, messages, 0, &mut text).map_err(|error| format!("{key}: {error}"))?;
                    text
                }
                None => MISSING.to_owned(),
            });
            if key.starts_with(ALWAYS) {
                always.push(format!("{key}{VALUE}{}", list[list.len() - 1]));
            }
        }
        let list = list.join(END);
        fs::write(out.join(language).with_extension("name"), file_name(language, &list))?;
        fs::write(out.join(language).with_extension("txt"), list)?;
        fs::write(out.join(language).with_extension("always"), always.join(END))?;
    }
    Ok(())
}

/// The name of the file that the page fetches: other words have another name, so that no copy is ever out of date.
fn file_name(language: &str, words: &str) -> String {
    // FNV-1a, 64 bits.
    let fingerprint = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("page.{language}-{fingerprint:016x}.txt")
}

/// Reads one file's messages into `messages`.
fn read(file: &Path, messages: &mut Messages) -> Result<()> {
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
    let mut add = |key: String, pattern: Pattern<String>| match messages.insert(key.clone(), pattern) {
        Some(_) => Err(format!("{}: {key} stands twice", file.display())),
        None => Ok(()),
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
    Ok(())
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
