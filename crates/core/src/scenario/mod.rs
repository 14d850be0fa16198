//! The scenario: what is run, as plain data with a readable JSON form, and the check that it makes sense.

mod scenario;
mod validate;

pub use scenario::{
    Action, Direction, Impairment, ImpairmentKind, Intervention, Limits, LinkSpec, NodeSpec, Scenario,
    StackSpec,
};
pub use validate::ScenarioError;
