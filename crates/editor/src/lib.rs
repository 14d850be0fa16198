//! The playground's editor, without a browser: what can be changed of a scenario, and how.

/// The JSON schema of a scenario, by the scenario's own types.
pub const SCHEMA: &str = include_str!("../scenario.schema.json");
