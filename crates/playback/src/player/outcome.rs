//! What came of a player command.

/// What came of a [`PlayerCommand`](super::PlayerCommand).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something about the player changed.
    Changed,
    /// Nothing changed.
    Unchanged,
    /// `Next` at the last mark: nothing to go to, and an embedding page may take the key.
    PastEnd,
    /// `Previous` at the first mark.
    PastStart,
}
