//! Captures in words: what is left out, and why a file is not opened.

use playground_capture::open::{LeftOut, MOST_OCTETS, OpenError};
use playground_capture::pcapng::ReadProblem;

use crate::language::Text;

/// A number with commas.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The message of a kind of packet that is left out.
pub(super) const fn kind_words(kind: LeftOut) -> &'static str {
    match kind {
        LeftOut::NotIp => "capture-left-not-ip",
        LeftOut::NotTcp => "capture-left-not-tcp",
        LeftOut::Fragment => "capture-left-fragment",
        LeftOut::Cut => "capture-left-cut",
        LeftOut::Damaged => "capture-left-damaged",
        LeftOut::LinkType => "capture-left-link-type",
        LeftOut::Again => "capture-left-again",
        LeftOut::Host => "capture-left-host",
    }
}

/// Why a file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The browser cannot read it.
    Unreadable,
    /// It is too long to be read.
    TooLong,
    /// It is no capture that can be shown.
    Capture(OpenError),
}

impl Refused {
    /// The reason as a sentence.
    pub(super) fn sentence(self, text: Text) -> String {
        let most = |most: usize| grouped(most as u64);
        match self {
            Self::Unreadable => text.plain("capture-unreadable"),
            Self::TooLong | Self::Capture(OpenError::TooLong { .. }) => {
                text.get("capture-too-long", &[("most", &most(MOST_OCTETS >> 20))])
            }
            Self::Capture(OpenError::TooManyPackets { most: bound }) => {
                text.get("capture-too-many-packets", &[("most", &most(bound))])
            }
            Self::Capture(OpenError::TooManyConnections { most: bound }) => {
                text.get("capture-too-many-connections", &[("most", &most(bound))])
            }
            Self::Capture(OpenError::NoSegments { packets }) => {
                text.get("capture-no-segments", &[("packets", &most(packets))])
            }
            Self::Capture(OpenError::File(error)) => match error.problem {
                ReadProblem::NotCapture => text.plain("capture-not-capture"),
                _ => text.get("capture-damaged", &[("octet", &most(error.offset))]),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas() {
        assert_eq!(
            [0, 999, 1_000, 100_000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "100,000", "1,234,567"]
        );
    }
}
