//! A phrase of the view model as text.

use playground_playback::{Phrase, Value};

use crate::names::node_name;
use crate::text::Text;
use crate::{numbers, time_text};

/// The sentence of a phrase.
///
/// For a key that is missing from the language files, the key and the arguments.
pub fn phrase(text: Text, phrase: &Phrase) -> String {
    let values: Vec<(&str, String)> =
        phrase.args.iter().map(|(name, value)| (*name, spoken(text, value))).collect();
    if !text.has(phrase.key) {
        let rest: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        return format!("{} {}", phrase.key, rest.join(" ")).trim_end().to_owned();
    }
    let arguments: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text.get(phrase.key, &arguments)
}

/// One argument as text.
fn spoken(text: Text, value: &Value) -> String {
    match value {
        Value::Text(words) => words.clone(),
        Value::Number(number) => number.to_string(),
        Value::Octets(count) => numbers::octets(*count),
        Value::Span(span) => time_text::span(*span),
        Value::At(at) => time_text::moment(*at),
        Value::Node(name) => node_name(text, name),
        Value::Key(key) => text.plain(key),
        Value::Problem(key) => text.problem(key, &[]),
    }
}
