//! The state of the page as the query of its address, and back.
//!
//! Reading never fails and never panics: what cannot be understood is left out and named in a [`Remark`].

mod parameters;
mod query;

pub use parameters::{Chrome, Embed, Parameters, Selected, Theme};
pub use query::{Problem, Remark, read, write};
