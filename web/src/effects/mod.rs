//! What the page does besides drawing: it hears keys and messages, keeps the address, and asks for frames.

mod address;
mod animation;
mod keys;
mod less_motion;
mod page;
mod parent;
mod progress;

pub use address::use_address;
pub use animation::use_animation;
pub use keys::use_keys;
pub use less_motion::use_less_motion;
pub use page::use_page;
pub use parent::use_parent;
pub use progress::use_progress;
