//! What is read in one way or another by its shape.

use serde::Deserialize;
use serde_json::Value;

use super::{JsonError, Place};

/// Any JSON, to be looked at before it is read.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Any(Value);

impl Any {
    /// Whether it is an object with this member.
    pub fn has(&self, member: &str) -> bool {
        self.0.get(member).is_some()
    }

    /// Reads it.
    ///
    /// Errors: as those of [`super::read`], with fields named from here on.
    pub fn read<T: for<'de> Deserialize<'de>>(&self) -> Result<T, JsonError> {
        T::deserialize(Place(&self.0)).map_err(|fault| *fault)
    }
}
