//! The inspector.

mod entry_view;
mod facts;
mod field_names;
mod field_row;
mod fields;
mod hex;
mod hex_runs;
mod hint;
mod inspector;
mod layers;
mod segment_view;
mod socket_facts;
mod socket_view;
mod why_chain;

pub use inspector::Inspector;
