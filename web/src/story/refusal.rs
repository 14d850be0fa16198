//! A server's refusal of a request that a person wrote: its line and character, and the reason.

use playground_core::event::Event;
use playground_core::http::{MessageProblem, Position};
use playground_core::trace::Trace;
use playground_playback::{Dissection, SocketKey};

use crate::language::Text;

/// The first message of a run that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line of the whole text, from 1.
    pub line: u32,
    /// The character of the line, from 1.
    column: usize,
    problem: MessageProblem,
}

impl Refusal {
    /// The first refusal of a run, for requests written in `text`; `None` when it concerns none of them.
    pub fn of(trace: &Trace, dissection: &Dissection, text: &str) -> Option<Self> {
        let (socket, offset, error) = trace.entries.iter().find_map(|entry| match &entry.event {
            Event::MessageRejected { socket, offset, error } => {
                Some((SocketKey::new(entry.node, *socket), *offset, *error))
            }
            _ => None,
        })?;
        let stream = dissection.stream(dissection.peer(socket)?)?;
        let refused = stream.octets_in(&(offset..u64::MAX));
        let (line, column) = place(text, refused, error.at)?;
        Some(Self { line, column, problem: error.problem })
    }

    /// The explanation.
    pub fn sentence(&self, text: Text) -> String {
        text.get(
            "request-refused",
            &[
                ("line", &self.line.to_string()),
                ("column", &self.column.to_string()),
                ("problem", &text.problem(self.problem.key(), &[])),
                ("status", &self.problem.status().to_string()),
                ("clause", self.problem.clause()),
            ],
        )
    }
}

/// A position in the message with which `octets` begin, as line and character of the text that holds the message's
/// head. Each line of the head was sent with CRLF.
fn place(text: &str, octets: &[u8], at: Position) -> Option<(u32, usize)> {
    let (start, head) = heads(text).into_iter().find(|(_, head)| {
        let sent: Vec<u8> = head.iter().flat_map(|line| [line.as_bytes(), b"\r\n"].concat()).collect();
        octets.starts_with(&sent)
    })?;
    let lines_before = usize::try_from(at.line.saturating_sub(1)).ok()?;
    // The empty line that ends the head is not part of `head`.
    let before: usize = head.iter().take(lines_before).map(|line| line.len() + 2).sum();
    let octet = usize::try_from(at.octet).ok()?.saturating_sub(before);
    let line = head.get(lines_before).copied().unwrap_or_default();
    let column = line.char_indices().take_while(|(start, _)| *start < octet).count() + 1;
    Some((start.saturating_add(at.line.saturating_sub(1)), column))
}

/// The heads of a text, each with the number of its first line, from 1; empty lines separate heads.
fn heads(text: &str) -> Vec<(u32, Vec<&str>)> {
    let mut heads: Vec<(u32, Vec<&str>)> = Vec::new();
    let mut was_empty = true;
    for (number, line) in (1..).zip(text.lines()) {
        let is_empty = line.trim().is_empty();
        match heads.last_mut() {
            _ if is_empty => {}
            Some((_, head)) if !was_empty => head.push(line),
            _ => heads.push((number, vec![line])),
        }
        was_empty = is_empty;
    }
    // The last line of a head is sent without the spaces at its end.
    for (_, head) in &mut heads {
        if let Some(last) = head.last_mut() {
            *last = last.trim_end();
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::language::Language;

    #[test]
    fn refusals_are_placed_in_their_own_request() {
        let text = "\nGET /a HTTP/1.0\nHost: a\n\n \nGET /b HTTP/1.0\nHost: b\nContent-Length: +5  \n\n";
        let first = b"GET /a HTTP/1.0\r\nHost: a\r\n\r\n";
        let second = b"GET /b HTTP/1.0\r\nHost: b\r\nContent-Length: +5\r\n\r\nGET /c";
        for (octets, line, octet, expected) in [
            (&first[..], 1, 0, Some((2, 1))),
            (first, 2, 23, Some((3, 7))),
            (second, 1, 4, Some((6, 5))),
            (second, 3, 42, Some((8, 17))),
            (b"GET /c HTTP/1.0\r\n\r\n", 1, 4, None),
        ] {
            assert_eq!(place(text, octets, Position { line, octet }), expected);
        }
    }

    #[test]
    fn every_problem_has_its_sentence() {
        for problem in MessageProblem::iter() {
            assert!(Text::new(Language::Korean).has(&format!("problem-{problem}")), "{problem}");
        }
    }
}
