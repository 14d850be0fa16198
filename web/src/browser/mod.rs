//! Access to the browser: window, document, local storage, files, animation frames.
//!
//! Nothing here panics or reports an error: the page works without what a browser refuses, such as storage in a
//! private window or the clipboard in a frame.

mod animation;
mod channel;
mod deflate;
mod download;
mod file;
mod frame;
mod page;
mod raster;
mod styles;
mod window;
mod words;

pub use animation::Animation;
pub use channel::Channel;
pub use deflate::{NotInflated, deflate, inflate};
pub use download::{NotRead, Read, download, dropped, opened};
pub use file::{breathe, chosen, is_json, now, octets, on_drop};
pub use frame::{
    Place, frame_message_of, frame_place, give_focus_back, message_of, take_focus, tell_frame,
    tell_other_frames, tell_parent, tell_parent_text,
};
pub use page::{
    copy, focus, focus_of, languages, matches_media, on_change, set_page, theme, toggle_full_screen,
    use_media,
};
pub use raster::png;
pub use styles::styles_for;
pub use window::{
    is_one_file, load, load_query, on_window, page_address, push_query, query, replace_query, store,
};
pub use words::{NoWords, fetch_words, show_failure};
