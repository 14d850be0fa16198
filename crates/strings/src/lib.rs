//! The page's words, as `build.rs` makes them from the Fluent files in `text`.
//!
//! Keys and patterns are long strings with [`END`] between the entries. How a pattern is read is the page's business.

/// Between the entries.
pub const END: char = '\u{1}';
/// Between a key and its pattern in [`Words::always`].
pub const VALUE: char = '\u{6}';
/// The keys, in order.
pub const KEYS: &str = include_str!(concat!(env!("OUT_DIR"), "/keys.txt"));

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The name of the file with the patterns, which changes with them.
    pub file: &'static str,
    /// What stands in that file, where it is compiled in: a pattern for each key, in the same order.
    pub patterns: Option<&'static str>,
    /// What can be said before the file is there: keys with their patterns.
    pub always: &'static str,
}

macro_rules! made {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

/// The words in Korean.
pub const KOREAN: Words = Words {
    file: made!("ko.name"),
    #[cfg(feature = "embedded")]
    patterns: Some(made!("ko.txt")),
    #[cfg(not(feature = "embedded"))]
    patterns: None,
    always: made!("ko.always"),
};

/// The words in English.
pub const ENGLISH: Words = Words {
    file: made!("en.name"),
    #[cfg(feature = "embedded")]
    patterns: Some(made!("en.txt")),
    #[cfg(not(feature = "embedded"))]
    patterns: None,
    always: made!("en.always"),
};
