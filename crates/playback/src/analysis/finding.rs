//! What the analysis finds, by Wireshark's names.

use core::fmt;

use strum::{EnumDiscriminants, VariantArray};

/// Something that stands out about a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(name(FindingKind), derive(VariantArray))]
pub enum Finding {
    /// Some of it was seen before.
    Retransmission,
    /// The same, soon after duplicate ACKs asked for it.
    FastRetransmission,
    /// The same, though all of it was acknowledged.
    SpuriousRetransmission,
    /// It comes later than what follows it, too soon for a retransmission.
    OutOfOrder,
    /// Segments before it were not seen.
    PreviousNotCaptured,
    /// It opens the window, or closes it, and says nothing else.
    WindowUpdate,
    /// It fills the peer's window.
    WindowFull,
    /// It asks whether the peer is there.
    KeepAlive,
    /// The answer.
    KeepAliveAck,
    /// It acknowledges the same again as the row `of`, the `count`th time.
    DuplicateAck {
        /// The row that acknowledged it first.
        of: u32,
        /// How often it was repeated.
        count: u32,
    },
    /// It asks for the window while that is closed.
    ZeroWindowProbe,
    /// The window is closed.
    ZeroWindow,
    /// The answer to a probe: still closed.
    ZeroWindowProbeAck,
    /// It acknowledges what was not seen.
    AckedUnseen,
    /// It opens a connection between two ends that had another one.
    PortNumbersReused,
}

impl Finding {
    /// Whether Wireshark's colouring rule "Bad TCP" is for it.
    pub const fn is_trouble(self) -> bool {
        !matches!(self, Self::WindowUpdate | Self::KeepAlive | Self::KeepAliveAck)
    }
}

impl FindingKind {
    /// The name of the field in a filter.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Retransmission => "tcp.analysis.retransmission",
            Self::FastRetransmission => "tcp.analysis.fast_retransmission",
            Self::SpuriousRetransmission => "tcp.analysis.spurious_retransmission",
            Self::OutOfOrder => "tcp.analysis.out_of_order",
            Self::PreviousNotCaptured => "tcp.analysis.lost_segment",
            Self::WindowUpdate => "tcp.analysis.window_update",
            Self::WindowFull => "tcp.analysis.window_full",
            Self::KeepAlive => "tcp.analysis.keep_alive",
            Self::KeepAliveAck => "tcp.analysis.keep_alive_ack",
            Self::DuplicateAck => "tcp.analysis.duplicate_ack",
            Self::ZeroWindowProbe => "tcp.analysis.zero_window_probe",
            Self::ZeroWindow => "tcp.analysis.zero_window",
            Self::ZeroWindowProbeAck => "tcp.analysis.zero_window_probe_ack",
            Self::AckedUnseen => "tcp.analysis.ack_lost_segment",
            Self::PortNumbersReused => "tcp.analysis.reused_ports",
        }
    }
}

/// As in the Info column, without brackets.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Retransmission => "TCP Retransmission",
            Self::FastRetransmission => "TCP Fast Retransmission",
            Self::SpuriousRetransmission => "TCP Spurious Retransmission",
            Self::OutOfOrder => "TCP Out-Of-Order",
            Self::PreviousNotCaptured => "TCP Previous segment not captured",
            Self::WindowUpdate => "TCP Window Update",
            Self::WindowFull => "TCP Window Full",
            Self::KeepAlive => "TCP Keep-Alive",
            Self::KeepAliveAck => "TCP Keep-Alive ACK",
            Self::DuplicateAck { of, count } => return write!(f, "TCP Dup ACK {of}#{count}"),
            Self::ZeroWindowProbe => "TCP ZeroWindowProbe",
            Self::ZeroWindow => "TCP ZeroWindow",
            Self::ZeroWindowProbeAck => "TCP ZeroWindowProbeAck",
            Self::AckedUnseen => "TCP ACKed unseen segment",
            Self::PortNumbersReused => "TCP Port numbers reused",
        };
        f.write_str(name)
    }
}
