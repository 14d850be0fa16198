//! The browser: the only place that touches the window, the address bar, the storage and the clock of the screen.
//!
//! Nothing here fails loudly: what a browser refuses (storage in a private window, the clipboard in a frame) is done
//! without.

mod animation;
mod download;
mod focus;
mod listener;
mod location;
mod media;
mod page;
mod parent;
mod parts;
mod storage;

pub use animation::Animation;
pub use download::{download, opened};
pub use focus::{focus, focus_of};
pub use listener::Listener;
pub use location::{page_address, push_query, query, replace_query};
pub use media::{matches_media, use_media};
pub use page::{copy, languages, set_page, theme, toggle_full_screen};
pub use parent::{message_of, tell_parent};
pub use parts::{fetch_parts, is_whole};
pub use storage::{load, store};
