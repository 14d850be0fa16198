//! Keys of the words that stand inside sentences and on cards.

use playground_core::event::{Belief, DropReason, RetryDecision, Waiting};
use playground_core::tcp::Timer;

/// Every key that stands for a word or two inside sentences and on cards: what [`waiting_key`],
/// [`timer_key`], [`application_timer_key`], [`belief_key`] and [`drop_key`] give.
pub const WORD_KEYS: &[&str] = &[
    "waiting-nothing",
    "waiting-connection",
    "waiting-response",
    "waiting-request",
    "waiting-rest-of-message",
    "waiting-peer-close",
    "waiting-server-close",
    "waiting-processing",
    "waiting-reading",
    "waiting-next-request",
    "waiting-idle-timeout",
    "waiting-user-answer",
    "waiting-address",
    "waiting-name-answer",
    "waiting-echo",
    "waiting-neighbour",
    "timer-waiting-nothing",
    "timer-waiting-connection",
    "timer-waiting-response",
    "timer-waiting-request",
    "timer-waiting-rest-of-message",
    "timer-waiting-peer-close",
    "timer-waiting-server-close",
    "timer-waiting-processing",
    "timer-waiting-reading",
    "timer-waiting-next-request",
    "timer-waiting-idle-timeout",
    "timer-waiting-user-answer",
    "timer-waiting-address",
    "timer-waiting-name-answer",
    "timer-waiting-echo",
    "timer-waiting-neighbour",
    "timer-retransmission",
    "timer-delayed-ack",
    "timer-persist",
    "timer-time-wait",
    "timer-fin-wait-2",
    "timer-override",
    "belief-persists",
    "belief-asked-to-persist",
    "belief-closes-after-response",
    "belief-ends-when-server-closes",
    "belief-ended",
    "drop-scripted",
    "drop-random",
    "drop-corrupted",
    "drop-queue-full",
    "drop-link-down",
    "drop-host-down",
];
/// The key of what a role waits for: `waiting-response`.
pub const fn waiting_key(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Nothing => "waiting-nothing",
        Waiting::Connection => "waiting-connection",
        Waiting::Response => "waiting-response",
        Waiting::Request => "waiting-request",
        Waiting::RestOfMessage => "waiting-rest-of-message",
        Waiting::PeerClose => "waiting-peer-close",
        Waiting::ServerClose => "waiting-server-close",
        Waiting::Processing => "waiting-processing",
        Waiting::Reading => "waiting-reading",
        Waiting::NextRequest => "waiting-next-request",
        Waiting::IdleTimeout => "waiting-idle-timeout",
        Waiting::UserAnswer => "waiting-user-answer",
        Waiting::Address => "waiting-address",
        Waiting::NameAnswer => "waiting-name-answer",
        Waiting::Echo => "waiting-echo",
        Waiting::Neighbour => "waiting-neighbour",
    }
}

/// The key of an application's timer: `timer-waiting-response`.
pub const fn application_timer_key(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Nothing => "timer-waiting-nothing",
        Waiting::Connection => "timer-waiting-connection",
        Waiting::Response => "timer-waiting-response",
        Waiting::Request => "timer-waiting-request",
        Waiting::RestOfMessage => "timer-waiting-rest-of-message",
        Waiting::PeerClose => "timer-waiting-peer-close",
        Waiting::ServerClose => "timer-waiting-server-close",
        Waiting::Processing => "timer-waiting-processing",
        Waiting::Reading => "timer-waiting-reading",
        Waiting::NextRequest => "timer-waiting-next-request",
        Waiting::IdleTimeout => "timer-waiting-idle-timeout",
        Waiting::UserAnswer => "timer-waiting-user-answer",
        Waiting::Address => "timer-waiting-address",
        Waiting::NameAnswer => "timer-waiting-name-answer",
        Waiting::Echo => "timer-waiting-echo",
        Waiting::Neighbour => "timer-waiting-neighbour",
    }
}

/// The key of a TCP timer: `timer-time-wait`.
pub const fn timer_key(timer: Timer) -> &'static str {
    match timer {
        Timer::Retransmission => "timer-retransmission",
        Timer::DelayedAck => "timer-delayed-ack",
        Timer::Persist => "timer-persist",
        Timer::TimeWait => "timer-time-wait",
        Timer::FinWait2 => "timer-fin-wait-2",
        Timer::Override => "timer-override",
    }
}

/// The key of a belief: `belief-persists`.
pub const fn belief_key(belief: Belief) -> &'static str {
    match belief {
        Belief::Persists => "belief-persists",
        Belief::AskedToPersist => "belief-asked-to-persist",
        Belief::ClosesAfterResponse => "belief-closes-after-response",
        Belief::EndsWhenServerCloses => "belief-ends-when-server-closes",
        Belief::Ended => "belief-ended",
    }
}

/// The key of a reason for a loss: `drop-queue-full`.
pub const fn drop_key(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Scripted => "drop-scripted",
        DropReason::Random => "drop-random",
        DropReason::Corrupted => "drop-corrupted",
        DropReason::QueueFull => "drop-queue-full",
        DropReason::LinkDown => "drop-link-down",
        DropReason::HostDown => "drop-host-down",
    }
}

/// The key of what becomes of a lost request: `retry-asks`.
pub(crate) const fn retry_key(decision: RetryDecision) -> &'static str {
    match decision {
        RetryDecision::Again => "retry-again",
        RetryDecision::Asks => "retry-asks",
        RetryDecision::GivesUp => "retry-gives-up",
    }
}
