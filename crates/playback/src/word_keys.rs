//! Keys of the words that stand inside sentences and on cards.

use playground_core::event::{Belief, DropReason, Waiting};
use playground_core::tcp::Timer;

use strum::VariantArray;

/// Every key that stands for a word or two inside sentences and on cards: what [`waiting_key`],
/// [`timer_key`], [`application_timer_key`], [`belief_key`] and [`drop_key`] give.
pub fn word_keys() -> impl Iterator<Item = &'static str> {
    let waiting =
        Waiting::VARIANTS.iter().flat_map(|waiting| [waiting_key(*waiting), application_timer_key(*waiting)]);
    waiting
        .chain(Timer::VARIANTS.iter().map(|timer| timer_key(*timer)))
        .chain(Belief::VARIANTS.iter().map(|belief| belief_key(*belief)))
        .chain(DropReason::VARIANTS.iter().map(|reason| drop_key(*reason)))
}

/// The key of what a role waits for: `waiting-response`.
pub const fn waiting_key(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Nothing => "waiting-nothing",
        Waiting::Connection => "waiting-connection",
        Waiting::Response => "waiting-response",
        Waiting::Request => "waiting-request",
        Waiting::RestOfRequest => "waiting-rest-of-request",
        Waiting::RestOfResponse => "waiting-rest-of-response",
        Waiting::TlsHandshake => "waiting-tls-handshake",
        Waiting::ResponseSent => "waiting-response-sent",
        Waiting::PeerClose => "waiting-peer-close",
        Waiting::ServerClose => "waiting-server-close",
        Waiting::Processing => "waiting-processing",
        Waiting::Reading => "waiting-reading",
        Waiting::NextRequest => "waiting-next-request",
        Waiting::IdleTimeout => "waiting-idle-timeout",
        Waiting::UserAnswer => "waiting-user-answer",
        Waiting::FreeConnection => "waiting-free-connection",
        Waiting::Address => "waiting-address",
        Waiting::NameAnswer => "waiting-name-answer",
        Waiting::Echo => "waiting-echo",
        Waiting::Neighbour => "waiting-neighbour",
        Waiting::Restart => "waiting-restart",
        Waiting::TunnelOctets => "waiting-tunnel-octets",
    }
}

/// The key of an application's timer: `timer-waiting-response`.
pub const fn application_timer_key(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Nothing => "timer-waiting-nothing",
        Waiting::Connection => "timer-waiting-connection",
        Waiting::Response => "timer-waiting-response",
        Waiting::Request => "timer-waiting-request",
        Waiting::RestOfRequest => "timer-waiting-rest-of-request",
        Waiting::RestOfResponse => "timer-waiting-rest-of-response",
        Waiting::TlsHandshake => "timer-waiting-tls-handshake",
        Waiting::ResponseSent => "timer-waiting-response-sent",
        Waiting::PeerClose => "timer-waiting-peer-close",
        Waiting::ServerClose => "timer-waiting-server-close",
        Waiting::Processing => "timer-waiting-processing",
        Waiting::Reading => "timer-waiting-reading",
        Waiting::NextRequest => "timer-waiting-next-request",
        Waiting::IdleTimeout => "timer-waiting-idle-timeout",
        Waiting::UserAnswer => "timer-waiting-user-answer",
        Waiting::FreeConnection => "timer-waiting-free-connection",
        Waiting::Address => "timer-waiting-address",
        Waiting::NameAnswer => "timer-waiting-name-answer",
        Waiting::Echo => "timer-waiting-echo",
        Waiting::Neighbour => "timer-waiting-neighbour",
        Waiting::Restart => "timer-waiting-restart",
        Waiting::TunnelOctets => "timer-waiting-tunnel-octets",
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
        Timer::Keepalive => "timer-keepalive",
    }
}

/// The key of a belief: `belief-persists`.
pub const fn belief_key(belief: Belief) -> &'static str {
    match belief {
        Belief::Persists => "belief-persists",
        Belief::AskedToPersist => "belief-asked-to-persist",
        Belief::ClosesAfterResponse => "belief-closes-after-response",
        Belief::EndsWhenServerCloses => "belief-ends-when-server-closes",
        Belief::Tunnel => "belief-tunnel",
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
        DropReason::Unacknowledged => "drop-unacknowledged",
    }
}
