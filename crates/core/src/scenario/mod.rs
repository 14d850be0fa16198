//! The scenario: what is run, as plain data with a readable JSON form, and its validation.

mod impairment;
mod intervention;
mod json;
mod scenario;
mod validate;

pub use impairment::{Direction, Impairment, ImpairmentKind};
pub use intervention::{Action, Intervention, Moment};
pub use json::from_json;
pub use scenario::{KeepaliveSpec, Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
pub use validate::ScenarioError;
