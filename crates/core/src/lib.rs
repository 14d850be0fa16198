//! The connection model: what a TCP and an HTTP implementation do, on simulated time, step by step.
//!
//! A [`scenario::Scenario`] is run once by [`sim::run`] into an immutable [`trace::Trace`]. There is no I/O
//! here, no clock, no thread, no floating point and no hashing order: the same scenario gives the same
//! trace on every machine, which is what makes a link to an experiment enough to share it.
//!
//! The modules depend on each other in one direction: `time <- wire <- tcp`, `time <- http`,
//! `{tcp, http, dns, dhcp} <- event <- node <- scenario <- trace <- sim`. TCP does not know HTTP and HTTP does not
//! know TCP: octets in, events out; `node` joins them.

pub mod dhcp;
pub mod dns;
pub mod event;
pub mod http;
pub mod node;
pub mod problem;
pub mod rng;
pub mod rule;
pub mod scenario;
pub mod sim;
pub mod tcp;
pub mod time;
mod timeline;
pub mod tls;
pub mod trace;
pub mod wire;
