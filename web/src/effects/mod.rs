//! Hooks for side effects: keys, address bar, storage, animation frames, messages of the embedding page.

mod address;
mod copies;
mod deck;
mod keys;
mod page;
mod parent;

pub use address::{read_address, use_address, use_link};
pub use copies::use_copies;
pub use deck::use_deck;
pub use keys::use_keys;
pub use page::{use_animation, use_less_motion, use_page, use_progress, use_question, use_rest};
pub use parent::{use_host, use_parent};
