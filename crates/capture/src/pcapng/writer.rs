//! A pcapng file, block by block.

use playground_core::time::Instant;

use super::LinkType;
use super::block;

/// An interface of a file being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterfaceId(u32);

/// Writes one section of a pcapng file, little endian, times in microseconds.
///
/// Source: draft-ietf-opsawg-pcapng sections 3 and 4.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    interfaces: u32,
}

impl Writer {
    /// Begins a file, naming the application that writes it.
    pub fn new(application: &str) -> Self {
        let mut writer = Self { out: Vec::new(), interfaces: 0 };
        writer.block(block::SECTION_HEADER, |out| {
            out.extend(block::BYTE_ORDER_MAGIC.to_le_bytes());
            out.extend(block::MAJOR_VERSION.to_le_bytes());
            out.extend(0u16.to_le_bytes());
            // The section's length is not given.
            out.extend(u64::MAX.to_le_bytes());
            text(out, block::OPTION_SECTION_APPLICATION, application);
            option(out, block::OPTION_END, &[]);
        });
        writer
    }

    /// Adds an interface.
    ///
    /// Units: bits per second; 0 is not known.
    pub fn interface(&mut self, name: &str, link_type: LinkType, bits_per_s: u64) -> InterfaceId {
        self.block(block::INTERFACE_DESCRIPTION, |out| {
            out.extend(link_type.0.to_le_bytes());
            out.extend(0u16.to_le_bytes());
            // Packets are never cut.
            out.extend(0u32.to_le_bytes());
            text(out, block::OPTION_INTERFACE_NAME, name);
            if bits_per_s != 0 {
                option(out, block::OPTION_INTERFACE_SPEED, &bits_per_s.to_le_bytes());
            }
            option(out, block::OPTION_INTERFACE_TIME_RESOLUTION, &[6]);
            option(out, block::OPTION_END, &[]);
        });
        self.interfaces += 1;
        InterfaceId(self.interfaces - 1)
    }

    /// Adds a packet, whole, with the time it was seen and a comment.
    ///
    /// Shape: an empty comment is none; a longer one than 65,535 octets is cut there.
    pub fn packet(&mut self, interface: InterfaceId, at: Instant, octets: &[u8], comment: &str) {
        let micros = at.as_micros();
        self.block(block::ENHANCED_PACKET, |out| {
            out.extend(interface.0.to_le_bytes());
            out.extend(((micros >> 32) as u32).to_le_bytes());
            out.extend((micros as u32).to_le_bytes());
            let len = (octets.len() as u32).to_le_bytes();
            out.extend(len);
            out.extend(len);
            padded(out, octets);
            if !comment.is_empty() {
                text(out, block::OPTION_COMMENT, comment);
                option(out, block::OPTION_END, &[]);
            }
        });
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn block(&mut self, kind: u32, body: impl FnOnce(&mut Vec<u8>)) {
        let start = self.out.len();
        self.out.extend(kind.to_le_bytes());
        self.out.extend([0; 4]);
        body(&mut self.out);
        let len = ((self.out.len() + 4 - start) as u32).to_le_bytes();
        self.out[start + 4..start + 8].copy_from_slice(&len);
        self.out.extend(len);
    }
}

/// An option with text, cut at a character's end where it is too long.
fn text(out: &mut Vec<u8>, code: u16, value: &str) {
    let mut end = value.len().min(usize::from(u16::MAX));
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    option(out, code, &value.as_bytes()[..end]);
}

fn option(out: &mut Vec<u8>, code: u16, value: &[u8]) {
    out.extend(code.to_le_bytes());
    out.extend((value.len() as u16).to_le_bytes());
    padded(out, value);
}

fn padded(out: &mut Vec<u8>, octets: &[u8]) {
    out.extend_from_slice(octets);
    out.extend(core::iter::repeat_n(0, octets.len().next_multiple_of(4) - octets.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_laid_out_as_the_format_says() {
        let mut writer = Writer::new("abc");
        let interface = writer.interface("hop", LinkType::RAW, 0);
        writer.packet(interface, Instant::from_micros(0x1_0000_0002), &[1, 2, 3, 4, 5], "why");
        let mut expected = Vec::new();
        expected.extend([0x0a, 0x0d, 0x0d, 0x0a, 40, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0]);
        expected.extend([0xff; 8]);
        expected.extend([4, 0, 3, 0, b'a', b'b', b'c', 0, 0, 0, 0, 0, 40, 0, 0, 0]);
        expected.extend([1, 0, 0, 0, 40, 0, 0, 0, 101, 0, 0, 0, 0, 0, 0, 0]);
        expected.extend([2, 0, 3, 0, b'h', b'o', b'p', 0, 9, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]);
        expected
            .extend([6, 0, 0, 0, 52, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0]);
        expected.extend([1, 2, 3, 4, 5, 0, 0, 0, 1, 0, 3, 0, b'w', b'h', b'y', 0, 0, 0, 0, 0, 52, 0, 0, 0]);
        assert_eq!(writer.finish(), expected);
    }

    #[test]
    fn a_long_comment_is_cut_between_characters() {
        let mut out = Vec::new();
        text(&mut out, 1, &"가".repeat(30_000));
        assert_eq!(out[2..4], 65_535u16.to_le_bytes());
        out.clear();
        text(&mut out, 1, &format!("a{}", "가".repeat(30_000)));
        assert_eq!(out[2..4], 65_533u16.to_le_bytes());
    }
}
