//! Segment templates: what a test throws at a connection, with numbers relative to both SYNs.

use bytes::Bytes;
use playground_core::wire::{Endpoint, Flags, Segment, SeqNum, TcpOptions};

/// A segment without addresses: [`super::Pair::inject`] fills them in and makes the numbers absolute.
pub fn bare(flags: Flags, seq: u32, ack: u32) -> Segment {
    let nowhere = Endpoint::new([0, 0, 0, 0].into(), 0);
    Segment {
        source: nowhere,
        destination: nowhere,
        seq: SeqNum(seq),
        ack: SeqNum(ack),
        flags,
        window: 65_535,
        options: TcpOptions::default(),
        payload: Bytes::new(),
    }
}

/// SYN and ACK.
pub fn syn_ack_flags() -> Flags {
    Flags::SYN | Flags::ACK
}

/// A SYN.
pub fn syn(seq: u32) -> Segment {
    bare(Flags::SYN, seq, 0)
}

/// A pure ACK.
pub fn ack(seq: u32, ack: u32) -> Segment {
    bare(Flags::ACK, seq, ack)
}

/// Data.
pub fn data(seq: u32, ack: u32, text: &str) -> Segment {
    Segment { payload: Bytes::copy_from_slice(text.as_bytes()), ..bare(Flags::ACK | Flags::PSH, seq, ack) }
}

/// A FIN.
pub fn fin(seq: u32, ack: u32) -> Segment {
    bare(Flags::FIN | Flags::ACK, seq, ack)
}

/// A RST without ACK.
pub fn rst(seq: u32) -> Segment {
    bare(Flags::RST, seq, 0)
}
