//! Navigation in time: what the step, the horizon and the words do while the player moves, rests or jumps.
//!
//! An animation leads from the told step to the next one. The picture goes on, the words stay; they change when the
//! animation is over. Nothing leads beyond the first open question, except a link and an embedding page.

use std::time::Duration;

use playground_core::event::NodeId;
use playground_playback::{Console, Cursor, Frame, Outcome, PlayerCommand, StepSize};

use super::{Page, Session};

/// Reading time per character while playing through.
const READING_PER_CHARACTER: Duration = Duration::from_millis(60);
/// The shortest rest at a step while playing through.
const SHORTEST_REST: Duration = Duration::from_secs(3);

impl Session {
    /// Passes a command to the player.
    fn player(&mut self, command: PlayerCommand) -> Outcome {
        self.player.handle(&self.route.timeline, command)
    }

    /// Changes the told step, and the selection with it.
    pub(super) fn set_step(&mut self, step: usize) {
        if step == self.step {
            return;
        }
        let was_selected_by_step = self.selection == self.route.selected_by(self.step);
        self.step = step;
        self.page = Page::Step;
        let selected = self.route.selected_by(step);
        if was_selected_by_step || !selected.is_empty() {
            self.selection = selected;
        }
    }

    /// Goes on to the next step, and to the pages behind the last one; during an animation, to its end. An open
    /// question comes first.
    pub(super) fn next(&mut self) {
        if self.player.is_moving() {
            self.finish();
        } else if self.page != Page::Step {
            self.next_page();
        } else if !self.asks_first() {
            match self.ahead() {
                Some(step) => self.go_on(step),
                None if self.embed.is_some() || self.playground => {
                    self.exhausted = self.exhausted.wrapping_add(1)
                }
                None => self.next_page(),
            }
        }
    }

    /// Whether the told step's question keeps the run from going on. In the page it is asked for once more; in an
    /// embedded view, where one person moves on for a whole room, its answer is shown.
    fn asks_first(&mut self) -> bool {
        if self.open_question().is_none_or(|question| question > self.step) {
            return false;
        }
        self.plays_on = false;
        if self.embed.is_some() {
            self.show_answer();
        } else {
            self.asked = self.asked.wrapping_add(1);
        }
        true
    }

    /// The step that comes next: the told one where the cursor is before it.
    fn ahead(&self) -> Option<usize> {
        if self.cursor() < self.mark(self.step) { Some(self.step) } else { self.route.next(self.step) }
    }

    /// Animates to a step; its words come afterwards. Where there is nothing to watch, they come at once.
    fn go_on(&mut self, step: usize) {
        self.horizon.raise(step, self.mark(step));
        self.refresh();
        if self.less_motion || !self.is_worth_watching(step) {
            self.jump(step);
            return;
        }
        self.target = Some(step);
        self.player(PlayerCommand::Show(self.mark(step)));
    }

    /// Whether the picture of a step differs from the present one.
    fn is_worth_watching(&self, step: usize) -> bool {
        let (cursor, mark) = (self.cursor(), self.mark(step));
        let model = &self.route.model;
        cursor < mark && {
            let frame = |cursor: Cursor| Frame::at(&model.trace, &model.dissection, cursor);
            // Every view but the stage follows the entries, and most of them the time.
            let hero = self.route.model.run.steps.get(step).map(|step| step.hero);
            hero != Some(playground_lessons::View::Stage) || !frame(cursor).looks_like(&frame(mark))
        }
    }

    /// To the end of the animation under way.
    fn finish(&mut self) {
        match self.target {
            Some(step) => self.jump(step),
            None => self.seek(PlayerCommand::SeekIndex(self.player.target().index)),
        }
    }

    /// To the page before, to the previous step, or back to the told step's mark when the cursor is beyond it or on its way from there.
    pub(super) fn previous(&mut self) {
        if self.page != Page::Step {
            self.previous_page();
        } else if self.target.is_some() || self.cursor() > self.mark(self.step) {
            self.jump(self.step);
        } else if self.step == 0 && self.cursor() == self.mark(0) {
            self.exhausted_back = self.exhausted_back.wrapping_add(1);
        } else {
            self.jump(self.step.saturating_sub(1));
        }
    }

    /// To a step without animation, no further than the first open question. An embedding page may go further: it
    /// has its own people ask.
    pub(super) fn jump(&mut self, step: usize) {
        let last = self.steps().saturating_sub(1);
        let limit = self.open_question().filter(|_| self.embed.is_none()).unwrap_or(last);
        let step = step.min(limit);
        let rank = self.route.rank(step);
        self.player(PlayerCommand::GoToStep(rank));
        self.target = None;
        self.page = Page::Step;
        self.set_step(step);
        self.horizon.raise(step, self.cursor());
        self.plays_on &= self.route.next(step).is_some() && self.open_question() != Some(step);
    }

    /// Opens a step that a link names: its question is open, and those before it count as answered.
    pub(super) fn open_at(&mut self, step: usize) {
        let step = step.min(self.steps().saturating_sub(1));
        self.horizon.raise(step, self.mark(step));
        self.jump(step);
    }

    /// Stops where it is; the told step stays.
    pub(super) fn pause(&mut self) {
        self.player(PlayerCommand::Pause);
        self.target = None;
        self.plays_on = false;
    }

    /// Plays to the next step, or on through all of them, or pauses.
    pub(super) fn toggle(&mut self) {
        if self.is_playing() {
            self.pause();
            return;
        }
        if self.asks_first() {
            return;
        }
        self.plays_on = self.play_through;
        match self.ahead() {
            Some(step) => self.go_on(step),
            None if self.playground && self.cursor() < self.route.timeline.end() => {
                self.player(PlayerCommand::Play);
            }
            None => {
                self.jump(0);
                if let Some(step) = self.route.next(0) {
                    self.go_on(step);
                }
            }
        }
    }

    /// Goes on after a rest, while it plays through.
    pub(super) fn play_on(&mut self) {
        if self.plays_on && !self.player.is_moving() {
            match self.ahead() {
                Some(step) => self.go_on(step),
                None => self.plays_on = false,
            }
        }
    }

    /// How long to rest before [`Action::PlayOn`](super::Action::PlayOn): long enough to read the told step. None
    /// while something moves or nothing plays on.
    pub fn rest(&self) -> Option<Duration> {
        let is_resting = self.plays_on && !self.player.is_moving();
        is_resting.then(|| {
            let characters = self.current_text().map_or(0, |step| step.characters());
            READING_PER_CHARACTER.saturating_mul(characters as u32).max(SHORTEST_REST)
        })
    }

    /// Plays on from the call that was typed at a host; with less motion, goes to where it has returned or blocks.
    pub(super) fn watch_call(&mut self, caller: &str) {
        if !self.less_motion {
            self.player(PlayerCommand::Play);
            return;
        }
        let trace = &self.route.model.trace;
        let end = Cursor::new(trace.entries.len() as u32, trace.end());
        let node = trace.scenario.nodes.iter().zip(0..).find(|(node, _)| node.name == caller);
        let console = node.and_then(|(_, place)| Console::at(trace, end, NodeId(place)));
        let now = self.cursor().at;
        // Of calls typed at one time the last was typed just now.
        let line = console.and_then(|console| console.lines.into_iter().rfind(|line| line.at == now));
        if let Some(entry) = line.and_then(|line| line.entry) {
            self.seek(PlayerCommand::SeekIndex(entry + 1));
        }
    }

    /// To the next or the previous segment, as the player counts them.
    pub(super) fn nudge(&mut self, command: PlayerCommand) {
        if self.player.is_moving() {
            self.finish();
            return;
        }
        if command == PlayerCommand::Next && self.asks_first() {
            return;
        }
        self.player(PlayerCommand::SetStepSize(StepSize::Segment));
        self.player(command);
        self.player(PlayerCommand::SetStepSize(StepSize::LessonStep));
        if let Some(transition) = self.player.transition().map(|transition| transition.to)
            && (self.less_motion || self.limit() < transition)
        {
            self.seek(PlayerCommand::SeekIndex(transition.index));
        }
        self.follow();
    }

    /// To a position on the scrubber or in a view, no further than the first open question.
    pub(super) fn seek(&mut self, command: PlayerCommand) {
        self.plays_on = false;
        self.target = None;
        self.player(command);
        if self.cursor() > self.limit()
            && let Some(question) = self.open_question()
        {
            self.jump(question);
        }
        self.follow();
    }

    /// The latest moment that may be gone to.
    fn limit(&self) -> Cursor {
        self.open_question().map_or_else(|| self.route.timeline.end(), |question| self.mark(question))
    }

    /// Wall time has passed.
    pub(super) fn tick(&mut self, wall_us: u64) {
        self.player(PlayerCommand::Tick { wall_us });
        match self.target {
            Some(step) if !self.player.is_moving() => self.jump(step),
            Some(_) => {}
            None => self.follow(),
        }
    }

    /// The told step is the one that the cursor has come to; what the player goes to will have been seen.
    fn follow(&mut self) {
        let cursor = self.cursor();
        if cursor != self.mark(self.step) {
            self.set_step(self.route.step_at(cursor));
        }
        let target = self.player.target();
        self.horizon.raise(self.route.step_at(target), target);
    }
}
