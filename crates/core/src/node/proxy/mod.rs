//! Proxies: a blind relay, a proxy that follows the rules for connections, and the same with a cache.

mod answers;
mod caching;
mod dumb;
mod methods;
mod own_answers;
mod pool;
mod reuse;
mod smart;
mod spec;
mod transaction;
mod tunnel;

pub use caching::CachingProxySpec;
pub use dumb::DumbProxySpec;
pub use pool::PoolSpec;
pub use reuse::ClientHalfClose;
pub use spec::SmartProxySpec;
