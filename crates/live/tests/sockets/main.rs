//! Roles on real sockets, between programs that nobody here wrote, and next to the simulation.

mod chains;
mod curl;
mod load;
mod origin;
mod peers;
mod program;
mod records;
mod running;
mod simulation;
