//! Programs of socket calls: one whose calls block, and one that follows a timetable.

mod manual;
mod script;
mod statement;

pub use manual::ManualSpec;
pub use script::{ScriptCall, ScriptSpec, ScriptStep};
pub use statement::{SocketCall, Statement};
