//! Building in the playground: undo, presets and files, and the hosts of the scenario in a row.

mod hosts;
mod toolbar;

pub use hosts::Hosts;
pub use toolbar::Toolbar;
