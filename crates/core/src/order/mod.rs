//! Order by key: a map and a sort of which each further use costs the page little code.
//!
//! The standard library's are faster by a factor that does not show here, and are compiled anew, some
//! kilobytes each, for every type they are used with.

mod map;
mod sort;

pub use map::{Entry, Map};
pub use sort::{sort, sort_by_key};
