//! What several views share: text widths, numbers, times, labels, selection, element sizes.

pub(super) mod in_sight;
pub(super) mod kind_sign;
pub(super) mod pick;
pub(super) mod size;
pub(super) mod svg;
pub(super) mod who;
pub(super) mod width;
pub(super) mod words;

pub(super) use playground_drawing::{number, text_width};
pub(super) use playground_words::{phrase, time_text};

#[cfg(test)]
mod keys_tests;
