//! The view embedded in a slide or another page, and the messages exchanged with that page.

mod embed_view;
mod protocol;

pub use embed_view::EmbedView;
pub use protocol::{EmbedState, Request, key_event};
