//! Whether what a role reports is the cause of what it does next.

use super::Event;

impl Event {
    /// Whether it causes the entries of its role that follow: a decision does, a belief or a wait causes nothing.
    pub const fn leads_on(&self) -> bool {
        matches!(
            self,
            Self::RequestReceived { .. }
                | Self::ResponseReceived { .. }
                | Self::MessageCompleted { .. }
                | Self::MessageRejected { .. }
                | Self::AnswerChosen { .. }
                | Self::PersistenceDecided { .. }
                | Self::HeadersRewritten { .. }
                | Self::RetryDecided { .. }
                | Self::UserAsked { .. }
                | Self::UserAnswered { .. }
                | Self::EffectCaused { .. }
                | Self::CacheUsed { .. }
                | Self::AddressObtained { .. }
                | Self::TlsOpened { .. }
                | Self::AddressRefused { .. }
                | Self::NameResolved { .. }
                | Self::NameUnresolved { .. }
        )
    }
}
