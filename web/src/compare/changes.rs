//! What differs between two scenarios, in words.

use playground_core::time::Duration;
use playground_editor::{Compared, Difference};
use playground_words::time_text::span;
use playground_words::{node_name, octets};
use serde_json::Value;

use crate::language::Text;

/// The name of a changed field and what it is in: `Proxy: role`.
pub fn name(text: Text, one: &Difference) -> String {
    let part = match &one.part {
        Compared::Scenario => text.plain("compare-scenario"),
        Compared::Node(name) => node_name(text, name),
        Compared::Link(a, b) => format!("{} – {}", node_name(text, a), node_name(text, b)),
    };
    match field(text, &one.path) {
        Some(field) => format!("{part}: {field}"),
        None => part,
    }
}

/// The field's own name, where it has one in this language; the names in the scenario else.
fn field(text: Text, path: &[String]) -> Option<String> {
    let last = path.iter().rev().find(|name| name.parse::<usize>().is_err())?;
    let key = format!("field-{}", last.replace('_', "-"));
    Some(if text.has(&key) { text.plain(&key) } else { path.join(".") })
}

/// A value as people write it, with the unit that the field's name ends with.
pub fn value(text: Text, path: &[String], value: Option<&Value>) -> String {
    let Some(value) = value else { return text.plain("compare-absent") };
    let name = path.last().map_or("", String::as_str);
    match value {
        Value::Null => text.plain("compare-absent"),
        Value::Bool(on) => text.plain(if *on { "compare-on" } else { "compare-off" }),
        Value::Number(number) => match number.as_u64() {
            Some(micros) if name.ends_with("_us") => span(Duration::from_micros(micros)),
            Some(bits) if name == "bits_per_s" => format!("{} Mbit/s", bits as f64 / 1e6),
            Some(count) if name.ends_with("buffer") || name == "size" => octets(count),
            _ => number.to_string(),
        },
        Value::String(word) if name == "role" => {
            let key = format!("role-{word}");
            if text.has(&key) { text.plain(&key) } else { word.clone() }
        }
        Value::String(word) => word.clone(),
        Value::Array(list) => text.get("compare-list", &[("count", &list.len().to_string())]),
        // A node or a link, or a group of settings.
        Value::Object(_) => text.plain("compare-there"),
    }
}
