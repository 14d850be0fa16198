//! User agents: a client with a list of requests, a browser that loads a page, and a load generator.

mod announced_timeout;
mod browser;
mod client;
mod early_answer;
mod expect_continue;
mod load_generator;
mod reading;
mod retry;
mod spec;

pub use announced_timeout::AnnouncedTimeout;
pub use browser::{BrowserSpec, LoadingPolicy};
pub use early_answer::WhileSending;
pub use load_generator::{AfterAnswer, LoadGeneratorSpec};
pub use retry::{RetryPolicy, UserAnswer};
pub use spec::{Asks, ClientSpec, RequestSpec};
