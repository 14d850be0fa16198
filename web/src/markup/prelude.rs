//! What a view uses: Yew's prelude with the page's own macros in place of Yew's.

pub use playground_markup::{component, html};
pub use yew::prelude::*;

pub(crate) use super::classes::{Classes, classes};
