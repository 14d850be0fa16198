//! The messages that `build.rs` makes from the Fluent files, and how they become text.
//!
//! Keys and patterns come as long strings. In a pattern, a control character says what follows:
//!
//! | sign | what follows |
//! |---|---|
//! | 2 | the name of an argument, up to the next sign 2 |
//! | 3 | the name of an argument by whose value one of several variants is chosen |
//! | 4 | the value for which a variant is chosen |
//! | 5 | the same, of the variant that is taken where no other fits |
//! | 6 | the variant's own pattern |
//! | 7 | what comes after the variants |

use std::sync::OnceLock;

use playground_lessons::Language;
use playground_strings::{END, ENGLISH, FIRST_KEYS, KOREAN, MORE_KEYS, Section, VALUE, Words};

/// A pattern that is not there while a translation is missing, which a test forbids.
const MISSING: &str = "\u{8}";

/// Keys or patterns of one section, one after the other.
type List = OnceLock<Vec<&'static str>>;

const fn words(language: Language) -> Words {
    match language {
        Language::Korean => KOREAN,
        Language::English => ENGLISH,
    }
}

/// The keys of what comes first, in order.
fn first_keys() -> &'static [&'static str] {
    static KEYS: List = List::new();
    KEYS.get_or_init(|| FIRST_KEYS.split(END).collect())
}

/// The keys of the rest, in order: none until they are asked for.
static MORE: List = List::new();

/// Asks for the keys of the rest. They come with the part of the program that this function is in.
#[inline(never)]
fn more_keys() -> &'static [&'static str] {
    MORE.get_or_init(|| MORE_KEYS.split(END).collect())
}

/// The patterns of a section, once they are here.
fn patterns(section: Section, slot: &'static List) -> Option<&'static [&'static str]> {
    match section.patterns {
        Some(all) => Some(slot.get_or_init(|| all.split(END).collect())),
        None => slot.get().map(Vec::as_slice),
    }
}

fn first(language: Language) -> Option<&'static [&'static str]> {
    patterns(words(language).first, first_slot(language))
}

fn more(language: Language) -> Option<&'static [&'static str]> {
    patterns(words(language).more, more_slot(language))
}

fn first_slot(language: Language) -> &'static List {
    static SLOTS: [List; 2] = [List::new(), List::new()];
    &SLOTS[language.pick(0, 1)]
}

fn more_slot(language: Language) -> &'static List {
    static SLOTS: [List; 2] = [List::new(), List::new()];
    &SLOTS[language.pick(0, 1)]
}

/// The place of a message: among those that come first, or in the rest.
#[derive(Clone, Copy)]
pub(super) enum Place {
    First(usize),
    More(usize),
}

/// Where a message is, unless it is in the rest and that is not here.
pub(super) fn find(key: &str) -> Option<Place> {
    let in_more = || {
        // Words that are compiled in are not handed in.
        let keys = if words(Language::English).more.patterns.is_some() { more_keys() } else { MORE.get()? };
        keys.binary_search(&key).ok().map(Place::More)
    };
    first_keys().binary_search(&key).ok().map(Place::First).or_else(in_more)
}

/// The pattern of a message in `language`, or in the other one while that is missing; of the few that are said when
/// nothing can be fetched, in any case.
pub(super) fn pattern(place: Place, language: Language) -> Option<&'static str> {
    let other = language.pick(Language::English, Language::Korean);
    let here = |language| {
        let all = match place {
            Place::First(place) => first(language)?.get(place),
            Place::More(place) => more(language)?.get(place),
        };
        all.copied().filter(|it| *it != MISSING)
    };
    let always = || {
        let Place::First(place) = place else { return None };
        let key = *first_keys().get(place)?;
        let mut all = words(language).always.split(END).filter_map(|it| it.split_once(VALUE));
        all.find(|(known, _)| *known == key).map(|(_, pattern)| pattern)
    };
    here(language).or_else(always).or_else(|| here(other))
}

/// Writes the pattern with its arguments filled in; a missing argument leaves its name in braces.
pub(super) fn write(language: Language, pattern: &str, arguments: &[(&str, &str)], out: &mut String) {
    let value = |name: &str| arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let mut rest = pattern;
    while let Some(place) = rest.find(['\u{2}', '\u{3}']) {
        out.push_str(&rest[..place]);
        let end = if rest[place..].starts_with('\u{2}') { '\u{2}' } else { '\u{7}' };
        let (inside, after) = rest[place + 1..].split_once(end).unwrap_or_default();
        rest = after;
        if end == '\u{7}' {
            let name = inside.split(['\u{4}', '\u{5}']).next().unwrap_or_default();
            write(language, variant(language, inside, value(name).unwrap_or_default()), arguments, out);
            continue;
        }
        match value(inside) {
            Some(text) => out.push_str(text),
            None => {
                out.push('{');
                out.push_str(inside);
                out.push('}');
            }
        }
    }
    out.push_str(rest);
}

/// The variant for a value: by the value itself, else by its plural category, else the default.
fn variant<'a>(language: Language, variants: &'a str, value: &str) -> &'a str {
    let mut chosen = ("", 0);
    // After the name of the argument, each begins with its sign.
    for (place, _) in variants.match_indices(['\u{4}', '\u{5}']) {
        let (key, pattern) = variants[place + 1..].split_once('\u{6}').unwrap_or_default();
        let rank = match () {
            () if key == value => 3,
            () if key == plural(language, value) => 2,
            () if variants[place..].starts_with('\u{5}') => 1,
            () => continue,
        };
        if rank > chosen.1 {
            let end = pattern.find(['\u{4}', '\u{5}']).unwrap_or(pattern.len());
            chosen = (&pattern[..end], rank);
        }
    }
    chosen.0
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

    /// The names of the arguments of a pattern.
    fn arguments(pattern: &'static str) -> BTreeSet<&'static str> {
        let filled = pattern.split('\u{2}').skip(1).step_by(2);
        let chosen = pattern.split('\u{3}').skip(1).filter_map(|it| it.split(['\u{4}', '\u{5}']).next());
        filled.chain(chosen).collect()
    }

    fn written(language: Language, pattern: &str, arguments: &[(&str, &str)]) -> String {
        let mut out = String::new();
        write(language, pattern, arguments, &mut out);
        out
    }

    #[test]
    fn a_pattern_is_filled() {
        let (korean, english) = (Language::Korean, Language::English);
        let pattern = "to \u{2}node\u{2}: \u{3}count\u{4}0\u{6}none\u{4}one\u{6}an octet\u{5}other\u{6}\u{2}count\u{2} octets\u{7}.";
        for (language, count, expected) in [
            (english, "0", "to A: none."),
            (english, "1", "to A: an octet."),
            (english, "2", "to A: 2 octets."),
            (korean, "1", "to A: 1 octets."),
        ] {
            assert_eq!(written(language, pattern, &[("node", "A"), ("count", count)]), expected);
        }
        assert_eq!(written(english, "to \u{2}node\u{2}", &[]), "to {node}");
    }

    #[test]
    fn keys_stand_in_order_so_that_they_can_be_found() {
        for keys in [first_keys(), more_keys()] {
            assert!(keys.len() > 100 && keys.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn both_languages_have_every_message_with_the_same_arguments() {
        let mut problems = Vec::new();
        let keys = first_keys().iter().chain(more_keys());
        let both =
            Language::ALL.map(|language| [first(language), more(language)].map(Option::unwrap).concat());
        assert!(both.iter().all(|patterns| patterns.len() == keys.clone().count()));
        for (key, (korean, english)) in keys.zip(both[0].iter().zip(&both[1])) {
            if [*korean, *english].contains(&MISSING) {
                problems.push(format!("{key} is missing in a language"));
                continue;
            }
            let (in_korean, in_english) = (arguments(korean), arguments(english));
            // A plural's argument may go unused in Korean, which has none.
            if in_korean.difference(&in_english).next().is_some() {
                problems.push(format!("{key} has an argument in Korean that English does not have"));
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
