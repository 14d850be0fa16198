//! The changes that a proxy makes to a head, line by line.

use serde::{Deserialize, Serialize};

use crate::http::headers::Field;
use crate::rule::Rule;

/// The difference between the head that a proxy received and the head that it sent.
///
/// Shape: `lines` is in wire order: the lines that were sent in the order in which they were sent, and each
/// removed line at the place where it was received.
///
/// Source: RFC 9110 section 7.6.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// The start-line.
    pub start_line: StartLineChange,
    /// The field lines.
    pub lines: Vec<LineChange>,
}

impl Rewrite {
    /// The lines that were removed.
    pub fn removed(&self) -> impl Iterator<Item = (&Field, Rule)> {
        self.lines.iter().filter_map(|line| match line {
            LineChange::Removed { field, rule } => Some((field, *rule)),
            _ => None,
        })
    }

    /// The lines that were added.
    pub fn added(&self) -> impl Iterator<Item = (&Field, Rule)> {
        self.lines.iter().filter_map(|line| match line {
            LineChange::Added { field, rule } => Some((field, *rule)),
            _ => None,
        })
    }

    /// The lines that were sent as received; a proxy may write their names in lower case.
    pub fn kept(&self) -> impl Iterator<Item = (&Field, Rule)> {
        self.lines.iter().filter_map(|line| match line {
            LineChange::Kept { field, rule } => Some((field, *rule)),
            _ => None,
        })
    }

    /// The lines that were sent with another value: received, sent.
    pub fn changed(&self) -> impl Iterator<Item = (&Field, &Field, Rule)> {
        self.lines.iter().filter_map(|line| match line {
            LineChange::Changed { received, sent, rule } => Some((received, sent, *rule)),
            _ => None,
        })
    }
}

/// A start-line as received and as sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartLineChange {
    /// The line that was received.
    pub received: String,
    /// The line that was sent.
    pub sent: String,
    /// The rule by which they differ; `None` when they are equal.
    pub rule: Option<Rule>,
}

/// The treatment of one field line, with the rule that required it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineChange {
    /// Sent as received, except that the name may be in lower case.
    Kept {
        /// The field as sent.
        field: Field,
        /// The rule.
        rule: Rule,
    },
    /// Received and not sent.
    Removed {
        /// The field as received.
        field: Field,
        /// The rule.
        rule: Rule,
    },
    /// Sent with another value.
    Changed {
        /// The field as received.
        received: Field,
        /// The field as sent.
        sent: Field,
        /// The rule.
        rule: Rule,
    },
    /// Sent and not received.
    Added {
        /// The field as sent.
        field: Field,
        /// The rule.
        rule: Rule,
    },
}

impl LineChange {
    /// The field that was received.
    pub const fn received(&self) -> Option<&Field> {
        match self {
            Self::Kept { field, .. } | Self::Removed { field, .. } => Some(field),
            Self::Changed { received, .. } => Some(received),
            Self::Added { .. } => None,
        }
    }

    /// The field that was sent.
    pub const fn sent(&self) -> Option<&Field> {
        match self {
            Self::Kept { field, .. } | Self::Added { field, .. } => Some(field),
            Self::Changed { sent, .. } => Some(sent),
            Self::Removed { .. } => None,
        }
    }

    /// The rule.
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Kept { rule, .. }
            | Self::Removed { rule, .. }
            | Self::Changed { rule, .. }
            | Self::Added { rule, .. } => *rule,
        }
    }
}
