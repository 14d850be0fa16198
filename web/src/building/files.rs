//! Files with a scenario, or with the recording of a run on real sockets.

use playground_core::trace::Trace;
use yew::Callback;

use crate::browser::{NotRead, Read};
use crate::session::{Action, Captured};

/// The most octets of a scenario.
const LONGEST_SCENARIO: usize = 1_000_000;

/// Shows or runs what was read of a file, or says why nothing was.
pub fn run_file(on_action: &Callback<Action>) -> Callback<Read> {
    on_action.reform(|read: Read| match read {
        Ok(file) if Trace::is_recording(&file.text) => match Trace::from_recording(&file.text) {
            Ok(trace) => Action::ShowCapture(Captured::recording(&file.name, trace)),
            Err(problem) => Action::NotOpened(problem),
        },
        Ok(file) if file.text.len() > LONGEST_SCENARIO => Action::NotRead { too_large: true },
        Ok(file) => Action::RunScenario(file.text),
        Err(problem) => Action::NotRead { too_large: problem == NotRead::TooLarge },
    })
}
