//! The frame: everything visible on the stage at a cursor.

mod buffer_view;
mod effect_view;
mod flight_view;
mod frame;
mod frame_cursor;
mod hop_view;
mod node_view;
mod pipe_view;
mod question_view;
mod socket_view;
mod timer_view;
mod waiting_view;

pub(crate) use buffer_view::without;
pub use buffer_view::{BufferView, Tile, TileStatus};
pub use effect_view::EffectView;
pub use flight_view::{FlightPhase, FlightView};
pub use frame::Frame;
pub use frame_cursor::FrameCursor;
pub use hop_view::HopView;
pub use node_view::NodeView;
pub use pipe_view::{LaneState, PipePhase, PipeView};
pub use question_view::QuestionView;
pub use socket_view::SocketView;
pub use timer_view::{TimerKind, TimerView};
pub use waiting_view::WaitingView;
