//! The playground's editor, without a browser: what can be changed of a scenario, and how.

mod difference;

pub use difference::{Compared, Difference, differences};

/// The JSON schema of a scenario, by the scenario's own types.
pub const SCHEMA: &str = include_str!("../scenario.schema.json");
