//! An edge of the diagram.

use playground_core::tcp::{State, Trigger};

/// An edge from one state to another, with one or more triggers of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct StateEdge {
    /// From.
    pub from: State,
    /// To.
    pub to: State,
    /// The triggers and the section of each, in the table's order; never empty.
    pub triggers: Vec<(Trigger, &'static str)>,
    /// An SVG path (`M x y C ...`), from border to border; the arrow head belongs to its end.
    pub path: String,
    /// Where its words stand.
    pub label: (f64, f64),
    /// One of the many edges to CLOSED by RST or time-out: drawn faint unless lit.
    pub bundled: bool,
}
