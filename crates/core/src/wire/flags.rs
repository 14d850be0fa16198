//! The control bits of a segment.

use core::fmt;
use core::ops::{BitOr, BitOrAssign};

use serde::{Deserialize, Serialize};

/// The control bits of a TCP segment, as the octet on the wire.
///
/// Simplified: URG, CWR and ECE are carried but have no effect.
///
/// Source: RFC 9293 section 3.1.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flags(pub u8);

impl Flags {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// No more data from the sender.
    pub const FIN: Self = Self(0x01);
    /// Synchronise sequence numbers.
    pub const SYN: Self = Self(0x02);
    /// Reset the connection.
    pub const RST: Self = Self(0x04);
    /// Push the data to the reader.
    pub const PSH: Self = Self(0x08);
    /// The acknowledgment field is significant.
    pub const ACK: Self = Self(0x10);

    /// Whether every bit of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether SYN is set.
    pub const fn is_syn(self) -> bool {
        self.contains(Self::SYN)
    }

    /// Whether FIN is set.
    pub const fn is_fin(self) -> bool {
        self.contains(Self::FIN)
    }

    /// Whether RST is set.
    pub const fn is_rst(self) -> bool {
        self.contains(Self::RST)
    }

    /// Whether ACK is set.
    pub const fn is_ack(self) -> bool {
        self.contains(Self::ACK)
    }

    /// Whether PSH is set.
    pub const fn is_psh(self) -> bool {
        self.contains(Self::PSH)
    }
}

impl BitOr for Flags {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The set bits' names, as Wireshark prints them: `SYN, ACK`.
impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            (Self::FIN, "FIN"),
            (Self::SYN, "SYN"),
            (Self::RST, "RST"),
            (Self::PSH, "PSH"),
            (Self::ACK, "ACK"),
        ];
        let mut first = true;
        for (flag, name) in names {
            if self.contains(flag) {
                if !first {
                    f.write_str(", ")?;
                }
                f.write_str(name)?;
                first = false;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_print_as_packet_tools_print_them() {
        for (flags, text) in [
            (Flags::SYN, "SYN"),
            (Flags::SYN | Flags::ACK, "SYN, ACK"),
            (Flags::FIN | Flags::ACK, "FIN, ACK"),
            (Flags::PSH | Flags::ACK, "PSH, ACK"),
            (Flags::RST, "RST"),
            (Flags::NONE, ""),
        ] {
            assert_eq!(flags.to_string(), text);
        }
    }
}
