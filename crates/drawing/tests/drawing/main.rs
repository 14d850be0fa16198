//! The pictures at every step of every lesson that they carry.

mod every_knob;
mod every_step;
mod future;
mod heads;
mod layout;
mod page;
mod ports;
mod queue;
mod race;
mod requests;
mod runs;
mod segments;
mod stage;
mod streams;
mod terminal;
mod time;
mod tuples;
mod waits;
