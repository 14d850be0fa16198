//! The room that a drawing has.

use playground_words::Text;

/// The size of a drawing, its type and its language.
///
/// Units: CSS pixels; a drawing is shown at its own size and never scaled, so a size of type is what is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canvas {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// The size of type of what the step speaks of; nothing is smaller than 13.
    pub type_size: f64,
    /// The words.
    pub text: Text,
}

impl Canvas {
    /// The smallest size of type.
    pub const SMALLEST: f64 = 13.0;
    /// The size of type on the page.
    pub const PAGE: f64 = 15.0;
    /// The size of type in a slide.
    pub const SLIDE: f64 = 17.0;

    /// The size of type of secondary words.
    pub fn small(&self) -> f64 {
        (self.type_size - 2.0).max(Self::SMALLEST)
    }

    /// The canvas with larger type where the page leaves room for it.
    pub(crate) fn roomy(&self) -> Self {
        let room = if self.is_narrow() { 0.0 } else { (self.height - 440.0) / 40.0 };
        let larger = room.floor().clamp(0.0, 3.0);
        Self { type_size: self.type_size + larger, ..*self }
    }

    /// Whether it is narrow: a phone.
    pub fn is_narrow(&self) -> bool {
        self.width < 560.0
    }
}
