//! A server's refusal of a request that a person wrote: its line and character, and the reason.

use playground_core::event::Event;
use playground_core::http::{MessageProblem, RequestText, TextPlace};
use playground_core::trace::Trace;
use playground_playback::{Dissection, SocketKey};
use playground_words::Text;

/// The first message of a run that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line of the whole text, from 1.
    pub line: u32,
    /// The character of the line, from 1.
    column: u32,
    problem: MessageProblem,
}

impl Refusal {
    /// The first refusal of a run, for requests written in `text`; `None` when it concerns none of them.
    pub fn of(trace: &Trace, dissection: &Dissection, text: &str) -> Option<Self> {
        let text = RequestText::parse(text).ok()?;
        trace.entries.iter().find_map(|entry| {
            let Event::MessageRejected { socket, offset, is_response: false, error } = &entry.event else {
                return None;
            };
            let stream = dissection.stream(dissection.peer(SocketKey::new(entry.node, *socket))?)?;
            let refused = stream.octets_in(&(*offset..u64::MAX));
            let TextPlace { line, column } = text.place_in_stream(refused, error.at.octet)?;
            Some(Self { line, column, problem: error.problem })
        })
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

#[cfg(test)]
mod tests {
    use playground_lessons::{KnobValues, Language};
    use strum::IntoEnumIterator;

    use super::*;

    /// The first refusal in a run of `lesson` with these requests, as line, character and problem.
    fn refused(lesson: &str, text: &str) -> Option<(u32, u32, &'static str)> {
        let lesson = playground_lessons::find(lesson).expect("it is there");
        let mut values = KnobValues::defaults(lesson);
        values.set(lesson, "request", text).expect("a text");
        let run = lesson.run(&values).expect("it runs");
        let refusal = Refusal::of(&run.trace, &Dissection::new(&run.trace), values.get("request"))?;
        Some((refusal.line, refusal.column, refusal.problem.key()))
    }

    /// Each refused request marks its own line, and the character that is wrong. RFC 9112 sections 3.2, 6.3 and 7.1.
    #[test]
    fn refusals_are_placed_in_their_own_request() {
        let good = "GET /logo.gif HTTP/1.0\nHost: a\nConnection: Keep-Alive\n\n";
        let post = "POST /logo.gif HTTP/1.1\nHost: a\nContent-Length: 12\n\nhello\nworld\n\n";
        for (bad, line, column, key) in [
            ("GET tools.html HTTP/1.0\nHost: a", 1, 5, "bad-target"),
            ("GET /tools.html HTTP/1.1\nConnection: Keep-Alive", 1, 1, "host-missing"),
            ("GET / HTTP/1.1\nHost: a\nAccept: b\nHost: c", 4, 7, "host-repeated"),
            ("GET / HTTP/1.1\nAccept: b\nHost: a/b", 3, 8, "host-invalid"),
            ("POST / HTTP/1.1\nHost: a\nContent-Length: +5\n\nhello", 3, 17, "invalid-content-length"),
            ("GET / HTTP/1.1\nHost: a\nA: é\\rb", 3, 5, "bare-cr"),
            ("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\nz\n\n", 7, 1, "chunk-size"),
        ] {
            for before in [String::new(), good.to_owned(), post.to_owned(), format!("\n\n{post} \n{good}")] {
                let at = line + u32::try_from(before.matches('\n').count()).expect("few lines");
                let text = format!("{before}{bad}\n\n{good}");
                assert_eq!(refused("keep-alive", &text), Some((at, column, key)), "{text}");
            }
            assert_eq!(refused("connection-header", bad), Some((line, column, key)), "{bad}");
        }
    }

    #[test]
    fn a_pasted_request_with_a_body_is_not_refused() {
        let text = "POST /index.html HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello\n\nGET /logo.gif HTTP/1.0";
        assert_eq!(refused("keep-alive", text), None);
        assert_eq!(refused("connection-header", text), None);
    }

    #[test]
    fn every_problem_has_its_sentence() {
        for problem in MessageProblem::iter() {
            assert!(Text::new(Language::Korean).has(&format!("problem-{problem}")), "{problem}");
        }
    }
}
