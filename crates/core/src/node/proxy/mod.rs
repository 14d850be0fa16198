//! Proxies: a blind relay, a proxy that follows the rules for connections, and the same with a cache.

mod answers;
mod caching;
mod dumb;
mod smart;
mod spec;
mod transaction;

pub use caching::CachingProxySpec;
pub use dumb::DumbProxySpec;
pub use spec::SmartProxySpec;
