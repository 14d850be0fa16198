//! The simulation: a scenario is run once, event by event, into a trace.

mod calls;
mod engine;
mod forward;
mod link;
mod node_host;
mod profiles;
mod queue;
mod routes;

pub use crate::scenario::{
    Action, Direction, Impairment, ImpairmentKind, Intervention, Limits, LinkSpec, NodeSpec, Scenario,
    ScenarioError, StackSpec,
};
pub use engine::run;
