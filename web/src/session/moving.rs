//! Moving in time: which step is told while the player moves, rests or jumps.
//!
//! The step that is told is the one that the player moves towards, so that a person reads about what is about to be
//! seen; it is kept when the player is paused on the way.

use playground_playback::{Outcome, PlayerCommand, StepSize};

use super::Session;

impl Session {
    /// Hands a command to the player.
    fn player(&mut self, command: PlayerCommand) -> Outcome {
        self.player.handle(&self.model.timeline, command)
    }

    /// Tells another step, and selects what belongs to it.
    pub(super) fn tell(&mut self, step: usize) {
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

    /// To the next step, seen to happen; at the last one the wish is counted.
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
        self.tell(target);
        self.player(PlayerCommand::SetStepSize(StepSize::LessonStep));
        self.player(PlayerCommand::Next);
    }

    /// To the step before, or to the beginning of this one's moment when the cursor is beyond it.
    pub(super) fn previous(&mut self) {
        let (mark, cursor) = (self.model.mark(self.step), self.player.cursor());
        if !self.player.is_moving() && (cursor.index, cursor.at) > (mark.index, mark.at) {
            self.jump(self.step);
        } else {
            self.jump(self.step.saturating_sub(1));
        }
    }

    /// To a step at once, whatever moves.
    pub(super) fn jump(&mut self, step: usize) {
        let step = step.min(self.steps().saturating_sub(1));
        self.jump_to_mark(step);
        self.tell(step);
    }

    fn jump_to_mark(&mut self, step: usize) {
        let rank = self.model.rank(step);
        self.player(PlayerCommand::GoToStep(rank));
    }

    /// Plays or pauses; with less motion, playing is going to the next step.
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
        self.tell_what_comes();
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
        self.tell_where_it_is();
    }

    /// To a place that was pointed at.
    pub(super) fn seek(&mut self, command: PlayerCommand) {
        self.player(command);
        self.tell_where_it_is();
    }

    /// Wall time has passed.
    pub(super) fn tick(&mut self, wall_us: u64) {
        self.player(PlayerCommand::Tick { wall_us });
        if self.player.is_playing() {
            self.tell_what_comes();
        }
    }

    /// Whether the cursor has not reached a step yet.
    fn is_before(&self, step: usize) -> bool {
        let (mark, cursor) = (self.model.mark(step), self.player.cursor());
        (cursor.index, cursor.at) < (mark.index, mark.at)
    }

    fn tell_what_comes(&mut self) {
        self.tell(self.model.step_after(self.player.cursor()));
    }

    fn tell_where_it_is(&mut self) {
        let mark = self.model.mark(self.step);
        if self.player.cursor() != mark {
            self.tell(self.model.step_at(self.player.cursor()));
        }
    }
}
