//! Retries of requests whose connection ended before the response: automatic, confirmed by the user, or none.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::client::{Client, Outstanding, fail};
use crate::event::{Event, Failure, RetryDecision, Waiting};
use crate::http::Method;
use crate::node::{Host, RoleTimer};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::{Duration, Instant};

/// What a user answers when asked whether to send a request again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UserAnswer {
    /// The user is not asked.
    #[default]
    NotAsked,
    /// Yes, send it again.
    Again,
    /// No, leave it.
    GiveUp,
}

/// When a client sends a request again whose answer was lost with its connection.
///
/// A request whose method is idempotent may be sent again without asking; any other only when it is certain
/// that the server did not carry it out, or when the user says so. Whatever the settings, nothing is sent more
/// than [`RetryPolicy::SENT_AT_MOST`] times, and a request whose answer had begun to arrive is given up: what
/// came of it is known.
///
/// Source: RFC 9110 section 9.2.2, RFC 9112 sections 9.3.1 and 9.6, RFC 2616 section 8.1.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RetryPolicy {
    /// How often a request is sent again without asking; 0 is never.
    #[cfg_attr(feature = "schema", schemars(range(max = Self::SENT_AT_MOST - 1)))]
    pub automatic: u32,
    /// What the user answers about the requests that are not sent again without asking.
    pub user: UserAnswer,
    /// How long the user thinks.
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub user_takes_us: Duration,
}

impl RetryPolicy {
    /// No request is sent more often than this.
    pub const SENT_AT_MOST: u32 = 10;

    /// As browsers of the HTTP/1.0 era: once without asking, and the user decides about the others.
    pub const fn asking(user: UserAnswer, user_takes_us: Duration) -> Self {
        Self { automatic: 1, user, user_takes_us }
    }

    /// The first invalid setting: the field and the problem.
    pub(super) fn problem(&self) -> Option<(String, Problem)> {
        if self.automatic >= Self::SENT_AT_MOST {
            return Some(("retry.automatic".to_owned(), Problem::at_most(u64::from(Self::SENT_AT_MOST) - 1)));
        }
        (self.user_takes_us > Duration::from_secs(3_600))
            .then(|| ("retry.user_takes_us".to_owned(), Problem::micros_at_most(3_600_000_000, 3_600)))
    }

    /// Whether a client with these settings never sends anything again.
    const fn is_off(&self) -> bool {
        self.automatic == 0 && matches!(self.user, UserAnswer::NotAsked)
    }

    /// The decision about a request, and its rule.
    fn decide(&self, lost: &LostRequest) -> (RetryDecision, Rule) {
        if lost.answer_begun {
            return (RetryDecision::GivesUp, Rule::IncompleteMessage);
        }
        if lost.sent >= Self::SENT_AT_MOST {
            return (RetryDecision::GivesUp, Rule::RetriedEnough);
        }
        if lost.unprocessed || lost.method.is_idempotent() {
            // RFC 9110 section 9.2.2: "A client SHOULD NOT automatically retry a failed automatic retry."
            if lost.sent > self.automatic {
                let rule = if self.automatic == 0 { Rule::NoRetries } else { Rule::RetriedEnough };
                return (RetryDecision::GivesUp, rule);
            }
            let certain = if lost.unprocessed { Rule::NeverProcessed } else { Rule::IdempotentAgain };
            return (RetryDecision::Again, certain);
        }
        match self.user {
            UserAnswer::NotAsked => (RetryDecision::GivesUp, Rule::NotIdempotent),
            UserAnswer::Again | UserAnswer::GiveUp => (RetryDecision::Asks, Rule::NotIdempotent),
        }
    }
}

/// A request whose connection ended before its answer was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LostRequest {
    /// Which of the role's requests, from 0.
    pub request: u32,
    pub method: Method,
    /// `POST /order HTTP/1.1`.
    pub start_line: String,
    /// When it was first wanted.
    pub wanted_at: Instant,
    /// How often it has been sent.
    pub sent: u32,
    /// Why its connection ended.
    pub problem: Failure,
    /// Whether some of its answer was read.
    pub answer_begun: bool,
    /// Whether it is certain that the server did not carry it out: no octet of it was sent, or the server had
    /// said `Connection: close` in its last whole answer before (RFC 9112 section 9.6).
    pub unprocessed: bool,
}

/// What a role does with a lost request.
#[derive(Debug)]
pub(super) enum RetryVerdict {
    /// Sends it again.
    SendAgain(LostRequest),
    /// Waits for its user: [`Retries::answered`] will say.
    Asked,
    /// Gives it up.
    GivenUp(LostRequest),
}

/// The retries of one role: it tells each lost request here, and its [`ANSWER`] timer.
#[derive(Debug)]
pub(super) struct Retries {
    policy: RetryPolicy,
    /// Requests that the user is asked about, the one on the screen first.
    asked: VecDeque<LostRequest>,
}

/// Expires when the user answers.
pub(super) const ANSWER: RoleTimer = RoleTimer { socket: None, purpose: Waiting::UserAnswer };

impl Retries {
    pub(super) const fn new(policy: RetryPolicy) -> Self {
        Self { policy, asked: VecDeque::new() }
    }

    /// Whether a question is on the screen: a user does nothing else meanwhile.
    pub(super) fn is_asking(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Decides about a request that was lost, and asks the user where that is the decision.
    pub(super) fn lost(&mut self, lost: LostRequest, host: &mut dyn Host) -> RetryVerdict {
        if self.policy.is_off() {
            return RetryVerdict::GivenUp(lost);
        }
        let (decision, rule) = self.policy.decide(&lost);
        host.record(Event::RetryDecided { request: lost.request, sent: lost.sent, decision }, rule);
        match decision {
            RetryDecision::Again => RetryVerdict::SendAgain(lost),
            RetryDecision::GivesUp => RetryVerdict::GivenUp(lost),
            RetryDecision::Asks => {
                self.asked.push_back(lost);
                if self.asked.len() == 1 {
                    self.ask(host);
                }
                RetryVerdict::Asked
            }
        }
    }

    fn ask(&self, host: &mut dyn Host) {
        let Some(lost) = self.asked.front() else { return };
        let event = Event::UserAsked { request: lost.request, start_line: lost.start_line.clone() };
        host.record(event, Rule::UserDecides);
        host.set_timer(ANSWER, self.policy.user_takes_us, Rule::UserDecides);
    }

    /// Takes the user's answer: the request it is about, and whether it is sent again.
    pub(super) fn answered(&mut self, host: &mut dyn Host) -> Option<(LostRequest, bool)> {
        let lost = self.asked.pop_front()?;
        let again = self.policy.user == UserAnswer::Again;
        host.record(Event::UserAnswered { request: lost.request, again }, Rule::UserDecides);
        self.ask(host);
        Some((lost, again))
    }
}

impl Client {
    /// Outstanding requests on this connection will get no response.
    pub(super) fn lose_outstanding(&mut self, socket: SocketId, problem: Failure, host: &mut dyn Host) {
        let Some(connection) = self.connection_mut(socket) else { return };
        connection.usable = false;
        let said_close = connection.said_close;
        for request in core::mem::take(&mut connection.outstanding) {
            self.lose(request, said_close, problem, host);
        }
    }

    /// A request was lost with its connection.
    pub(super) fn lose(
        &mut self,
        request: Outstanding,
        said_close: bool,
        problem: Failure,
        host: &mut dyn Host,
    ) {
        let lost = LostRequest {
            request: request.index as u32,
            start_line: request.head.start_line(),
            method: request.head.method,
            wanted_at: request.wanted_at,
            sent: request.sent,
            problem,
            answer_begun: request.response.is_some(),
            unprocessed: said_close || !request.written,
        };
        match self.retries.lost(lost, host) {
            RetryVerdict::SendAgain(lost) => self.resend(&lost),
            RetryVerdict::Asked => {}
            RetryVerdict::GivenUp(lost) => fail(&lost, host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::ApplicationError;

    fn lost(method: &str, sent: u32) -> LostRequest {
        LostRequest {
            request: 0,
            method: Method::from(method),
            start_line: String::new(),
            wanted_at: Instant::ZERO,
            sent,
            problem: ApplicationError::ClosedBeforeResponse.into(),
            answer_begun: false,
            unprocessed: false,
        }
    }

    #[test]
    fn what_becomes_of_a_lost_request() {
        use RetryDecision::{Again, Asks, GivesUp};
        let once = |user| RetryPolicy::asking(user, Duration::ZERO);
        let (silent, asking) = (once(UserAnswer::NotAsked), once(UserAnswer::GiveUp));
        let only_asking = RetryPolicy { automatic: 0, ..asking };
        for (policy, request, decision, rule) in [
            (silent, lost("GET", 1), Again, Rule::IdempotentAgain),
            (silent, lost("PUT", 1), Again, Rule::IdempotentAgain),
            (silent, lost("DELETE", 1), Again, Rule::IdempotentAgain),
            (silent, lost("POST", 1), GivesUp, Rule::NotIdempotent),
            (asking, lost("POST", 1), Asks, Rule::NotIdempotent),
            (asking, lost("PATCH", 3), Asks, Rule::NotIdempotent),
            (only_asking, lost("GET", 1), GivesUp, Rule::NoRetries),
            // A failed automatic retry is not retried.
            (asking, lost("GET", 2), GivesUp, Rule::RetriedEnough),
            (RetryPolicy { automatic: 2, ..silent }, lost("GET", 2), Again, Rule::IdempotentAgain),
            // A request that was certainly not carried out may be retried whatever its method.
            (silent, LostRequest { unprocessed: true, ..lost("POST", 1) }, Again, Rule::NeverProcessed),
            // A partial response shows that the request was carried out.
            (asking, LostRequest { answer_begun: true, ..lost("GET", 1) }, GivesUp, Rule::IncompleteMessage),
            (asking, lost("POST", 10), GivesUp, Rule::RetriedEnough),
        ] {
            assert_eq!(policy.decide(&request), (decision, rule), "{} {}", request.method, request.sent);
        }
    }
}
