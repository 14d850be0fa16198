//! The view inside a slide or another page, and the messages it exchanges with that page.

mod embed_view;
mod protocol;
mod state;

pub use embed_view::EmbedView;
pub use protocol::{Request, key_event};
pub use state::EmbedState;
