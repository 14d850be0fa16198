//! What is wrong with a JSON text.

use core::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::problem::Problem;

/// What is wrong with a JSON text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Where: `nodes[1].role.port`; empty for the whole.
    pub field: String,
    /// What.
    pub problem: Problem,
}

impl JsonError {
    pub(super) fn here(problem: Problem) -> Self {
        Self { field: String::new(), problem }
    }

    /// The same error, seen from one level further out.
    pub(super) fn within(mut self, step: &str) -> Self {
        let dot = if self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        self.field = [step, dot, &self.field].concat();
        self
    }

    /// What serde's readers say in words of their own.
    fn said(said: &str) -> Self {
        Self::here(match said {
            "invalid IPv4 address syntax" => Problem::not_an_address(),
            said => Problem::other(said),
        })
    }

    /// Something else than was expected, which serde's readers name in English.
    fn unlike(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let (found, expected) = (shown(found), expected.to_string());
        let number = |most| Problem::not_a_number(&found, most);
        Self::here(match expected.as_str() {
            "a string" => Problem::not_a_string(&found),
            "a boolean" => Problem::not_true_or_false(&found),
            "IPv4 address" => Problem::not_an_address(),
            "u8" => number(u8::MAX.into()),
            "u16" => number(u16::MAX.into()),
            "u32" => number(u32::MAX.into()),
            "usize" => number(usize::MAX as u64),
            "u64" => number(u64::MAX),
            "a sequence" => Problem::not_a_list(&found),
            other if other.starts_with("a tuple") => Problem::not_a_list(&found),
            other if other.starts_with("enum ") => Problem::not_a_variant(&found),
            // A struct, a map, a variant with fields, an enum whose tag stands among its fields.
            _ => Problem::not_an_object(&found),
        })
    }
}

/// How much of a string is shown, characters.
const SHOWN: usize = 40;

/// What was found, as JSON.
fn shown(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Str(text) => quoted(text),
        Unexpected::Other(number) => number.to_owned(),
        Unexpected::Seq => "[ ]".to_owned(),
        Unexpected::Map => "{ }".to_owned(),
        _ => "null".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let mut shown = String::from("\"");
    shown.extend(text.chars().take(SHOWN));
    shown.push_str(if text.chars().nth(SHOWN).is_some() { "…\"" } else { "\"" });
    shown
}

impl de::Error for JsonError {
    fn custom<T: fmt::Display>(said: T) -> Self {
        Self::said(&said.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::unlike(found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::unlike(found, expected)
    }

    /// Only tuples have a length that a list may miss.
    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let digits = expected.rsplit(' ').find_map(|word| word.parse().ok());
        Self::here(Problem::wrong_count(digits.unwrap_or(0), found as u64))
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Self::here(Problem::no_such_value(&quoted(found), &known.join(", ")))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let problem = match known {
            [] => Problem::no_fields(),
            known => Problem::no_such_field(&known.join(", ")),
        };
        Self { field: field.to_owned(), problem }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { field: field.to_owned(), problem: Problem::twice() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { field: field.to_owned(), problem: Problem::missing() }
    }
}

/// An error on its way up through many readers, each of which is smaller for it.
impl de::Error for Box<JsonError> {
    fn custom<T: fmt::Display>(problem: T) -> Self {
        Self::new(JsonError::custom(problem))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(JsonError::invalid_type(found, expected))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(JsonError::invalid_value(found, expected))
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        Self::new(JsonError::invalid_length(found, expected))
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Self::new(JsonError::unknown_variant(found, known))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(JsonError::unknown_field(field, known))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(JsonError::duplicate_field(field))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(JsonError::missing_field(field))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            f.write_str(&self.field)?;
            f.write_str(": ")?;
        }
        self.problem.fmt(f)
    }
}

impl core::error::Error for JsonError {}
