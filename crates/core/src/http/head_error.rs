//! A message head that cannot be understood, and where.

use core::fmt;

use serde::Serialize;

use super::head_problem::HeadProblem;
use crate::rule::Rule;

/// Why a message head is invalid, and at which line and octet.
///
/// Units: lines count from 1, the start-line; octets from 0, the first octet of the start-line.
///
/// Source: RFC 9112 section 2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeadError {
    /// What is wrong.
    pub problem: HeadProblem,
    /// The line that has it, from 1.
    pub line: usize,
    /// The octet that shows it, from 0.
    pub octet: usize,
}

impl HeadError {
    /// The stable name of what is wrong.
    pub const fn key(&self) -> &'static str {
        self.problem.key()
    }

    /// The clause that it offends against.
    pub const fn clause(&self) -> &'static str {
        self.problem.clause()
    }

    /// The status with which a server answers; a proxy answers 502 for a response that it received.
    pub const fn status(&self) -> u16 {
        self.problem.status()
    }

    /// The rule by which the recipient gives the connection up.
    pub const fn rule(&self) -> Rule {
        Rule::MalformedMessage
    }
}

impl fmt::Display for HeadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {}, octet {} ({})", self.problem, self.line, self.octet, self.clause())
    }
}

impl core::error::Error for HeadError {}
