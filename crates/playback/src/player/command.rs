//! The commands a player understands.

use playground_core::time::Instant;

use super::{Speed, StepSize};
use crate::ViewTime;

/// Everything that can be asked of a player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerCommand {
    /// Plays on from here; from the start when at the end.
    Play,
    /// Stops where it is.
    Pause,
    /// Plays when at rest, stops when moving.
    Toggle,
    /// Moves to the next mark of the step size, seen to happen; completes a move under way first.
    Next,
    /// Completes the step being shown at once, as someone who wants no motion has it.
    Finish,
    /// Jumps to the mark before.
    Previous,
    /// Jumps to the first mark.
    First,
    /// Jumps to the last mark.
    Last,
    /// Jumps to a lesson step, from 0; beyond the last means the last.
    GoToStep(usize),
    /// Jumps to a time and stops, as dragging the scrubber does.
    Seek(Instant),
    /// The same by the scrubber's own axis.
    SeekView(ViewTime),
    /// Jumps to so many entries applied and stops.
    SeekIndex(u32),
    /// Changes the speed.
    SetSpeed(Speed),
    /// Changes what counts as a step.
    SetStepSize(StepSize),
    /// Whether playing goes on through lesson steps instead of stopping at each.
    SetThroughSteps(bool),
    /// Wall time has passed.
    Tick {
        /// Microseconds since the last tick.
        wall_us: u64,
    },
}
