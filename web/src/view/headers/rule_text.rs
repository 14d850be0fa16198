//! A rule's sentence and its source.

use playground_core::rule::Rule;

use crate::language::Text;

/// The sentence of a rule.
pub(super) fn sentence(text: Text, rule: Rule) -> String {
    text.plain(&format!("rule-{}", rule.key()))
}

/// The source of a rule: an RFC section, the book, or observed behaviour.
pub(super) fn source(text: Text, rule: Rule) -> String {
    let source = rule.source();
    match source.strip_prefix("HTTP: The Definitive Guide §") {
        Some(section) => text.get("headers-source-book", &[("section", section)]),
        None if source == "Observed" => text.plain("headers-source-observed"),
        None => source.to_owned(),
    }
}
