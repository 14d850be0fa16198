//! User agents: a client with a list of requests, a browser that loads a page, and a load generator.

mod browser;
mod client;
mod load_generator;
mod reading;
mod retry;
mod spec;

pub use browser::{BrowserSpec, LoadingPolicy};
pub use load_generator::{AfterAnswer, LoadGeneratorSpec};
pub use retry::{RetryPolicy, UserAnswer};
pub use spec::{Asks, ClientSpec, RequestSpec};
