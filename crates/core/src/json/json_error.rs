//! What is wrong with a JSON text.

use core::fmt;

use serde::de::{self, Expected, Unexpected};

/// What is wrong with a JSON text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Where: `nodes[1].role.port`; empty for the whole.
    pub field: String,
    /// What, in English.
    pub problem: String,
}

impl JsonError {
    /// The same error, seen from one level further out.
    pub(super) fn within(mut self, step: &str) -> Self {
        let dot = if self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        self.field = [step, dot, &self.field].concat();
        self
    }
}

impl de::Error for JsonError {
    fn custom<T: fmt::Display>(problem: T) -> Self {
        Self { field: String::new(), problem: problem.to_string() }
    }

    /// JSON knows no unit but `null`.
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Unit => Self::custom(format_args!("invalid type: null, expected {expected}")),
            _ => Self::custom(format_args!("invalid type: {found}, expected {expected}")),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { field: field.to_owned(), problem: "missing".to_owned() }
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
        f.write_str(&self.problem)
    }
}

impl core::error::Error for JsonError {}
