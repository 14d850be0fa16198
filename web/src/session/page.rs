//! The pages of the story: the step, and behind the last one the challenge and the closing card.

use super::Session;

/// What the story column shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The step.
    #[default]
    Step,
    /// The challenge, beside its knobs.
    Challenge,
    /// What can be explained now, what changed, where to go on.
    Closing,
}

impl Session {
    /// To the page behind this one, whose last is the closing card.
    pub(super) fn next_page(&mut self) {
        self.page = match self.page {
            Page::Step if self.has_challenge() => Page::Challenge,
            _ => Page::Closing,
        };
    }

    /// To the page before this one.
    pub(super) fn previous_page(&mut self) {
        self.page = match self.page {
            Page::Closing if self.has_challenge() => Page::Challenge,
            _ => Page::Step,
        };
    }

    fn has_challenge(&self) -> bool {
        self.lesson().challenge.is_some()
    }
}
