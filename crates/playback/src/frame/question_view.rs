//! The dialog of a user agent: may this request be sent again?

use playground_core::event::Event;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

/// A question to the user, from the moment it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Which request of the client's list, from 1.
    pub request: u32,
    /// Its method and path: `POST /orders`.
    pub what: String,
    /// When it was asked.
    pub asked_at: Instant,
    /// The entry that asked.
    pub entry: u32,
    /// When it was answered, and whether the request is sent again.
    pub answer: Option<(Instant, bool)>,
}

impl QuestionView {
    /// The dialog stays so long after the answer that it can be seen which button was pressed.
    const PRESSED: Duration = Duration::from_millis(150);

    /// The question that an entry asks, and the answer that another gives.
    pub(super) fn of(trace: &Trace, asked: u32, answered: Option<u32>) -> Option<Self> {
        let entry = trace.entries.get(asked as usize)?;
        let Event::UserAsked { request, start_line } = &entry.event else { return None };
        let answer = answered.and_then(|index| {
            let entry = trace.entries.get(index as usize)?;
            match entry.event {
                Event::UserAnswered { again, .. } => Some((entry.at, again)),
                _ => None,
            }
        });
        let what = start_line.rsplit_once(' ').map_or(start_line.as_str(), |(what, _)| what);
        Some(Self { request: request + 1, what: what.to_owned(), asked_at: entry.at, entry: asked, answer })
    }

    /// Whether the dialog is on the screen.
    pub fn is_open(&self, now: Instant) -> bool {
        self.answer.is_none_or(|(at, _)| now <= at + Self::PRESSED)
    }
}
