//! The page's words, as `build.rs` makes them from the Fluent files in `text`.
//!
//! What `text/first.*.ftl` says is there before anything is drawn; the rest comes with the rest of the program.
//! Keys and patterns are long strings with [`END`] between the entries. How a pattern is read is the page's business.

/// Between the entries.
pub const END: char = '\u{1}';
/// Between a key and its pattern in [`Words::always`].
pub const VALUE: char = '\u{6}';

/// The keys of what comes first, in order.
pub const FIRST_KEYS: &str = include_str!(concat!(env!("OUT_DIR"), "/page.keys"));
/// The keys of the rest, in order.
pub const MORE_KEYS: &str = include_str!(concat!(env!("OUT_DIR"), "/more.keys"));

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What comes first.
    pub first: Section,
    /// The rest.
    pub more: Section,
    /// What can be said before any file is there: keys with their patterns.
    pub always: &'static str,
}

/// Words that are fetched together.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The name of the file with the patterns, which changes with them.
    pub file: &'static str,
    /// What stands in that file, where it is compiled in: a pattern for each key, in the same order.
    pub patterns: Option<&'static str>,
}

macro_rules! made {
    ($($name:literal),*) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $($name),*))
    };
}

macro_rules! section {
    ($name:literal) => {
        Section {
            file: made!($name, ".name"),
            #[cfg(feature = "embedded")]
            patterns: Some(made!($name, ".txt")),
            #[cfg(not(feature = "embedded"))]
            patterns: None,
        }
    };
}

/// The words in Korean.
pub const KOREAN: Words =
    Words { first: section!("page.ko"), more: section!("more.ko"), always: made!("ko.always") };

/// The words in English.
pub const ENGLISH: Words =
    Words { first: section!("page.en"), more: section!("more.en"), always: made!("en.always") };
