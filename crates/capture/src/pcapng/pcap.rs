//! Reading a file in the older pcap format.

use bytes::Bytes;
use playground_core::time::Instant;

use super::capture::{Capture, Interface, LinkType, Packet};
use super::read::{ByteOrder, Cursor, MOST_PACKETS, ReadError, ReadProblem};

/// Octets of the file's header.
const FILE_HEADER_LEN: usize = 24;
/// Octets before each packet.
const PACKET_HEADER_LEN: usize = 16;
/// The version that is read here; its second number has been 4 since 1998.
const MAJOR_VERSION: u16 = 2;

/// Byte order and unit of the times, which the magic number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    order: ByteOrder,
    /// Units of the times in a microsecond.
    per_micro: u32,
}

impl Form {
    /// The form of a file that begins with a magic number of pcap.
    ///
    /// Source: draft-ietf-opsawg-pcap section 4.
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        let magic = *file.first_chunk::<4>()?;
        let (order, per_micro) = match magic {
            [0xa1, 0xb2, 0xc3, 0xd4] => (ByteOrder::Big, 1),
            [0xd4, 0xc3, 0xb2, 0xa1] => (ByteOrder::Little, 1),
            [0xa1, 0xb2, 0x3c, 0x4d] => (ByteOrder::Big, 1_000),
            [0x4d, 0x3c, 0xb2, 0xa1] => (ByteOrder::Little, 1_000),
            _ => return None,
        };
        Some(Self { order, per_micro })
    }

    /// Reads the file as far as it is whole.
    pub(super) fn read(self, file: &Bytes) -> (Capture, Option<ReadError>) {
        let mut capture = Capture::default();
        let problem = self.read_into(file, &mut capture).err();
        (capture, problem)
    }

    fn read_into(self, file: &Bytes, capture: &mut Capture) -> Result<(), ReadError> {
        let mut at = self.header(file, capture)?;
        while at < file.len() {
            at = self.packet(file, at, capture)?;
        }
        Ok(())
    }

    /// Reads the file's header and returns the offset of the first packet.
    pub(super) fn header(self, file: &Bytes, capture: &mut Capture) -> Result<usize, ReadError> {
        whole(file, 0, FILE_HEADER_LEN)?;
        let mut header = Cursor::new(file, 4..FILE_HEADER_LEN, self.order);
        let offset = header.offset();
        let major = header.u16()?;
        if major != MAJOR_VERSION {
            let problem = ReadProblem::Version { major, expected: MAJOR_VERSION };
            return Err(ReadError { offset, problem });
        }
        // The second number of the version, two reserved fields and the snap length.
        header.range(14)?;
        // The upper half of the field tells of an Ethernet frame's check sequence.
        let link_type = LinkType(header.u32()? as u16);
        capture.interfaces.push(Interface { name: None, link_type });
        Ok(FILE_HEADER_LEN)
    }

    /// Reads the packet at `at` and returns the offset of the next one.
    pub(super) fn packet(self, file: &Bytes, at: usize, capture: &mut Capture) -> Result<usize, ReadError> {
        whole(file, at, PACKET_HEADER_LEN)?;
        let mut header = Cursor::new(file, at..at + PACKET_HEADER_LEN, self.order);
        let (seconds, fraction) = (header.u32()?, header.u32()?);
        let captured_len = header.u32()? as usize;
        let original_len = header.u32()?;
        whole(file, at, PACKET_HEADER_LEN.saturating_add(captured_len))?;
        if capture.packets.len() == MOST_PACKETS {
            return Err(ReadError {
                offset: at,
                problem: ReadProblem::TooManyPackets { most: MOST_PACKETS },
            });
        }
        let start = at + PACKET_HEADER_LEN;
        let micros = u64::from(seconds) * 1_000_000 + u64::from(fraction / self.per_micro);
        capture.packets.push(Packet {
            interface: 0,
            at: Some(Instant::from_micros(micros)),
            original_len,
            octets: file.slice(start..start + captured_len),
            comments: Vec::new(),
        });
        Ok(start + captured_len)
    }
}

/// Checks that the file has `needed` octets from `at` on.
fn whole(file: &[u8], at: usize, needed: usize) -> Result<(), ReadError> {
    let found = file.len() - at;
    match found < needed {
        true => Err(ReadError { offset: at, problem: ReadProblem::Truncated { needed, found } }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read, read_partly};
    use super::*;

    /// A file with packets of one link type.
    fn file(big: bool, magic: u32, packets: &[(u32, u32, u32, &[u8])]) -> Vec<u8> {
        let u32s = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let version = if big { [0, 2, 0, 4] } else { [2, 0, 4, 0] };
        let mut octets = [u32s(magic), version, u32s(0), u32s(0), u32s(65_535), u32s(1)].concat();
        for (seconds, fraction, original, packet) in packets {
            let numbers = [*seconds, *fraction, packet.len() as u32, *original];
            octets.extend(numbers.map(u32s).concat());
            octets.extend_from_slice(packet);
        }
        octets
    }

    const MICROS: u32 = 0xa1b2_c3d4;
    const NANOS: u32 = 0xa1b2_3c4d;

    #[test]
    fn both_byte_orders_and_both_units_are_read() {
        for (big, magic, fraction) in
            [(false, MICROS, 7), (true, MICROS, 7), (false, NANOS, 7_999), (true, NANOS, 7_999)]
        {
            let octets = file(big, magic, &[(3, fraction, 5, b"octet"), (4, 0, 1_500, b"cut")]);
            let capture = read(&octets.into()).expect("whole");
            assert_eq!(capture.interfaces, [Interface { name: None, link_type: LinkType::ETHERNET }]);
            let packet = |at, original_len, octets: &'static [u8]| Packet {
                interface: 0,
                at: Some(Instant::from_micros(at)),
                original_len,
                octets: Bytes::from_static(octets),
                comments: Vec::new(),
            };
            assert_eq!(
                capture.packets,
                [packet(3_000_007, 5, b"octet"), packet(4_000_000, 1_500, b"cut")],
                "{big} {magic:x}"
            );
        }
    }

    #[test]
    fn of_a_file_that_is_cut_off_what_is_whole_is_read() {
        let octets = file(false, MICROS, &[(1, 0, 3, b"one"), (2, 0, 3, b"two")]);
        let ends = [24, 43, 62];
        for len in 4..=octets.len() {
            let (capture, problem) = read_partly(&Bytes::copy_from_slice(&octets[..len]));
            assert_eq!(capture.packets.len(), ends[1..].iter().filter(|end| **end <= len).count(), "{len}");
            assert_eq!(problem.is_none(), ends.contains(&len), "{len}: {problem:?}");
            let begun = ends.iter().rev().find(|end| **end <= len).copied().unwrap_or(0);
            assert!(problem.is_none_or(|problem| problem.offset == begun), "{len}: {problem:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let mut long = file(true, NANOS, &[(0, 0, 0, b"")]);
        long[32..36].copy_from_slice(&[0xff; 4]);
        let error = read(&long.into()).expect_err("longer than the file");
        assert_eq!(error.offset, 24);
        let needed = PACKET_HEADER_LEN.saturating_add(u32::MAX as usize);
        assert_eq!(error.problem, ReadProblem::Truncated { needed, found: 16 });

        let mut version = file(false, MICROS, &[]);
        version[4] = 3;
        let error = read(&version.into()).expect_err("another version");
        assert_eq!(error.to_string(), "octet 4: version 3 of the format, expected 2");
    }

    #[test]
    fn too_many_packets_are_refused() {
        let empty: &[(u32, u32, u32, &[u8])] = &[(0, 0, 0, b"")];
        let octets = file(false, MICROS, &empty.repeat(MOST_PACKETS + 1));
        let (capture, problem) = read_partly(&octets.into());
        assert_eq!(capture.packets.len(), MOST_PACKETS);
        let problem = problem.map(|error| error.problem);
        assert_eq!(problem, Some(ReadProblem::TooManyPackets { most: MOST_PACKETS }));
    }
}
