//! Why a file cannot be read as pcapng, and where.

use core::fmt;

/// A file that is not a pcapng capture, or is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The octet of the file where it stands, from 0.
    pub offset: usize,
    /// What is wrong there.
    pub problem: ReadProblem,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadProblem {
    /// It does not begin with a section header.
    NotPcapng,
    /// It is a capture in the older pcap format.
    OlderPcap,
    /// It ends inside a block.
    Truncated {
        /// Octets the block takes.
        needed: usize,
        /// Octets left in the file.
        found: usize,
    },
    /// A block's length is too small or no multiple of four.
    BlockLength {
        /// The length it claims.
        length: u32,
    },
    /// The length at a block's end differs from the one at its beginning.
    BlockEnd {
        /// At its beginning.
        length: u32,
        /// At its end.
        repeated: u32,
    },
    /// Neither byte order gives the byte-order magic.
    ByteOrder,
    /// Another version of the format.
    Version {
        /// Its first number.
        major: u16,
    },
    /// A field, an option or a packet reaches beyond its block.
    BeyondBlock,
    /// A packet names an interface that the section does not describe.
    UnknownInterface {
        /// Its number in the section.
        interface: u32,
    },
    /// An option's length does not fit its code.
    OptionLength {
        /// The option's code.
        code: u16,
        /// Its length.
        length: usize,
    },
    /// More packets than are read here.
    TooManyPackets {
        /// The most.
        most: usize,
    },
    /// More interfaces than are read here.
    TooManyInterfaces {
        /// The most.
        most: usize,
    },
}

impl ReadProblem {
    /// Its stable name, the key of its sentence in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotPcapng => "not-pcapng",
            Self::OlderPcap => "older-pcap",
            Self::Truncated { .. } => "truncated",
            Self::BlockLength { .. } => "block-length",
            Self::BlockEnd { .. } => "block-end",
            Self::ByteOrder => "byte-order",
            Self::Version { .. } => "version",
            Self::BeyondBlock => "beyond-block",
            Self::UnknownInterface { .. } => "unknown-interface",
            Self::OptionLength { .. } => "option-length",
            Self::TooManyPackets { .. } => "too-many-packets",
            Self::TooManyInterfaces { .. } => "too-many-interfaces",
        }
    }
}

impl fmt::Display for ReadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotPcapng => f.write_str("not a pcapng file"),
            Self::OlderPcap => f.write_str(
                "a file in the older pcap format; save it as pcapng, or run `editcap -F pcapng in.pcap out.pcapng`",
            ),
            Self::Truncated { needed, found } => {
                write!(f, "the file ends inside a block: {found} octets are left of {needed}")
            }
            Self::BlockLength { length } => {
                write!(f, "a block length of {length} is too small or no multiple of four")
            }
            Self::BlockEnd { length, repeated } => {
                write!(f, "a block of length {length} ends with the length {repeated}")
            }
            Self::ByteOrder => f.write_str("the byte-order magic is wrong"),
            Self::Version { major } => write!(f, "pcapng version {major}, expected 1"),
            Self::BeyondBlock => f.write_str("the content of a block reaches beyond it"),
            Self::UnknownInterface { interface } => {
                write!(f, "a packet of interface {interface}, which is not described")
            }
            Self::OptionLength { code, length } => {
                write!(f, "option {code} cannot have the length {length}")
            }
            Self::TooManyPackets { most } => write!(f, "more than {most} packets"),
            Self::TooManyInterfaces { most } => write!(f, "more than {most} interfaces"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "octet {}: {}", self.offset, self.problem)
    }
}

impl std::error::Error for ReadError {}
