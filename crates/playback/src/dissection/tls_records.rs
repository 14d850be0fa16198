//! TLS records of a stream, as an observer on the path can delimit them.

use std::rc::Rc;

use playground_core::tls::{ContentType, RECORD_HEADER_LEN, client_hello_of, records};

use super::{MessageKind, MessageLabel, Stream};

/// Whether a stream begins with a record of the handshake.
pub(super) fn is_tls(stream: &Stream) -> bool {
    matches!(stream.octets.as_slice(), [22, 3, 1..=3, ..])
}

/// Divides a stream into records; ChangeCipherSpec is joined to the record after it.
pub(super) fn divide(stream: &mut Stream) {
    let octets = &stream.octets;
    let mut messages: Vec<MessageLabel> = Vec::new();
    let mut start = 0;
    let mut encrypted = false;
    for record in records(octets) {
        if record.content == ContentType::ChangeCipherSpec {
            encrypted = true;
            continue;
        }
        let kind = octets.get(record.range.start + RECORD_HEADER_LEN).copied();
        let short = match record.content {
            ContentType::Handshake if encrypted => "Finished",
            ContentType::Handshake => handshake(kind),
            ContentType::Alert => "Alert",
            _ => "App Data",
        };
        let name = if kind == Some(1) && !encrypted { client_hello_of(octets) } else { None };
        messages.push(label(short, start..record.range.end, name.and_then(|hello| hello.server_name)));
        start = record.range.end;
    }
    if start < octets.len() {
        messages.push(label("TLS", start..octets.len(), None));
    }
    stream.messages = messages;
}

const fn handshake(kind: Option<u8>) -> &'static str {
    match kind {
        Some(1) => "ClientHello",
        Some(2) => "ServerHello",
        Some(11) => "Certificate",
        Some(12) => "ServerKeyExchange",
        Some(14) => "ServerHelloDone",
        Some(16) => "ClientKeyExchange",
        _ => "Handshake",
    }
}

/// A record is a message without a head; SNI takes the place of HTTP's connection token.
fn label(short: &str, range: core::ops::Range<usize>, name: Option<String>) -> MessageLabel {
    let (start, end) = (range.start as u64, range.end as u64);
    MessageLabel {
        short: short.into(),
        kind: MessageKind::Tls,
        start_line: match &name {
            Some(name) => format!("{short} (SNI={name})").into(),
            None => short.into(),
        },
        range: start..end,
        head: start..start + RECORD_HEADER_LEN as u64,
        complete: true,
        connection_token: name.map(Rc::from),
        token_for_proxy: false,
        request_of: None,
    }
}
