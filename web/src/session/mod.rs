//! The session: everything on the screen, changed in one place.

mod action;
mod dialog;
mod edit;
mod experiment;
mod linked;
mod model;
mod moving;
#[expect(clippy::module_inception, reason = "one public type a file, named after it")]
mod session;
#[cfg(test)]
mod tests;

pub use action::Action;
pub use dialog::Dialog;
pub use edit::Edit;
pub use experiment::Experiment;
pub use linked::Surroundings;
pub use model::Model;
pub use session::Session;
