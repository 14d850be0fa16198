//! What a proxy did to a head on its way through, line by line.

use serde::Serialize;

use super::field::Field;
use crate::rule::Rule;

/// The difference between the head that a proxy received and the one that it sent, each line with its rule.
///
/// Shape: every received field is in exactly one of `kept`, `removed` and `changed`; every sent field is in
/// exactly one of `kept`, `changed` (its second field) and `added`.
///
/// Source: RFC 9110 section 7.6.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rewrite {
    /// The start-line before and after, when it changed.
    pub start_line: Option<(String, String, Rule)>,
    /// Fields that went on as they came; a proxy may write their names in lower case.
    pub kept: Vec<(Field, Rule)>,
    /// Fields that ended here.
    pub removed: Vec<(Field, Rule)>,
    /// Fields that the proxy added.
    pub added: Vec<(Field, Rule)>,
    /// Fields that went on with another value: before and after.
    pub changed: Vec<(Field, Field, Rule)>,
}
