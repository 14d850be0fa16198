//! The pictures at every step of every lesson that they carry.

mod every_step;
mod future;
mod layout;
mod page;
mod runs;
mod segments;
mod streams;
mod waits;
