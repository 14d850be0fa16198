//! Two runs side by side: what came of each, and where they part.

mod comparison;
mod on_the_wire;
mod outcome;

pub use comparison::{Comparison, ComparisonRow, Parting, RowTitle};
pub use outcome::{Amount, Measure};
