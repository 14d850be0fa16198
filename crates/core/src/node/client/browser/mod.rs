//! The browser: loads a page, its HTML first and each object as soon as its name has been read.

mod page;
mod pool;
mod role;
mod spec;
mod tags;

pub use spec::{BrowserSpec, LoadingPolicy};
