//! What `html!` and `#[component]` become: templates that are filled, and parts that are kept.
//!
//! The macros are in `crates/markup`. They read as Yew's and draw with Yew, in much less code.

mod classes;
mod fill;
mod part;
pub mod prelude;
mod template;
mod value;

pub use classes::{Class, Classes};
pub use part::{Component, component};
pub use template::Template;
pub use value::Child;
