//! The player: cursor, speed and step size, changed only by commands.

use playground_core::time::Instant;

use crate::cursor::Cursor;
use crate::pace::ViewTime;
use crate::timeline::{StepSize, Timeline};
use crate::transition::Transition;

/// A tick longer than this counts as this: a page that slept does not jump.
const LONGEST_TICK_US: u64 = 250_000;

/// Position in the run, speed and step size.
///
/// All changes go through [`Player::handle`]; wall time comes in as [`PlayerCommand::Tick`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Player {
    cursor: Cursor,
    playing: bool,
    speed: Speed,
    step_size: StepSize,
    transition: Option<Transition>,
    /// View time while playing: finer than the cursor's time where a hop is very short.
    view: ViewTime,
    /// Half microseconds left over from ticks at half speed.
    remainder: bool,
}

impl Player {
    /// A player at rest.
    pub fn new(cursor: Cursor) -> Self {
        Self { cursor, ..Self::default() }
    }

    /// Where it is.
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Whether it plays on by itself.
    pub const fn is_playing(&self) -> bool {
        self.playing
    }

    /// Whether ticks move it: it plays, or a step is being shown.
    pub const fn is_moving(&self) -> bool {
        self.playing || self.transition.is_some()
    }

    /// The speed.
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// Granularity of a step.
    pub const fn step_size(&self) -> StepSize {
        self.step_size
    }

    /// The step being shown.
    pub const fn transition(&self) -> Option<&Transition> {
        self.transition.as_ref()
    }

    /// Where it will be once the step being shown is over: what captions and links go by.
    pub fn target(&self) -> Cursor {
        self.transition.as_ref().map_or(self.cursor, |transition| transition.to)
    }

    /// Handles a command: the only way in which a player changes.
    pub fn handle(&mut self, timeline: &Timeline, command: PlayerCommand) -> Outcome {
        let before = self.clone();
        let edge = match command {
            PlayerCommand::Play => self.play(timeline),
            PlayerCommand::Pause => self.rest(),
            PlayerCommand::Next => self.next(timeline),
            PlayerCommand::Previous => match timeline.previous(self.step_size, self.cursor) {
                Some(cursor) => self.jump(cursor),
                None => {
                    self.rest();
                    Some(Outcome::PastStart)
                }
            },
            PlayerCommand::Show(to) => self.show(timeline, to),
            PlayerCommand::GoToStep(step) => {
                let steps = timeline.steps();
                let step = steps.get(step).or(steps.last());
                step.and_then(|mark| self.jump((*mark).into()))
            }
            PlayerCommand::Seek(at) => self.jump(timeline.at(at)),
            PlayerCommand::SeekCursor(cursor) => self.jump(timeline.near(cursor)),
            PlayerCommand::SeekIndex(index) => self.jump(timeline.at_index(index)),
            PlayerCommand::SetSpeed(speed) => {
                self.speed = speed;
                None
            }
            PlayerCommand::SetStepSize(size) => {
                self.step_size = size;
                None
            }
            PlayerCommand::Tick { wall_us } => self.tick(timeline, wall_us.min(LONGEST_TICK_US)),
        };
        match edge {
            Some(outcome) => outcome,
            None if *self == before => Outcome::Unchanged,
            None => Outcome::Changed,
        }
    }

    fn rest(&mut self) -> Option<Outcome> {
        self.playing = false;
        self.transition = None;
        None
    }

    fn jump(&mut self, cursor: Cursor) -> Option<Outcome> {
        self.cursor = cursor;
        self.rest()
    }

    fn play(&mut self, timeline: &Timeline) -> Option<Outcome> {
        if self.playing {
            return None;
        }
        if self.cursor >= timeline.end() {
            self.cursor = Cursor::START;
        }
        self.transition = None;
        self.playing = true;
        self.remainder = false;
        self.view = timeline.pace.to_view(self.cursor.at);
        None
    }

    fn next(&mut self, timeline: &Timeline) -> Option<Outcome> {
        // A move under way is completed at once, and the next begins.
        self.cursor = self.target();
        self.rest();
        match timeline.next(self.step_size, self.cursor) {
            Some(to) => self.show(timeline, to),
            None => Some(Outcome::PastEnd),
        }
    }

    fn show(&mut self, timeline: &Timeline, to: Cursor) -> Option<Outcome> {
        self.rest();
        if self.cursor < to {
            self.transition = Some(Transition::new(&timeline.pace, self.cursor, to));
        }
        None
    }

    fn tick(&mut self, timeline: &Timeline, wall_us: u64) -> Option<Outcome> {
        let odd = self.speed == Speed::Half && wall_us % 2 == 1;
        let passed = self.speed.scale(wall_us) + u64::from(odd && self.remainder);
        self.remainder ^= odd;
        if let Some(transition) = &mut self.transition {
            transition.elapsed_us = transition.elapsed_us.saturating_add(passed);
            let (from, to) = (transition.from, transition.to);
            if transition.is_over() {
                return self.jump(to);
            }
            let (at, index) = (transition.at(), transition.index());
            self.move_to(timeline, at, to);
            if from.at == to.at {
                self.cursor.index = index;
            }
        } else if self.playing {
            // The next stop: a lesson's step, or the end.
            let end = timeline.end();
            let stop = match timeline.steps() {
                [] => end,
                _ => timeline.next(StepSize::LessonStep, self.cursor).unwrap_or(end),
            };
            self.view = ViewTime(self.view.0.saturating_add(passed));
            if self.view >= timeline.pace.to_view(stop.at) {
                return self.jump(stop);
            }
            self.move_to(timeline, timeline.pace.to_sim(self.view), stop);
        }
        None
    }

    /// Moves forward to a time, not beyond `stop`.
    fn move_to(&mut self, timeline: &Timeline, at: Instant, stop: Cursor) {
        let at = at.max(self.cursor.at);
        // What happens at one instant may be cut by a mark: nothing of it shows before the clock moves on.
        let index = if at > self.cursor.at { timeline.trace.applied_by(at) } else { self.cursor.index };
        self.cursor = Cursor::new(index.clamp(self.cursor.index, stop.index.max(self.cursor.index)), at);
    }
}

/// Everything that can be asked of a player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerCommand {
    /// Plays on from here; from the start when at the end.
    Play,
    /// Stops where it is.
    Pause,
    /// Moves to the next mark of the step size, seen to happen; completes a move under way first.
    Next,
    /// Moves to a later cursor, seen to happen.
    Show(Cursor),
    /// Jumps to the mark before.
    Previous,
    /// Jumps to a lesson step, from 0; beyond the last means the last.
    GoToStep(usize),
    /// Jumps to a time and stops, as dragging the scrubber does.
    Seek(Instant),
    /// Jumps to a cursor and stops; an index that does not fit the time is moved to where it does.
    SeekCursor(Cursor),
    /// Jumps to so many entries applied and stops.
    SeekIndex(u32),
    /// Changes the speed.
    SetSpeed(Speed),
    /// Changes the step size.
    SetStepSize(StepSize),
    /// Wall time has passed.
    Tick {
        /// Microseconds since the last tick.
        wall_us: u64,
    },
}

/// Result of a [`PlayerCommand`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The player changed.
    Changed,
    /// Nothing changed.
    Unchanged,
    /// `Next` at the last mark: nothing to go to, and an embedding page may take the key.
    PastEnd,
    /// `Previous` at the first mark.
    PastStart,
}

/// How fast view time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speed {
    /// 0.5x.
    Half,
    /// 1x.
    #[default]
    Normal,
    /// 2x.
    Double,
    /// 4x.
    Quadruple,
}

impl Speed {
    /// All speeds, slowest first.
    pub const ALL: [Self; 4] = [Self::Half, Self::Normal, Self::Double, Self::Quadruple];

    /// View time for so much wall time, both in microseconds.
    pub const fn scale(self, wall_us: u64) -> u64 {
        match self {
            Self::Half => wall_us / 2,
            Self::Normal => wall_us,
            Self::Double => wall_us.saturating_mul(2),
            Self::Quadruple => wall_us.saturating_mul(4),
        }
    }

    /// The factor as links and buttons write it: `0.5`, `1`, `2`, `4`.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Half => "0.5",
            Self::Normal => "1",
            Self::Double => "2",
            Self::Quadruple => "4",
        }
    }

    /// The factor as a number.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::Normal => 1.0,
            Self::Double => 2.0,
            Self::Quadruple => 4.0,
        }
    }

    /// The speed written so.
    ///
    /// Returns `None` for anything but the four factors.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|speed| speed.text() == text)
    }
}
