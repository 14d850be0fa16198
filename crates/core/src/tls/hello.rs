//! ClientHello and ServerHello, the only handshake messages with real content.

use bytes::BufMut;

use super::{TlsVersion, length, records};
use crate::tls::ContentType;

pub(super) const CLIENT_HELLO: u8 = 1;
pub(super) const SERVER_HELLO: u8 = 2;

const SERVER_NAME: u16 = 0;
const SUPPORTED_GROUPS: u16 = 10;
const SIGNATURE_ALGORITHMS: u16 = 13;
const SESSION_TICKET: u16 = 35;
const PRE_SHARED_KEY: u16 = 41;
const SUPPORTED_VERSIONS: u16 = 43;
const KEY_SHARE: u16 = 51;

/// The ClientHello, which is not encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientHello {
    /// The highest version supported.
    pub version: TlsVersion,
    /// 32 pseudo-random octets.
    pub random: [u8; 32],
    /// server_name: the requested host. RFC 6066 section 3.
    pub server_name: Option<String>,
    /// Whether it offers to resume a session.
    pub resumes: bool,
}

fn extension(kind: u16, body: &[u8], out: &mut Vec<u8>) {
    out.put_u16(kind);
    out.put_u16(body.len() as u16);
    out.put_slice(body);
}

/// A handshake message: its type, its length in three octets, its body.
pub(super) fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![kind];
    out.put_uint(body.len() as u64, 3);
    out.put_slice(body);
    out
}

impl ClientHello {
    /// The handshake message. RFC 8446 section 4.1.2.
    pub(super) fn encode(&self, chance: &mut impl FnMut(usize) -> Vec<u8>) -> Vec<u8> {
        let mut body = vec![3, 3];
        body.extend(self.random);
        let session = chance(32);
        body.push(32);
        body.extend(session);
        let suites: &[u8] = match self.version {
            TlsVersion::Tls13 => &[0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xc0, 0x2f, 0xc0, 0x30],
            TlsVersion::Tls12 => &[0xc0, 0x2f, 0xc0, 0x30],
        };
        body.put_u16(suites.len() as u16);
        body.put_slice(suites);
        body.extend([1, 0]);
        let mut extensions = Vec::new();
        if let Some(name) = &self.server_name {
            let len = name.len() as u16;
            let mut entry = Vec::new();
            entry.put_u16(len + 3);
            entry.put_u8(0);
            entry.put_u16(len);
            entry.put_slice(name.as_bytes());
            extension(SERVER_NAME, &entry, &mut extensions);
        }
        extension(SUPPORTED_GROUPS, &[0, 4, 0, 0x1d, 0, 0x17], &mut extensions);
        extension(SIGNATURE_ALGORITHMS, &[0, 6, 8, 4, 4, 3, 4, 1], &mut extensions);
        if self.version == TlsVersion::Tls13 {
            extension(SUPPORTED_VERSIONS, &[4, 3, 4, 3, 3], &mut extensions);
            let mut share = vec![0, 36, 0, 0x1d, 0, 32];
            share.extend(chance(32));
            extension(KEY_SHARE, &share, &mut extensions);
        }
        if self.resumes {
            let ticket = chance(length::TICKET);
            if self.version == TlsVersion::Tls13 {
                // RFC 8446 section 4.2.11: one identity with its age, one binder.
                let mut offer = Vec::new();
                offer.put_u16((length::TICKET + 6) as u16);
                offer.put_u16(length::TICKET as u16);
                offer.extend(ticket);
                offer.extend([0; 4]);
                offer.extend([0, 33, 32]);
                offer.extend(chance(32));
                // It must be the last extension.
                extension(PRE_SHARED_KEY, &offer, &mut extensions);
            } else {
                extension(SESSION_TICKET, &ticket, &mut extensions);
            }
        }
        body.put_u16(extensions.len() as u16);
        body.extend(extensions);
        message(CLIENT_HELLO, &body)
    }

    /// Decodes the body of a handshake message.
    pub(super) fn decode(body: &[u8]) -> Option<Self> {
        let random: [u8; 32] = body.get(2..34)?.try_into().ok()?;
        let mut at = 35 + usize::from(*body.get(34)?);
        at += 2 + usize::from(word(body, at)?);
        at += 1 + usize::from(*body.get(at)?);
        let end = at + 2 + usize::from(word(body, at)?);
        at += 2;
        let mut hello = Self { version: TlsVersion::Tls12, random, server_name: None, resumes: false };
        while at < end {
            let (kind, len) = (word(body, at)?, usize::from(word(body, at + 2)?));
            let value = body.get(at + 4..at + 4 + len)?;
            match kind {
                SERVER_NAME => {
                    hello.server_name = value.get(5..).map(|name| String::from_utf8_lossy(name).into_owned());
                }
                SUPPORTED_VERSIONS
                    if value.get(1..).is_some_and(|list| list.chunks(2).any(|v| v == [3, 4])) =>
                {
                    hello.version = TlsVersion::Tls13;
                }
                SESSION_TICKET | PRE_SHARED_KEY if len > 0 => hello.resumes = true,
                _ => {}
            }
            at += 4 + len;
        }
        Some(hello)
    }
}

/// Encodes the ServerHello. RFC 8446 section 4.1.3.
pub(super) fn server_hello(
    version: TlsVersion,
    resumed: bool,
    random: &[u8; 32],
    chance: &mut impl FnMut(usize) -> Vec<u8>,
) -> Vec<u8> {
    let mut body = vec![3, 3];
    body.extend(random);
    body.push(32);
    body.extend(chance(32));
    body.extend(if version == TlsVersion::Tls13 { [0x13, 0x01] } else { [0xc0, 0x2f] });
    body.push(0);
    let mut extensions = Vec::new();
    if version == TlsVersion::Tls13 {
        extension(SUPPORTED_VERSIONS, &[3, 4], &mut extensions);
        let mut share = vec![0, 0x1d, 0, 32];
        share.extend(chance(32));
        extension(KEY_SHARE, &share, &mut extensions);
    }
    if resumed {
        match version {
            TlsVersion::Tls13 => extension(PRE_SHARED_KEY, &[0, 0], &mut extensions),
            TlsVersion::Tls12 => extension(SESSION_TICKET, &[], &mut extensions),
        }
    }
    body.put_u16(extensions.len() as u16);
    body.extend(extensions);
    message(SERVER_HELLO, &body)
}

/// Version, random octets, and whether a session is resumed, of a ServerHello.
pub(super) fn read_server_hello(body: &[u8]) -> Option<(TlsVersion, [u8; 32], bool)> {
    let random: [u8; 32] = body.get(2..34)?.try_into().ok()?;
    let mut at = 35 + usize::from(*body.get(34)?) + 3;
    let end = at + 2 + usize::from(word(body, at)?);
    at += 2;
    let (mut version, mut resumed) = (TlsVersion::Tls12, false);
    while at < end {
        let (kind, len) = (word(body, at)?, usize::from(word(body, at + 2)?));
        match kind {
            SUPPORTED_VERSIONS => version = TlsVersion::Tls13,
            SESSION_TICKET | PRE_SHARED_KEY => resumed = true,
            _ => {}
        }
        at += 4 + len;
    }
    Some((version, random, resumed))
}

/// The ClientHello at the start of a stream, as an observer on the path sees it.
pub fn client_hello_of(octets: &[u8]) -> Option<ClientHello> {
    let record =
        records(octets).into_iter().next().filter(|record| record.content == ContentType::Handshake)?;
    let fragment = octets.get(record.range.start + 5..record.range.end)?;
    (fragment.first() == Some(&CLIENT_HELLO)).then(|| ClientHello::decode(fragment.get(4..)?))?
}

pub(super) fn word(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*octets.get(at)?, *octets.get(at + 1)?]))
}
