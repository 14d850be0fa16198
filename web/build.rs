//! Turns `strings/*.ftl` into one table of messages, so that the page carries no parser for them.
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

/// Languages in the order of the table's columns.
const LANGUAGES: [&str; 2] = ["ko", "en"];
/// References may be nested so deep; deeper is taken for a circle.
const DEEPEST: u32 = 8;

fn main() -> Result<()> {
    println!("cargo:rerun-if-changed=strings");
    println!("cargo:rerun-if-changed=build.rs");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("strings");
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
    let mut table = String::from("pub(super) static MESSAGES: &[Message] = &[\n");
    for key in keys {
        write!(table, "    Message {{ key: {key:?}, patterns: [")?;
        for messages in &languages {
            match messages.get(key) {
                Some(pattern) => {
                    let parts = parts(pattern, messages, 0).map_err(|error| format!("{key}: {error}"))?;
                    write!(table, "Some({parts}), ")?;
                }
                None => table.push_str("None, "),
            }
        }
        table.push_str("] },\n");
    }
    table.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("messages.rs"), table)?;
    Ok(())
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

/// The Rust expression for a pattern: `&[Part::Text("..."), ...]`.
fn parts(pattern: &Pattern<String>, messages: &Messages, depth: u32) -> Result<String> {
    let mut text = String::new();
    let mut out = String::from("&[");
    flatten(pattern, messages, depth, &mut text, &mut out)?;
    flush(&mut text, &mut out)?;
    out.push(']');
    Ok(out)
}

fn flush(text: &mut String, out: &mut String) -> Result<()> {
    if !text.is_empty() {
        write!(out, "Part::Text({text:?}), ")?;
        text.clear();
    }
    Ok(())
}

fn flatten(
    pattern: &Pattern<String>,
    messages: &Messages,
    depth: u32,
    text: &mut String,
    out: &mut String,
) -> Result<()> {
    if depth > DEEPEST {
        return Err("refers to itself".into());
    }
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression } => placeable(expression, messages, depth, text, out)?,
        }
    }
    Ok(())
}

fn placeable(
    expression: &Expression<String>,
    messages: &Messages,
    depth: u32,
    text: &mut String,
    out: &mut String,
) -> Result<()> {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            flush(text, out)?;
            write!(out, "Part::Select {{ argument: {:?}, variants: &[", id.name)?;
            let mut default = 0;
            for (index, variant) in variants.iter().enumerate() {
                let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                    &variant.key;
                write!(out, "({name:?}, {}), ", parts(&variant.value, messages, depth + 1)?)?;
                if variant.default {
                    default = index;
                }
            }
            write!(out, "], default: {default} }}, ")?;
            return Ok(());
        }
        Expression::Select { .. } => return Err("selects on something other than an argument".into()),
    };
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            text.push_str(value)
        }
        InlineExpression::VariableReference { id } => {
            flush(text, out)?;
            write!(out, "Part::Argument({:?}), ", id.name)?;
        }
        InlineExpression::MessageReference { id, attribute } => {
            let key = attribute
                .as_ref()
                .map_or_else(|| id.name.clone(), |attribute| format!("{}.{}", id.name, attribute.name));
            let pattern = messages.get(&key).ok_or_else(|| format!("refers to {key}, which is not there"))?;
            flatten(pattern, messages, depth + 1, text, out)?;
        }
        InlineExpression::TermReference { id, .. } => {
            let pattern = messages
                .get(&format!("-{}", id.name))
                .ok_or_else(|| format!("refers to -{}, which is not there", id.name))?;
            flatten(pattern, messages, depth + 1, text, out)?;
        }
        InlineExpression::Placeable { expression } => placeable(expression, messages, depth, text, out)?,
        InlineExpression::FunctionReference { id, .. } => return Err(format!("calls {}", id.name).into()),
    }
    Ok(())
}
