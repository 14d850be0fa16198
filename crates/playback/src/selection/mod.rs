//! What is selected, and what the inspector says about it.

mod inspection;
mod layer;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod selection;

pub use inspection::{FIELD_KEYS, Inspection};
pub use layer::{Field, Layer, LayerKind};
pub use selection::Selection;
