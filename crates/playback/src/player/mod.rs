//! The player: what moves the cursor, and nothing else does.

mod command;
mod outcome;
mod player;
mod speed;
mod step_mark;
mod step_size;
mod timeline;
mod transition;

pub use command::PlayerCommand;
pub use outcome::Outcome;
pub use player::Player;
pub use speed::Speed;
pub use step_mark::StepMark;
pub use step_size::StepSize;
pub use timeline::Timeline;
pub use transition::Transition;
