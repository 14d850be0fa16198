//! Navigation in time: the current step while the player moves, rests or jumps.
//!
//! The current step is the one that the player moves towards, so that its text announces what is about to be seen; it
//! stays when the player is paused on the way.

use playground_playback::{Outcome, PlayerCommand, StepSize};

use super::Session;

impl Session {
    /// Passes a command to the player.
    fn player(&mut self, command: PlayerCommand) -> Outcome {
        self.player.handle(&self.model.timeline, command)
    }

    /// Changes the current step, and the selection with it.
    pub(super) fn set_step(&mut self, step: usize) {
        if step == self.step {
            return;
        }
        let was_selected_by_step = self.selection == self.model.selected_by(self.step);
        self.step = step;
        let selected = self.model.selected_by(step);
        if was_selected_by_step || !selected.is_empty() {
            self.selection = selected;
        }
    }

    /// Animates to the next step; at the last one the request is counted.
    pub(super) fn next(&mut self) {
        if self.player.is_moving() {
            self.jump_to_mark(self.step);
        }
        let target = if self.is_before(self.step) { self.step } else { self.step + 1 };
        if target >= self.steps() {
            self.exhausted = self.exhausted.wrapping_add(1);
            return;
        }
        if self.less_motion || !self.is_before(target) {
            self.jump(target);
            return;
        }
        self.set_step(target);
        self.player(PlayerCommand::SetStepSize(StepSize::LessonStep));
        self.player(PlayerCommand::Next);
    }

    /// To the previous step, or back to the current step's mark when the cursor is beyond it.
    pub(super) fn previous(&mut self) {
        let (mark, cursor) = (self.model.mark(self.step), self.player.cursor());
        if !self.player.is_moving() && (cursor.index, cursor.at) > (mark.index, mark.at) {
            self.jump(self.step);
        } else {
            self.jump(self.step.saturating_sub(1));
        }
    }

    /// To a step without animation.
    pub(super) fn jump(&mut self, step: usize) {
        let step = step.min(self.steps().saturating_sub(1));
        self.jump_to_mark(step);
        self.set_step(step);
    }

    fn jump_to_mark(&mut self, step: usize) {
        let rank = self.model.rank(step);
        self.player(PlayerCommand::GoToStep(rank));
    }

    /// Plays or pauses; with reduced motion, goes to the next step instead of playing.
    pub(super) fn toggle(&mut self) {
        if self.player.is_moving() {
            self.player(PlayerCommand::Pause);
            return;
        }
        if self.is_at_end() && !self.is_before(self.step) {
            self.jump(0);
        }
        if self.less_motion {
            self.next();
            return;
        }
        self.player(PlayerCommand::Play);
        self.announce_next_step();
    }

    /// To the next or the previous segment, as the player counts them.
    pub(super) fn nudge(&mut self, command: PlayerCommand) {
        self.player(PlayerCommand::SetStepSize(StepSize::Segment));
        self.player(command);
        self.player(PlayerCommand::SetStepSize(StepSize::LessonStep));
        if self.less_motion
            && let Some(transition) = self.player.transition()
        {
            self.player(PlayerCommand::SeekIndex(transition.to.index));
        }
        self.update_step();
    }

    /// To a position on the scrubber or in a view.
    pub(super) fn seek(&mut self, command: PlayerCommand) {
        self.player(command);
        self.update_step();
    }

    /// Wall time has passed.
    pub(super) fn tick(&mut self, wall_us: u64) {
        self.player(PlayerCommand::Tick { wall_us });
        if self.player.is_playing() {
            self.announce_next_step();
        }
    }

    /// Whether the cursor is before a step.
    fn is_before(&self, step: usize) -> bool {
        let (mark, cursor) = (self.model.mark(step), self.player.cursor());
        (cursor.index, cursor.at) < (mark.index, mark.at)
    }

    fn announce_next_step(&mut self) {
        self.set_step(self.model.step_after(self.player.cursor()));
    }

    fn update_step(&mut self) {
        let mark = self.model.mark(self.step);
        if self.player.cursor() != mark {
            self.set_step(self.model.step_at(self.player.cursor()));
        }
    }
}
