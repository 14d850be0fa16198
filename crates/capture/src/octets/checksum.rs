//! The Internet checksum, and TCP's pseudo header.

/// Octets of the IPv4 header before its checksum field.
pub(super) const IP_CHECKSUM_AT: usize = 10;
/// Octets of the UDP header before its checksum field.
pub(super) const UDP_CHECKSUM_AT: usize = 6;
/// Octets of the TCP header before its checksum field.
pub(super) const TCP_CHECKSUM_AT: usize = 16;

/// The 16-bit ones' complement of the ones' complement sum of all 16-bit words.
///
/// The chunks are summed as one sequence; each but the last has an even number of octets,
/// and an odd last one is padded with a zero. A checksum field inside must be zero (to compute) or as
/// received (then the result is 0 when it is right).
///
/// Source: RFC 1071 section 1.
fn checksum(chunks: &[&[u8]]) -> u16 {
    let mut sum = 0u64;
    for chunk in chunks {
        let mut words = chunk.chunks_exact(2);
        for word in &mut words {
            sum += u64::from(u16::from_be_bytes([word[0], word[1]]));
        }
        if let [last] = words.remainder() {
            sum += u64::from(*last) << 8;
        }
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

/// The checksum of an IPv4 header.
///
/// Source: RFC 791 section 3.1.
pub(super) fn ip_checksum(header: &[u8]) -> u16 {
    checksum(&[header])
}

/// The checksum of a TCP segment between two addresses, over the pseudo header, the header and the data.
///
/// Addresses are four octets each; `segment` runs from its source port to its last octet.
///
/// Source: RFC 9293 section 3.1.
pub(super) fn tcp_checksum(source: [u8; 4], destination: [u8; 4], segment: &[u8]) -> u16 {
    transport_checksum(super::parse::PROTOCOL_TCP, source, destination, segment)
}

/// The same for any protocol that has the pseudo header, as UDP has.
///
/// Source: RFC 768.
pub(super) fn transport_checksum(protocol: u8, source: [u8; 4], destination: [u8; 4], segment: &[u8]) -> u16 {
    let len = (segment.len() as u32).to_be_bytes();
    checksum(&[&source, &destination, &[0, protocol], &len, segment])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_1071_hold() {
        // Section 3: the sum of these words is ddf2.
        assert_eq!(checksum(&[&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]]), !0xddf2);
        assert_eq!(checksum(&[]), 0xffff);
        assert_eq!(checksum(&[&[0xab]]), !0xab00);
        // Chunks count as one run of octets.
        assert_eq!(
            checksum(&[&[0x00, 0x01], &[0xf2, 0x03, 0xf4]]),
            checksum(&[&[0x00, 0x01, 0xf2, 0x03, 0xf4]])
        );
    }

    #[test]
    fn a_header_with_its_checksum_sums_to_zero() {
        // Seen on the wire: 10.7.0.2 > 10.7.0.1, a SYN,ACK of Linux 6.18.
        let header = [
            0x45, 0x00, 0x00, 0x3c, 0x00, 0x00, 0x40, 0x00, 0x40, 0x06, 0x26, 0xac, 0x0a, 0x07, 0x00, 0x02,
            0x0a, 0x07, 0x00, 0x01,
        ];
        assert_eq!(ip_checksum(&header), 0);
    }
}
