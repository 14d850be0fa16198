//! Programs of socket calls: one whose calls block, and a script of calls at given times.

mod manual;
mod script;
mod statement;

pub(crate) use manual::Manual;
pub use manual::ManualSpec;
pub use script::{ScriptCall, ScriptSpec, ScriptStep};
pub use statement::{SocketCall, Statement};
