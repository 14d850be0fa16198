//! What is read in one way or another by its shape.

use serde::Deserialize;

use super::place::Place;
use super::value::Value;
use super::{JsonError, value};

/// Any JSON, to be looked at before it is read.
#[derive(Clone, Copy)]
pub struct Any<'v>(Place<'v>);

impl Any<'_> {
    /// Whether it is an object with this member.
    pub fn has(self, member: &str) -> bool {
        matches!(self.0.0, Value::Object(members) if members.iter().any(|(name, _)| name == member))
    }

    /// Reads it.
    ///
    /// Errors: as those of [`super::read`], with fields named from here on.
    pub fn read<T: for<'de> Deserialize<'de>>(self) -> Result<T, JsonError> {
        T::deserialize(self.0).map_err(|fault| *fault)
    }
}

/// Reads a list, each item in a way of its own.
///
/// Errors: as those of [`super::read`].
pub fn read_list<T>(text: &str, read: impl Fn(Any<'_>) -> Result<T, JsonError>) -> Result<Vec<T>, JsonError> {
    let value = value::parse(text).map_err(|fault| *fault)?;
    let Value::Array(items) = &value else { return Err(*Place(&value).unlike(&"a sequence")) };
    let each = |(place, item)| read(Any(Place(item))).map_err(|error| error.within(&format!("[{place}]")));
    items.iter().enumerate().map(each).collect()
}
