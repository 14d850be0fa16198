//! What is selected, and what the inspector says about it.

mod datagram;
mod inspection;
mod layer;
mod selection;

pub use inspection::{FIELD_KEYS, Inspection};
pub use layer::{Field, Layer, LayerKind};
pub use selection::Selection;
