//! Corners: what goes wrong only when several things come together.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../support/mod.rs"]
mod support;

mod lone_body;
mod memory;
mod tls_close;
mod tls_full;
mod tls_memory;
