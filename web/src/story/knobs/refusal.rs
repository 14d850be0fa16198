//! What a server said to a request that a person wrote: which line it did not understand, and why.

use playground_core::event::Event;
use playground_core::http::{FramingError, HeadProblem};
use playground_core::trace::Trace;

use crate::language::Text;

/// The first message that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line of the whole text, from 1.
    pub line: u32,
    problem: &'static str,
}

impl Refusal {
    /// The first refusal of a run, for requests written in `text`.
    pub fn of(trace: &Trace, text: &str) -> Option<Self> {
        let (refused, problem, line) = trace.entries.iter().find_map(|entry| match &entry.event {
            Event::MessageRejected { problem, line, .. } => Some((entry, *problem, *line)),
            _ => None,
        })?;
        // The node had understood so many requests before; the next one is the one it refused.
        let before = trace.entries.iter().take_while(|entry| entry.index < refused.index);
        let understood = before.filter(|entry| {
            entry.node == refused.node && matches!(entry.event, Event::RequestReceived { .. })
        });
        Some(Self { line: first_line(text, understood.count()) + line.saturating_sub(1), problem })
    }

    /// The sentence about it.
    pub fn sentence(&self, text: Text) -> String {
        let problem = text.problem(self.problem, &[]);
        let (status, clause) = answer(self.problem);
        let (line, status) = (self.line.to_string(), status.to_string());
        text.get(
            "request-refused",
            &[("line", &line), ("problem", &problem), ("status", &status), ("clause", clause)],
        )
    }
}

/// The status that answers a problem, and the clause that it offends against.
fn answer(problem: &str) -> (u16, &'static str) {
    let head = HeadProblem::ALL
        .iter()
        .find(|known| known.key() == problem)
        .map(|known| (known.status(), known.clause()));
    let framing = || {
        FramingError::ALL
            .iter()
            .find(|known| known.key() == problem)
            .map(|known| (known.status(), known.clause()))
    };
    head.or_else(framing).unwrap_or((400, "RFC 9110 §15.5.1"))
}

/// The line, from 1, with which the request after `before` others begins; an empty line ends a request.
fn first_line(text: &str, before: usize) -> u32 {
    let mut left = before;
    let mut was_empty = true;
    for (number, line) in (1..).zip(text.lines()) {
        let is_empty = line.trim().is_empty();
        if was_empty && !is_empty {
            if left == 0 {
                return number;
            }
            left -= 1;
        }
        was_empty = is_empty;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn the_second_request_begins_after_the_empty_line() {
        let text = "GET /a HTTP/1.0\nHost: a\n\nGET /b HTTP/1.0\nbad\n\n";
        assert_eq!(first_line(text, 0), 1);
        assert_eq!(first_line(text, 1), 4);
        assert_eq!(first_line(text, 2), 1);
    }

    #[test]
    fn every_problem_has_its_sentence() {
        let keys = HeadProblem::ALL.iter().map(|problem| problem.key());
        for key in keys.chain(FramingError::ALL.iter().map(|problem| problem.key())) {
            assert!(Text::new(Language::Korean).has(&format!("problem-{key}")), "{key}");
        }
    }
}
