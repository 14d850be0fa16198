//! A query for an address and its answer.

use core::net::Ipv4Addr;

use bytes::Bytes;

use super::name;

const HEADER_LEN: usize = 12;
/// TYPE A. RFC 1035 section 3.2.2.
const TYPE_A: u16 = 1;
/// CLASS IN. RFC 1035 section 3.2.4.
const CLASS_IN: u16 = 1;
/// More answers than this are not read.
const ANSWERS_AT_MOST: usize = 32;

/// How a query went.
///
/// Source: RFC 1035 section 4.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseCode {
    /// No error.
    NoError,
    /// NXDOMAIN: there is no such name.
    NameError,
    /// Any other.
    Other(u8),
}

/// An address for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsRecord {
    /// The name.
    pub name: String,
    /// How long it may be kept, seconds.
    pub ttl_s: u32,
    /// The address.
    pub address: Ipv4Addr,
}

/// A DNS message with one question of type A, class IN.
///
/// Simplified: no other types, authority and additional records are neither written nor read, and the flags
/// AA and TC are 0.
///
/// Source: RFC 1035 section 4.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsMessage {
    /// ID: the answer's is the query's.
    pub id: u16,
    /// QR: whether it is a response.
    pub is_response: bool,
    /// RCODE.
    pub code: ResponseCode,
    /// QNAME.
    pub name: String,
    /// Addresses.
    pub answers: Vec<DnsRecord>,
}

impl ResponseCode {
    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::NoError => 0,
            Self::NameError => 3,
            Self::Other(code) => code & 0x0f,
        }
    }
}

impl DnsMessage {
    /// A query.
    pub fn query(id: u16, name: impl Into<String>) -> Self {
        let (name, answers) = (name.into(), Vec::new());
        Self { id, is_response: false, code: ResponseCode::NoError, name, answers }
    }

    /// The answer to this query: the records, or that there is no such name.
    pub fn answer(&self, answers: Vec<DnsRecord>) -> Self {
        let code = if answers.is_empty() { ResponseCode::NameError } else { ResponseCode::NoError };
        Self { id: self.id, is_response: true, code, name: self.name.clone(), answers }
    }

    /// The message's octets; an answer's name is a pointer to the question's where they are the same.
    pub fn encode(&self) -> Bytes {
        let mut octets = Vec::with_capacity(64);
        octets.extend(self.id.to_be_bytes());
        // RD is asked for, and RA is given: the server asks others where it does not know itself.
        octets.push(if self.is_response { 0x81 } else { 0x01 });
        octets.push(if self.is_response { 0x80 | self.code.number() } else { 0 });
        for count in [1, self.answers.len() as u16, 0, 0] {
            octets.extend(count.to_be_bytes());
        }
        name::write(&self.name, &mut octets);
        octets.extend(TYPE_A.to_be_bytes());
        octets.extend(CLASS_IN.to_be_bytes());
        for record in &self.answers {
            if record.name == self.name {
                octets.extend([0xc0, HEADER_LEN as u8]);
            } else {
                name::write(&record.name, &mut octets);
            }
            octets.extend(TYPE_A.to_be_bytes());
            octets.extend(CLASS_IN.to_be_bytes());
            octets.extend(record.ttl_s.to_be_bytes());
            octets.extend(4_u16.to_be_bytes());
            octets.extend(record.address.octets());
        }
        octets.into()
    }

    /// The message that octets are.
    ///
    /// Shape: records of other types are left out; letters as they came.
    ///
    /// Errors: `None` for one that is cut short, has another number of questions than one, or asks for
    /// something else. No octets panic.
    pub fn decode(octets: &[u8]) -> Option<Self> {
        let header = octets.get(..HEADER_LEN)?;
        let word = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
        let (is_response, opcode) = (header[2] & 0x80 != 0, header[2] >> 3 & 0x0f);
        if opcode != 0 || word(4) != 1 {
            return None;
        }
        let (name, at) = name::read(octets, HEADER_LEN)?;
        let (kind, class) = (word_at(octets, at)?, word_at(octets, at + 2)?);
        if (kind, class) != (TYPE_A, CLASS_IN) {
            return None;
        }
        let mut at = at + 4;
        let mut answers = Vec::new();
        for _ in 0..usize::from(word(6)).min(ANSWERS_AT_MOST) {
            let (name, fixed) = name::read(octets, at)?;
            let (kind, class) = (word_at(octets, fixed)?, word_at(octets, fixed + 2)?);
            let ttl_s = u32::from(word_at(octets, fixed + 4)?) << 16 | u32::from(word_at(octets, fixed + 6)?);
            let len = usize::from(word_at(octets, fixed + 8)?);
            let data = octets.get(fixed + 10..fixed + 10 + len)?;
            if (kind, class) == (TYPE_A, CLASS_IN) {
                let address: [u8; 4] = data.try_into().ok()?;
                answers.push(DnsRecord { name, ttl_s, address: address.into() });
            }
            at = fixed + 10 + len;
        }
        let code = match header[3] & 0x0f {
            0 => ResponseCode::NoError,
            3 => ResponseCode::NameError,
            other => ResponseCode::Other(other),
        };
        Some(Self { id: word(0), is_response, code, name, answers })
    }
}

fn word_at(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*octets.get(at)?, *octets.get(at + 1)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> DnsRecord {
        DnsRecord { name: "www.a.com".to_owned(), ttl_s: 300, address: Ipv4Addr::new(10, 0, 0, 5) }
    }

    #[test]
    fn a_query_and_its_answer_have_the_octets_of_the_rfc() {
        let query = DnsMessage::query(0x1234, "www.a.com");
        let question = b"\x03www\x01a\x03com\0\0\x01\0\x01";
        let expected = [&b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0"[..], question].concat();
        assert_eq!(query.encode()[..], expected);
        let answer = query.answer(vec![record()]);
        let expected = [
            &b"\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0"[..],
            question,
            b"\xc0\x0c\0\x01\0\x01\0\0\x01\x2c\0\x04\x0a\0\0\x05",
        ]
        .concat();
        assert_eq!(answer.encode()[..], expected);
    }

    #[test]
    fn messages_come_back_as_they_went() {
        let query = DnsMessage::query(7, "www.joes-hardware.com");
        let other = DnsRecord { name: "b.example".to_owned(), ..record() };
        for message in [query.clone(), query.answer(vec![record(), other]), query.answer(Vec::new())] {
            let octets = message.encode();
            assert_eq!(DnsMessage::decode(&octets), Some(message));
            for len in 0..octets.len() {
                assert_eq!(DnsMessage::decode(&octets[..len]), None, "cut at {len}");
            }
        }
        assert_eq!(query.answer(Vec::new()).code, ResponseCode::NameError);
    }

    #[test]
    fn a_name_that_points_to_itself_ends() {
        let mut octets = b"\0\x01\x01\0\0\x01\0\0\0\0\0\0".to_vec();
        octets.extend(b"\xc0\x0c\0\x01\0\x01");
        assert_eq!(DnsMessage::decode(&octets), None);
    }
}
