//! Progress is noted as it is made.

use yew::prelude::*;

use crate::progress::Progress;
use crate::session::Session;

/// Notes the step that was reached and the challenge that was solved.
#[hook]
pub fn use_progress(session: &Session) {
    let lesson = session.lesson().id;
    let steps = session.step + 1;
    let solved = session.model.goal().is_some_and(|goal| goal.solved);
    let counts = session.embed.is_none() && !session.playground;
    use_effect_with((lesson, steps, solved, counts), |(lesson, steps, solved, counts)| {
        if *counts {
            Progress::record(lesson, *steps, *solved);
        }
    });
}
