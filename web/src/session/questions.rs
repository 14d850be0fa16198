//! The questions of a run: which is open, and what answers it.

use std::rc::Rc;

use playground_lessons::QuestionText;

use super::Session;

impl Session {
    /// The first open question of the run: the step that asks it, from 0.
    ///
    /// A question is open while it has neither been answered rightly nor been shown its answer, and the horizon is
    /// not beyond its step. The playground asks none, and an embedded view only those that its link wants asked.
    pub fn open_question(&self) -> Option<usize> {
        if self.playground || (self.embed.is_some() && !self.question) {
            return None;
        }
        let story = self.story();
        let asks = |step: &usize| {
            let question = story[*step].question.as_ref();
            question.is_some_and(|question| !self.is_closed(*step, question))
                && !self.horizon.is_beyond(*step, self.mark(*step))
        };
        (0..story.len()).find(asks)
    }

    /// Whether the answer of the told step's question was shown without being given.
    pub fn is_revealed(&self) -> bool {
        self.revealed.contains(&self.step)
    }

    /// Whether the told step's answer may be shown: its question is open, and a wrong answer has been given.
    pub fn may_show_answer(&self) -> bool {
        let was_tried = self.answers.get(&self.step).is_some_and(|given| !given.is_empty());
        self.open_question() == Some(self.step) && (was_tried || self.embed.is_some())
    }

    /// Shows the answer of the told step's question.
    pub(super) fn show_answer(&mut self) {
        if self.may_show_answer() {
            Rc::make_mut(&mut self.revealed).insert(self.step);
        }
    }

    /// Gives an answer to the told step's question; a wrong one leaves the others open.
    pub(super) fn answer(&mut self, option: u8) {
        let Some(question) = self.current_text().and_then(|step| step.question) else {
            return;
        };
        let given = self.answers.get(&self.step).map(Vec::as_slice).unwrap_or_default();
        if usize::from(option) >= question.options.len()
            || given.contains(&option)
            || self.is_closed(self.step, &question)
        {
            return;
        }
        Rc::make_mut(&mut self.answers).entry(self.step).or_default().push(option);
    }

    fn is_closed(&self, step: usize, question: &QuestionText) -> bool {
        let is_right =
            |option: &u8| question.options.get(usize::from(*option)).is_some_and(|option| option.correct);
        self.revealed.contains(&step)
            || self.answers.get(&step).is_some_and(|given| given.iter().any(is_right))
    }
}
