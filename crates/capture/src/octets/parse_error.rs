//! Why octets are not a segment, and where.

use core::fmt;

/// Octets that are not a TCP segment in an IPv4 datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The first octet of the field that is wrong, from 0.
    pub offset: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with octets that are not a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The octets end before what they announce.
    Truncated {
        /// Octets announced, from the start of the datagram.
        needed: usize,
        /// Octets there are.
        found: usize,
    },
    /// Another version of IP.
    Version {
        /// The version.
        version: u8,
    },
    /// The IPv4 header says that it is shorter than the shortest there is.
    IpHeaderLength {
        /// Octets it claims.
        octets: usize,
    },
    /// The datagram says that it is shorter than its headers.
    TotalLength {
        /// Octets it claims.
        octets: usize,
        /// Octets of the headers.
        headers: usize,
    },
    /// A fragment; only whole datagrams are read.
    Fragment,
    /// Another protocol than TCP.
    Protocol {
        /// Its number.
        protocol: u8,
    },
    /// The IPv4 header's checksum fails.
    IpChecksum {
        /// As received.
        found: u16,
        /// As it should be.
        computed: u16,
    },
    /// The TCP header says that it is shorter than the shortest there is, or longer than the datagram.
    DataOffset {
        /// Octets it claims.
        octets: usize,
    },
    /// The TCP checksum fails.
    TcpChecksum {
        /// As received.
        found: u16,
        /// As it should be.
        computed: u16,
    },
    /// An option's length does not fit its kind, or the header.
    OptionLength {
        /// The option's kind.
        kind: u8,
        /// Its length octet; none where the header ends before it.
        length: Option<u8>,
    },
}

impl Problem {
    /// Its stable name, the key of its sentence in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::Version { .. } => "ip-version",
            Self::IpHeaderLength { .. } => "ip-header-length",
            Self::TotalLength { .. } => "ip-total-length",
            Self::Fragment => "ip-fragment",
            Self::Protocol { .. } => "ip-protocol",
            Self::IpChecksum { .. } => "ip-checksum",
            Self::DataOffset { .. } => "tcp-data-offset",
            Self::TcpChecksum { .. } => "tcp-checksum",
            Self::OptionLength { .. } => "tcp-option-length",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated { needed, found } => {
                write!(f, "the datagram ends after {found} octets, {needed} are announced")
            }
            Self::Version { version } => write!(f, "IP version {version}, expected 4"),
            Self::IpHeaderLength { octets } => {
                write!(f, "an IPv4 header of {octets} octets, the shortest has 20")
            }
            Self::TotalLength { octets, headers } => {
                write!(f, "a total length of {octets} octets does not hold the headers' {headers}")
            }
            Self::Fragment => f.write_str("a fragment, only whole datagrams can be read"),
            Self::Protocol { protocol } => write!(f, "protocol {protocol}, expected 6 (TCP)"),
            Self::IpChecksum { found, computed } => {
                write!(f, "the IPv4 header checksum is 0x{found:04x}, should be 0x{computed:04x}")
            }
            Self::DataOffset { octets } => {
                write!(f, "a TCP header of {octets} octets is shorter than 20 or longer than the datagram")
            }
            Self::TcpChecksum { found, computed } => {
                write!(f, "the TCP checksum is 0x{found:04x}, should be 0x{computed:04x}")
            }
            Self::OptionLength { kind, length: Some(length) } => {
                write!(f, "option kind {kind} cannot have the length {length} here")
            }
            Self::OptionLength { kind, length: None } => {
                write!(f, "the header ends before the length of option kind {kind}")
            }
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "octet {}: {}", self.offset, self.problem)
    }
}

impl std::error::Error for ParseError {}
