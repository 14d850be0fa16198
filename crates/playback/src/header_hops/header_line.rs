//! A line of a head, with what became of it.

use playground_core::rule::Rule;

/// What became of a line on its way into this hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineMark {
    /// As its author wrote it: the first hop.
    Original,
    /// Passed on as it was, as it should be.
    Kept,
    /// Not passed on; shown struck out.
    Removed,
    /// New at this hop.
    Added,
    /// Passed on with another value.
    Changed,
    /// Passed on although it was meant for the hop before: by a relay that does not read it.
    PassedBlindly,
}

impl LineMark {
    /// The stable key: `passed-blindly`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Kept => "kept",
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::PassedBlindly => "passed-blindly",
        }
    }
}

/// A start line or a field line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderLine {
    /// The line as it is (or was) on the wire, without its line ending.
    pub text: String,
    /// What it was before, for a changed line.
    pub before: Option<String>,
    /// Mark.
    pub mark: LineMark,
    /// The rule that decided it; none on the first hop.
    pub rule: Option<Rule>,
}
