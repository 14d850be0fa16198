//! The state of the page as the query and the fragment of its address, and back.
//!
//! Reading never fails and never panics: what cannot be understood is left out and named in a [`Remark`].

mod parameters;
mod query;
mod remark;

pub use parameters::{Chrome, Deck, Embed, Parameters, Selected, Theme};
pub use query::{is_short, read, write};
pub use remark::{Problem, Remark};
