//! A link of a chain of causes.

use playground_core::rule::Rule;
use playground_core::time::Instant;
use playground_core::trace::NodeId;

use crate::Phrase;

/// One cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyLink {
    /// The entry.
    pub entry: u32,
    /// When.
    pub at: Instant,
    /// Where.
    pub node: NodeId,
    /// What happened.
    pub phrase: Phrase,
    /// The rule that decided it: `rule.key()` names its sentence, `rule.source()` is the clause.
    pub rule: Rule,
    /// Links left out between this one and the one before it in the list (its effect).
    pub skipped: u32,
}
