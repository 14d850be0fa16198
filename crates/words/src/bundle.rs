//! The messages of the Fluent files in `text`, one bundle a language, parsed when the language is first used.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use playground_lessons::{Language, Source, source};

type Bundle = FluentBundle<FluentResource>;

thread_local! {
    static KOREAN: Bundle = bundle(Language::Korean);
    static ENGLISH: Bundle = bundle(Language::English);
}

/// The Fluent files.
static FILES: [Source; 6] = [
    source!("page", "ftl"),
    source!("rules", "ftl"),
    source!("events", "ftl"),
    source!("drawings", "ftl"),
    source!("problems", "ftl"),
    source!("fields", "ftl"),
];

/// The Fluent files of a language.
pub(super) fn files(language: Language) -> [&'static str; 6] {
    FILES.each_ref().map(|file| file.text(language))
}

/// Mistakes in the files, which tests forbid, leave out the messages that have them.
fn bundle(language: Language) -> Bundle {
    let mut bundle = FluentBundle::new(language.tag().parse().into_iter().collect());
    // No invisible marks around arguments: drawings are measured, and text is copied out of the page.
    bundle.set_use_isolating(false);
    for file in files(language) {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn with_bundle<T>(language: Language, read: impl FnOnce(&Bundle) -> T) -> T {
    match language {
        Language::Korean => KOREAN.with(read),
        Language::English => ENGLISH.with(read),
    }
}

/// Whether there is a message of this key: `name`, or `name.attribute`.
pub(super) fn has(language: Language, key: &str) -> bool {
    with_bundle(language, |bundle| pattern(bundle, key).is_some())
}

/// The message with its arguments filled in, if there is one. A missing argument leaves its name in braces.
pub(super) fn format(language: Language, key: &str, arguments: &[(&str, &str)]) -> Option<String> {
    with_bundle(language, |bundle| {
        let pattern = pattern(bundle, key)?;
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set(*name, value(argument));
        }
        Some(bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    })
}

fn pattern<'b>(bundle: &'b Bundle, key: &str) -> Option<&'b fluent_syntax::ast::Pattern<&'b str>> {
    let (name, attribute) =
        key.split_once('.').map_or((key, None), |(name, attribute)| (name, Some(attribute)));
    let message = bundle.get_message(name)?;
    match attribute {
        Some(attribute) => Some(message.get_attribute(attribute)?.value()),
        None => message.value(),
    }
}

/// Digits are a number, by which plurals and exact values are selected. Anything else stays as it is written: also
/// `007` and `nan`, which a parser of numbers would accept and change.
fn value(argument: &str) -> FluentValue<'_> {
    match argument.parse::<u32>() {
        Ok(number) if number.to_string() == argument => number.into(),
        _ => argument.into(),
    }
}
