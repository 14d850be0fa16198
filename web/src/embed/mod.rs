//! The view embedded in a slide or another page, and the messages exchanged with that page.

mod embed_view;
mod print_view;
mod protocol;
mod state;

pub use embed_view::EmbedView;
pub use print_view::PrintView;
pub use protocol::{Asked, Key, More, Request, Settings, Version, state_event};
pub use state::{EmbedState, description, drawn_view_of, picture, snapshot, view_of};
