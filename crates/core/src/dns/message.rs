//! A query for an address, and the response.

use core::net::Ipv4Addr;

use bytes::{Buf, BufMut, Bytes};

use super::name;

const HEADER_LEN: usize = 12;
/// TYPE A. RFC 1035 section 3.2.2.
const TYPE_A: u16 = 1;
/// CLASS IN. RFC 1035 section 3.2.4.
const CLASS_IN: u16 = 1;
/// The most answers that are decoded.
const ANSWERS_AT_MOST: usize = 32;

/// The outcome of a query.
///
/// Source: RFC 1035 section 4.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseCode {
    /// No error.
    NoError,
    /// NXDOMAIN: there is no such name.
    NameError,
    /// Another code.
    Other(u8),
}

/// An address record (type A).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsRecord {
    /// The name.
    pub name: String,
    /// Its time to live, in seconds.
    pub ttl_s: u32,
    /// The address.
    pub address: Ipv4Addr,
}

/// A DNS message with one question of type A, class IN.
///
/// Simplified: no other types; no authority and additional records; the flags AA and TC are 0.
///
/// Source: RFC 1035 section 4.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsMessage {
    /// ID: the same in query and response.
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

    /// The response to this query; NXDOMAIN without answers.
    pub fn answer(&self, answers: Vec<DnsRecord>) -> Self {
        let code = if answers.is_empty() { ResponseCode::NameError } else { ResponseCode::NoError };
        Self { id: self.id, is_response: true, code, name: self.name.clone(), answers }
    }

    /// Encodes the message; an answer's name is a pointer to the question's where they are equal.
    pub fn encode(&self) -> Bytes {
        let mut octets = Vec::with_capacity(64);
        octets.put_u16(self.id);
        // RD in both, RA in the response: the server is recursive.
        octets.put_u8(if self.is_response { 0x81 } else { 0x01 });
        octets.put_u8(if self.is_response { 0x80 | self.code.number() } else { 0 });
        for count in [1, self.answers.len() as u16, 0, 0] {
            octets.put_u16(count);
        }
        name::write(&self.name, &mut octets);
        octets.put_u16(TYPE_A);
        octets.put_u16(CLASS_IN);
        for record in &self.answers {
            if record.name == self.name {
                octets.put_slice(&[0xc0, HEADER_LEN as u8]);
            } else {
                name::write(&record.name, &mut octets);
            }
            octets.put_u16(TYPE_A);
            octets.put_u16(CLASS_IN);
            octets.put_u32(record.ttl_s);
            octets.put_u16(4);
            octets.put_slice(&record.address.octets());
        }
        octets.into()
    }

    /// Decodes a message.
    ///
    /// Records of other types are ignored; names keep their case. `None` for a truncated message, another
    /// opcode than QUERY, another number of questions than one, or another type or class than A and IN.
    pub fn decode(octets: &[u8]) -> Option<Self> {
        let mut header = octets.get(..HEADER_LEN)?;
        let (id, flags) = (header.get_u16(), header.get_u16());
        let (questions, records) = (header.get_u16(), header.get_u16());
        let (is_response, opcode) = (flags & 0x8000 != 0, flags >> 11 & 0x0f);
        if opcode != 0 || questions != 1 {
            return None;
        }
        let (name, at) = name::read(octets, HEADER_LEN)?;
        let mut rest = octets.get(at..)?;
        if (rest.try_get_u16().ok()?, rest.try_get_u16().ok()?) != (TYPE_A, CLASS_IN) {
            return None;
        }
        let mut answers = Vec::new();
        for _ in 0..usize::from(records).min(ANSWERS_AT_MOST) {
            let (name, at) = name::read(octets, octets.len() - rest.len())?;
            rest = octets.get(at..)?;
            let (kind, class) = (rest.try_get_u16().ok()?, rest.try_get_u16().ok()?);
            let ttl_s = rest.try_get_u32().ok()?;
            let len = rest.try_get_u16().ok()?;
            let data = rest.split_off(..usize::from(len))?;
            if (kind, class) == (TYPE_A, CLASS_IN) {
                let address: [u8; 4] = data.try_into().ok()?;
                answers.push(DnsRecord { name, ttl_s, address: address.into() });
            }
        }
        let code = match (flags & 0x0f) as u8 {
            0 => ResponseCode::NoError,
            3 => ResponseCode::NameError,
            other => ResponseCode::Other(other),
        };
        Some(Self { id, is_response, code, name, answers })
    }
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
    fn messages_round_trip() {
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
    fn a_pointer_to_itself_is_refused() {
        let mut octets = b"\0\x01\x01\0\0\x01\0\0\0\0\0\0".to_vec();
        octets.extend(b"\xc0\x0c\0\x01\0\x01");
        assert_eq!(DnsMessage::decode(&octets), None);
    }
}
