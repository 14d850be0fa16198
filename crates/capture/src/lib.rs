//! Real octets: segments written as IPv4 and TCP and read back, traces written as pcapng and captures read.
//!
//! [`octets`] knows one datagram, [`pcapng`] knows the file around many. Both are pure functions from
//! plain data to plain data: no I/O, no clock, no panic on any input.

pub mod octets;
pub mod open;
pub mod pcapng;
