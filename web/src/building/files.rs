//! A scenario from a file.

use yew::prelude::*;

use crate::browser::{NotRead, Read};
use crate::session::Action;

/// Runs what was read of a file, or says why nothing was.
pub fn run_file(on_action: &Callback<Action>) -> Callback<Read> {
    on_action.reform(|read: Read| match read {
        Ok(json) => Action::RunScenario(json),
        Err(problem) => Action::NotRead { too_large: problem == NotRead::TooLarge },
    })
}
