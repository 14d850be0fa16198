//! The numbers of the file format: block types and option codes.
//!
//! Source: draft-ietf-opsawg-pcapng sections 3.5, 4 and 11.1.

/// Section header block; reads the same in both byte orders.
pub(super) const SECTION_HEADER: u32 = 0x0a0d_0d0a;
/// Interface description block.
pub(super) const INTERFACE_DESCRIPTION: u32 = 1;
/// Packet block, which the enhanced packet block took the place of.
pub(super) const OBSOLETE_PACKET: u32 = 2;
/// Simple packet block: no time, no options.
pub(super) const SIMPLE_PACKET: u32 = 3;
/// Enhanced packet block.
pub(super) const ENHANCED_PACKET: u32 = 6;

/// The byte-order magic of a section header.
pub(super) const BYTE_ORDER_MAGIC: u32 = 0x1a2b_3c4d;
/// The version of the format.
pub(super) const MAJOR_VERSION: u16 = 1;
/// Octets of a block around its body: type, length, and the length again.
pub(super) const FRAME_LEN: usize = 12;

/// End of the options of a block.
pub(super) const OPTION_END: u16 = 0;
/// A comment, in any block.
pub(super) const OPTION_COMMENT: u16 = 1;
/// The application that wrote a section.
pub(super) const OPTION_SECTION_APPLICATION: u16 = 4;
/// The name of an interface.
pub(super) const OPTION_INTERFACE_NAME: u16 = 2;
/// The bits per second of an interface.
pub(super) const OPTION_INTERFACE_SPEED: u16 = 8;
/// The unit of an interface's times: 10^-n seconds, or 2^-n with the highest bit set.
pub(super) const OPTION_INTERFACE_TIME_RESOLUTION: u16 = 9;
/// Seconds to add to an interface's times.
pub(super) const OPTION_INTERFACE_TIME_OFFSET: u16 = 14;
