//! The session: the state of the page, changed in one place.

mod action;
mod building;
mod captured;
#[cfg(test)]
mod captured_tests;
mod comparing;
#[cfg(test)]
mod comparing_tests;
mod editing;
#[cfg(test)]
mod editing_tests;
mod experiment;
mod history;
#[cfg(test)]
mod history_tests;
mod horizon;
#[cfg(test)]
mod horizon_tests;
mod link;
mod marks;
mod model;
mod navigation;
mod page;
mod questions;
mod refusal;
mod route;
mod session;
#[cfg(test)]
mod tests;

pub use action::{Action, Dialog};
pub use building::{Preset, Said};
pub use captured::{Captured, Source, modelled};
pub use experiment::{Edit, Experiment};
pub use link::Preferences;
pub use marks::Marks;
pub use model::Model;
pub use page::Page;
pub use refusal::Refusal;
pub use session::Session;
