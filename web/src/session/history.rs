//! Undo and redo: every experiment that was, and those that were taken back.

use playground_core::scenario::ScenarioError;
use playground_playback::PlayerCommand;

use super::{Experiment, Session};

/// So many experiments are kept; the oldest is forgotten.
const MOST: usize = 200;

/// The experiments before the present one, and those that were taken back.
#[derive(Clone, Default)]
pub struct History {
    past: Vec<Experiment>,
    future: Vec<Experiment>,
    /// The place of the text that the last change typed, if it did.
    typed: Option<String>,
}

impl History {
    /// Keeps the experiment that was changed. What was taken back before is forgotten.
    pub fn record(&mut self, before: Experiment) {
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(before);
        self.future.clear();
        self.typed = None;
    }

    /// Takes the last change for one in which a text was typed: the next key in the same text belongs to it.
    pub fn typed(&mut self, at: &str, goes_on: bool) {
        if goes_on {
            self.past.pop();
        }
        self.typed = Some(at.to_owned());
    }

    /// Whether the last change typed the text at this place.
    pub fn is_typing(&self, at: &str) -> bool {
        self.typed.as_deref() == Some(at)
    }
}

impl Session {
    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.history.past.is_empty()
    }

    /// Whether a change was taken back.
    pub fn can_redo(&self) -> bool {
        !self.history.future.is_empty()
    }

    /// Takes back the last change of the experiment.
    pub(super) fn undo(&mut self) {
        self.travel(|history| (&mut history.past, &mut history.future));
    }

    /// Makes the change again that was taken back last.
    pub(super) fn redo(&mut self) {
        self.travel(|history| (&mut history.future, &mut history.past));
    }

    /// Runs a changed experiment and stays at the same time.
    pub(super) fn rerun_where_it_is(
        &mut self,
        change: impl FnOnce(&mut Experiment) -> Result<(), ScenarioError>,
    ) {
        let (at, selection) = (self.cursor().at, self.selection);
        self.rerun(change);
        if self.problem.is_none() {
            self.seek(PlayerCommand::Seek(at));
            self.selection = selection;
        }
    }

    /// Exchanges the present experiment for the last of one list, and puts it at the end of the other.
    fn travel(&mut self, lists: fn(&mut History) -> (&mut Vec<Experiment>, &mut Vec<Experiment>)) {
        let mut history = self.history.clone();
        let (from, to) = lists(&mut history);
        let Some(wanted) = from.pop() else { return };
        // A capture is not compared with itself.
        if wanted.captured.is_some() {
            self.kept = None;
            self.shows_table = false;
        }
        to.push(self.experiment.clone());
        self.rerun_where_it_is(|experiment| {
            *experiment = wanted;
            Ok(())
        });
        self.history = history;
        self.history.typed = None;
    }
}
