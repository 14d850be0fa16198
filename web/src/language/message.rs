//! One message of the table that `build.rs` makes from the Fluent files, and how it becomes text.

use playground_lessons::Language;

/// A message in every language; a column is empty only while a translation is missing, which a test forbids.
pub(super) struct Message {
    pub(super) key: &'static str,
    /// Korean, English.
    pub(super) patterns: [Option<&'static [Part]>; 2],
}

/// A piece of a pattern.
pub(super) enum Part {
    /// Words.
    Text(&'static str),
    /// The value of an argument.
    Argument(&'static str),
    /// One of several patterns, by the value of an argument.
    Select { argument: &'static str, variants: &'static [(&'static str, &'static [Part])], default: usize },
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The message with this key.
pub(super) fn find(key: &str) -> Option<&'static Message> {
    let index = MESSAGES.binary_search_by(|message| message.key.cmp(key)).ok()?;
    MESSAGES.get(index)
}

impl Message {
    /// The pattern in `language`, or in another one while that is missing.
    pub(super) fn pattern(&self, language: Language) -> &'static [Part] {
        let column = match language {
            Language::Korean => 0,
            Language::English => 1,
        };
        self.patterns[column].or(self.patterns[1 - column]).unwrap_or_default()
    }
}

/// Writes the pattern with its arguments filled in; a missing argument leaves its name in braces.
pub(super) fn write(language: Language, parts: &[Part], arguments: &[(&str, &str)], out: &mut String) {
    let value = |name: &str| arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Argument(name) => match value(name) {
                Some(text) => out.push_str(text),
                None => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            },
            Part::Select { argument, variants, default } => {
                let value = value(argument).unwrap_or_default();
                let chosen = variants
                    .iter()
                    .find(|(key, _)| *key == value)
                    .or_else(|| variants.iter().find(|(key, _)| *key == plural(language, value)))
                    .or_else(|| variants.get(*default));
                if let Some((_, parts)) = chosen {
                    write(language, parts, arguments, out);
                }
            }
        }
    }
}

/// The plural category of a number, by the rules of the language.
fn plural(language: Language, value: &str) -> &'static str {
    match language {
        Language::English if value == "1" => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn arguments(parts: &[Part], found: &mut BTreeSet<&'static str>) {
        for part in parts {
            match part {
                Part::Text(_) => {}
                Part::Argument(name) => {
                    found.insert(name);
                }
                Part::Select { argument, variants, .. } => {
                    found.insert(argument);
                    for (_, parts) in *variants {
                        arguments(parts, found);
                    }
                }
            }
        }
    }

    #[test]
    fn keys_stand_in_order_so_that_they_can_be_found() {
        assert!(MESSAGES.is_sorted_by(|a, b| a.key < b.key));
    }

    #[test]
    fn both_languages_have_every_message_with_the_same_arguments() {
        let mut problems = Vec::new();
        for message in MESSAGES {
            let [Some(korean), Some(english)] = message.patterns else {
                problems.push(format!("{} is missing in a language", message.key));
                continue;
            };
            let (mut in_korean, mut in_english) = (BTreeSet::new(), BTreeSet::new());
            arguments(korean, &mut in_korean);
            arguments(english, &mut in_english);
            // A plural's argument may go unused in Korean, which has none.
            if in_korean.difference(&in_english).next().is_some() {
                problems
                    .push(format!("{} has an argument in Korean that English does not have", message.key));
            }
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    fn sources(folder: &Path, found: &mut Vec<String>) {
        for file in std::fs::read_dir(folder).expect("the sources are there").flatten() {
            let path = file.path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(std::fs::read_to_string(&path).expect("a source can be read"));
            }
        }
    }

    /// Every `.get("key"`, `.plain("key"` and `text(language, "key"` of the sources is a message.
    #[test]
    fn every_key_in_the_sources_is_a_message() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let mut missing = BTreeSet::new();
        for source in &files {
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            let flat: String = code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
            for call in ["text.get(", "text.plain(", "text(language, "] {
                for (place, _) in flat.match_indices(call) {
                    let rest = flat[place + call.len()..].trim_start();
                    if let Some((key, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'))
                        && key.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-.".contains(&octet))
                        && find(key).is_none()
                    {
                        missing.insert(key.to_owned());
                    }
                }
            }
        }
        assert!(missing.is_empty(), "no message for {missing:?}");
    }
}
