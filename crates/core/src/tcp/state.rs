//! The eleven connection states.

use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};

/// A connection's state, in the RFC's words.
///
/// Source: RFC 9293 section 3.3.2.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Display,
    IntoStaticStr,
    Serialize,
    Deserialize,
    VariantArray,
)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
#[strum(serialize_all = "SCREAMING-KEBAB-CASE")]
pub enum State {
    /// No connection at all.
    #[default]
    Closed,
    /// Waiting for a connection request from any remote TCP peer.
    Listen,
    /// Waiting for a matching connection request after having sent one.
    SynSent,
    /// Waiting for the acknowledgment after having both received and sent a connection request.
    SynReceived,
    /// Open: data received can be delivered to the user.
    Established,
    /// Waiting for the peer's FIN, or for the acknowledgment of the FIN sent.
    #[serde(rename = "FIN-WAIT-1")]
    #[strum(serialize = "FIN-WAIT-1")]
    FinWait1,
    /// Waiting for the peer's FIN.
    #[serde(rename = "FIN-WAIT-2")]
    #[strum(serialize = "FIN-WAIT-2")]
    FinWait2,
    /// Waiting for the local user to close.
    CloseWait,
    /// Waiting for the acknowledgment of the FIN, after simultaneous close.
    Closing,
    /// Waiting for the acknowledgment of the FIN, after the peer's.
    LastAck,
    /// Waiting long enough to be sure that the peer has the acknowledgment of its FIN.
    TimeWait,
}

impl State {
    /// The name as the RFC writes it: `SYN-SENT`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether both SYNs are acknowledged, or at least the peer's has been accepted and answered.
    pub const fn is_synchronized(self) -> bool {
        !matches!(self, Self::Closed | Self::Listen | Self::SynSent | Self::SynReceived)
    }

    /// Whether the local side may still send data.
    pub const fn may_send(self) -> bool {
        matches!(self, Self::Established | Self::CloseWait)
    }

    /// Whether data from the peer is still accepted.
    pub const fn may_receive(self) -> bool {
        matches!(self, Self::Established | Self::FinWait1 | Self::FinWait2)
    }

    /// Whether a FIN has been queued or sent by the local side.
    pub const fn has_closed_output(self) -> bool {
        matches!(self, Self::FinWait1 | Self::FinWait2 | Self::Closing | Self::LastAck | Self::TimeWait)
    }
}
