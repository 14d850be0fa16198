//! What a fake link carries: the two ends, the fate of a segment, and a segment as a line.

use playground_core::tcp::{Notice, TRANSITIONS, Transition};
use playground_core::time::{Duration, Instant};
use playground_core::wire::Flags;

/// One of the two stacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// The one that usually opens.
    A,
    /// The one that usually listens.
    B,
}

impl End {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// Its address.
    pub fn address(self) -> [u8; 4] {
        match self {
            Self::A => [10, 0, 0, 1],
            Self::B => [10, 0, 0, 2],
        }
    }
}

/// What becomes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives after the link's delay.
    Arrives,
    /// It arrives so much later than that.
    Late(Duration),
    /// It arrives twice.
    Twice,
    /// It does not arrive.
    Lost,
}

/// A segment that was sent, with numbers relative to its direction's SYN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire {
    /// When.
    pub at: Instant,
    /// By whom.
    pub from: End,
    /// Flags.
    pub flags: Flags,
    /// Relative sequence number.
    pub seq: u32,
    /// Relative acknowledgment number, 0 without ACK.
    pub ack: u32,
    /// Payload octets.
    pub len: usize,
    /// Window as on the wire.
    pub window: u16,
    /// Whether some of it was sent before.
    pub again: bool,
    /// The rule that sent it.
    pub rule: &'static str,
}

/// The edge of the table that a notice walked.
pub fn edge(notice: &Notice) -> Option<&'static Transition> {
    let Notice::StateChanged { from, to, trigger } = notice else { return None };
    TRANSITIONS.iter().find(|edge| edge.from == *from && edge.to == *to && edge.trigger == *trigger)
}

impl std::fmt::Display for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters: String =
            [(Flags::FIN, 'F'), (Flags::SYN, 'S'), (Flags::RST, 'R'), (Flags::PSH, 'P'), (Flags::ACK, '.')]
                .into_iter()
                .filter(|(flag, _)| self.flags.contains(*flag))
                .map(|(_, letter)| letter)
                .collect();
        let (from, to) = (self.from, self.from.other());
        write!(f, "{} {from:?} > {to:?} [{letters}] seq {}", self.at, self.seq)?;
        if self.flags.is_ack() {
            write!(f, " ack {}", self.ack)?;
        }
        write!(f, " len {}", self.len)?;
        if self.again {
            f.write_str(" again")?;
        }
        Ok(())
    }
}
