//! The TCP segment: header fields, options and payload.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::{Endpoint, Flags, FourTuple, SeqNum};

/// Octets of an IPv4 header without options.
pub const IP_HEADER_LEN: usize = 20;
/// Octets of a TCP header without options.
pub const TCP_HEADER_LEN: usize = 20;

/// A TCP segment in an IPv4 datagram: addresses and ports, header fields, options, payload octets.
///
/// Simplified: no urgent pointer, no IP options or fragments; the checksum is not a field: corruption is
/// an impairment of the link, and the `capture` crate computes checksums when it encodes a segment.
///
/// Source: RFC 9293 section 3.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Sender.
    pub source: Endpoint,
    /// Receiver.
    pub destination: Endpoint,
    /// SEG.SEQ: the first octet's number (the SYN's own when SYN is set).
    pub seq: SeqNum,
    /// SEG.ACK: the next number expected; significant only with the ACK flag.
    pub ack: SeqNum,
    /// Control bits.
    pub flags: Flags,
    /// SEG.WND as on the wire, before scaling.
    pub window: u16,
    /// Options.
    pub options: TcpOptions,
    /// Payload octets.
    pub payload: Bytes,
}

/// The options a segment may carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TcpOptions {
    /// Maximum segment size, on SYN only. RFC 9293 section 3.7.1.
    pub max_segment_size: Option<u16>,
    /// Window scale shift, on SYN only. RFC 7323 section 2.
    pub window_scale: Option<u8>,
    /// Whether SACK is permitted, on SYN only. RFC 2018 section 2. Announced, not used.
    pub sack_permitted: bool,
    /// Timestamps. RFC 7323 section 3.
    pub timestamps: Option<Timestamps>,
}

/// The timestamps option.
///
/// Units: milliseconds of the sender's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timestamps {
    /// TSval: the sender's clock.
    pub value: u32,
    /// TSecr: the latest TSval received.
    pub echo: u32,
}

impl TcpOptions {
    /// The length of the options on the wire, in octets, in Linux's layout.
    pub const fn wire_len(&self) -> usize {
        let mut len: usize = 0;
        if self.max_segment_size.is_some() {
            len += 4;
        }
        if self.window_scale.is_some() {
            len += 3;
        }
        if self.sack_permitted {
            len += 2;
        }
        if self.timestamps.is_some() {
            len += 10;
        }
        len.div_ceil(4) * 4
    }
}

impl Segment {
    /// SEG.LEN: the payload's octets, plus one for SYN and one for FIN.
    pub fn seq_len(&self) -> u32 {
        self.payload.len() as u32 + u32::from(self.flags.is_syn()) + u32::from(self.flags.is_fin())
    }

    /// The sequence number after the segment's last one.
    pub fn seq_end(&self) -> SeqNum {
        self.seq + self.seq_len()
    }

    /// The length of the IPv4 datagram, in octets.
    pub fn wire_len(&self) -> usize {
        IP_HEADER_LEN + TCP_HEADER_LEN + self.options.wire_len() + self.payload.len()
    }

    /// The connection, from the receiver's side.
    pub fn receiver_tuple(&self) -> FourTuple {
        FourTuple { local: self.destination, remote: self.source }
    }

    /// Whether it is a pure ACK.
    pub fn is_pure_ack(&self) -> bool {
        self.flags.is_ack() && self.seq_len() == 0 && !self.flags.is_rst()
    }
}
