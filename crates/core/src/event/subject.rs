//! The socket that an event is about.

use super::Event;
use crate::tcp::SocketId;

impl Event {
    /// The socket of its node that the event is about; of a forwarded message, the socket it is forwarded to.
    pub const fn socket(&self) -> Option<SocketId> {
        match self {
            Self::Socket { socket, .. }
            | Self::RequestReceived { socket, .. }
            | Self::ResponseReceived { socket, .. }
            | Self::MessageCompleted { socket, .. }
            | Self::MessageIncomplete { socket, .. }
            | Self::MessageRejected { socket, .. }
            | Self::AnswerChosen { socket, .. }
            | Self::PersistenceDecided { socket, .. }
            | Self::BeliefChanged { socket, .. }
            | Self::WaitingChanged { socket, .. }
            | Self::EffectCaused { socket, .. }
            | Self::TlsOpened { socket, .. }
            | Self::TransactionCompleted { socket, .. }
            | Self::CacheUsed { socket, .. }
            | Self::CallBlocked { socket, .. }
            | Self::ObjectNamed { socket, .. }
            | Self::HeadersRewritten { to: socket, .. }
            | Self::BytesRelayed { to: socket, .. } => Some(*socket),
            Self::PacketSent { socket, .. }
            | Self::CallReturned { socket, .. }
            | Self::TimerStarted { socket, .. }
            | Self::TimerStopped { socket, .. }
            | Self::TimerExpired { socket, .. } => *socket,
            Self::PacketDelivered { .. }
            | Self::PacketDropped { .. }
            | Self::TransactionFailed { .. }
            | Self::PagePainted { .. }
            | Self::PageCompleted { .. }
            | Self::RetryDecided { .. }
            | Self::UserAsked { .. }
            | Self::UserAnswered { .. }
            | Self::AddressObtained { .. }
            | Self::AddressRefused { .. }
            | Self::NameResolved { .. }
            | Self::NameUnresolved { .. }
            | Self::EchoReturned { .. }
            | Self::EchoLost { .. }
            | Self::Intervened { .. }
            | Self::HostCrashed
            | Self::HostStarted
            | Self::ReadingChanged { .. }
            | Self::Withheld => None,
        }
    }
}
