//! The dialogs.

/// A dialog over the page; at most one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The chapter's sections and the lessons in them.
    LessonMap,
    /// Link, code for a slide, QR code.
    Share,
    /// The keys.
    Keyboard,
    /// What is modelled and what is not.
    Note,
}
