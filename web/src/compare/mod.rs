//! Two runs beside each other: the table in the story's place, and both pictures on one clock.

mod changes;
mod panes;
mod table;

pub use panes::Panes;
pub use table::Table;
