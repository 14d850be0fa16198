//! The pictures at every step of every lesson that they carry.

mod every_step;
mod future;
mod layout;
mod runs;
mod segments;
