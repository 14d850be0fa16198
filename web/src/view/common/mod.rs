//! What several views share: text widths, numbers, times, labels, selection, element sizes.

pub(super) mod in_sight;
pub(super) mod kind_sign;
pub(super) mod number;
mod phrase;
pub(super) mod pick;
pub(super) mod size;
pub(super) mod text_width;
pub(super) mod time_text;
pub(super) mod who;
pub(super) mod width;
pub(super) mod words;

pub use phrase::phrase;

#[cfg(test)]
mod keys_tests;
