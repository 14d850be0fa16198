//! The ladder: the time-sequence diagram of the whole run.

mod arrow;
mod build;
mod labels;
mod ladder;
mod lifeline;
mod note;
mod notes;
mod tick;
mod ticks;
mod waiting_bar;
mod zigzag;

pub use arrow::Arrow;
pub use ladder::Ladder;
pub use lifeline::Lifeline;
pub use note::LadderNote;
pub use notes::NOTE_KEYS;
pub use tick::Tick;
pub use waiting_bar::WaitingBar;
pub use zigzag::Zigzag;
