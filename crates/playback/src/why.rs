//! The chain of causes of an entry, short enough to read.

use playground_core::event::{Entry, Event, NodeId};
use playground_core::rule::Rule;
use playground_core::tcp::{Call, Notice, Returned};
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::describe::describe;
use crate::dissection::Dissection;
use crate::phrase::Phrase;

/// Why an entry happened: itself first, what the scenario began with last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// At most [`Why::LONGEST`] links.
    pub links: Vec<WhyLink>,
}

impl Why {
    /// More links than this are more than anybody reads.
    pub const LONGEST: usize = 8;

    /// The chain of causes of an entry; empty for one that does not exist.
    ///
    /// Links that only repeat their neighbours are left out, then the least telling ones until
    /// [`Why::LONGEST`] are left; the first and the last always stay.
    pub fn of(trace: &Trace, dissection: &Dissection, entry: u32) -> Self {
        let chain = trace.causes(entry);
        let mut kept: Vec<(usize, u8)> = Vec::new();
        let mut timers = Vec::new();
        for (place, cause) in chain.iter().enumerate() {
            let effect = place.checked_sub(1).map(|effect| chain[effect]);
            let is_end = place == 0 || place + 1 == chain.len();
            // A clock that ticks on and on is told once.
            let timer = match &cause.event {
                Event::TimerExpired { socket, purpose } => Some((cause.node, *socket, *purpose)),
                _ => None,
            };
            let is_repeated = timer.is_some_and(|timer| timers.contains(&timer));
            timers.extend(timer);
            let weight = match (is_end, is_repeated) {
                (true, _) => u8::MAX,
                (false, true) => 0,
                (false, false) => weight(cause, effect),
            };
            if weight > 0 {
                kept.push((place, weight));
            }
        }
        while kept.len() > Self::LONGEST {
            // The least telling; among equals the one farthest from what is asked about.
            let least =
                kept.iter().enumerate().min_by_key(|(spot, (_, weight))| (*weight, usize::MAX - spot));
            let Some((spot, _)) = least else { break };
            kept.remove(spot);
        }
        let mut before = 0;
        let links = kept
            .into_iter()
            .map(|(place, _)| {
                let cause = chain[place];
                let skipped = place.saturating_sub(before + 1) as u32;
                before = place;
                WhyLink {
                    entry: cause.index,
                    at: cause.at,
                    node: cause.node,
                    phrase: describe(trace, dissection, cause.index),
                    rule: cause.rule,
                    skipped,
                }
            })
            .collect();
        Self { links }
    }
}

/// How telling a cause is: 0 says nothing that its effect does not say.
fn weight(cause: &Entry, effect: Option<&Entry>) -> u8 {
    match &cause.event {
        // The arrival names the segment and its sender already.
        Event::PacketSent { id, .. } => match effect.map(|effect| &effect.event) {
            Some(Event::PacketDelivered { id: other } | Event::PacketDropped { id: other, .. })
                if id == other =>
            {
                0
            }
            _ => 2,
        },
        Event::PacketDelivered { .. } => 2,
        Event::PacketDropped { .. } => 3,
        Event::Socket { notice, .. } => match notice {
            Notice::TimerExpired { .. }
            | Notice::BytesDiscarded { .. }
            | Notice::Errored { .. }
            | Notice::SynDropped => 3,
            Notice::StateChanged { .. }
            | Notice::BytesHeld { .. }
            | Notice::EndReceived { .. }
            | Notice::SendHeld { .. } => 1,
            _ => 0,
        },
        Event::CallBlocked { .. } => 2,
        Event::CallReturned { call, returned, .. } => match (call, returned) {
            (_, Returned::Failed { .. }) => 3,
            (Call::Connect { .. } | Call::Shutdown | Call::ShutdownInput | Call::Close | Call::Abort, _) => 2,
            (Call::Send { .. } | Call::SetNoDelay { .. }, _) => 1,
            _ => 0,
        },
        Event::RequestReceived { .. }
        | Event::ResponseReceived { .. }
        | Event::AnswerChosen { .. }
        | Event::PersistenceDecided { .. }
        | Event::HeadersRewritten { .. }
        | Event::BytesRelayed { .. }
        | Event::TransactionCompleted { .. }
        | Event::CacheUsed { .. }
        | Event::ObjectNamed { .. } => 2,
        Event::MessageCompleted { .. } | Event::BeliefChanged { .. } | Event::WaitingChanged { .. } => 1,
        Event::MessageIncomplete { .. }
        | Event::MessageRejected { .. }
        | Event::TimerExpired { .. }
        | Event::TransactionFailed { .. }
        | Event::PagePainted { .. }
        | Event::PageCompleted { .. }
        | Event::RetryDecided { .. }
        | Event::UserAsked { .. }
        | Event::UserAnswered { .. }
        | Event::EffectCaused { .. }
        | Event::AddressRefused { .. }
        | Event::NameUnresolved { .. }
        | Event::EchoLost { .. }
        | Event::HostCrashed
        | Event::HostStarted
        | Event::ReadingChanged { .. }
        | Event::Intervened { .. } => 3,
        Event::AddressObtained { .. }
        | Event::NameResolved { .. }
        | Event::EchoReturned { .. }
        | Event::TlsOpened { .. } => 2,
        Event::TimerStarted { .. } | Event::TimerStopped { .. } | Event::Withheld => 0,
    }
}

/// One cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyLink {
    /// The entry.
    pub entry: u32,
    /// Simulated time.
    pub at: Instant,
    /// Where.
    pub node: NodeId,
    /// What happened.
    pub phrase: Phrase,
    /// The rule that decided it: `rule.key()` names its sentence, `rule.source()` is the clause.
    pub rule: Rule,
    /// Links left out between this one and the one before it in the list (its effect).
    pub skipped: u32,
}
