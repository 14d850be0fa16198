//! An HTTP message in a stream of octets.

use core::ops::Range;
use std::rc::Rc;

use playground_core::http::{Decoded, Decoder, Headers, Method};

use super::{SocketKey, Stream, tls_records};

/// Which kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// A request.
    Request,
    /// A response.
    Response,
    /// A record of TLS.
    Tls,
    /// Octets that are not an HTTP message, or follow one that cannot be parsed.
    Opaque,
}

/// Names a message: the socket whose output carries it, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageRef {
    /// The sending socket.
    pub stream: SocketKey,
    /// Its place in that stream, from 0.
    pub index: u32,
}

/// A message, by the octets it takes up in its sender's output.
///
/// Units: octets from 0, the first after the SYN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageLabel {
    /// `GET /b`, `200 /a`, `400`; empty for octets that are no message.
    pub short: Rc<str>,
    /// Kind.
    pub kind: MessageKind,
    /// `GET /b HTTP/1.0`; empty for octets that are no message.
    pub start_line: Rc<str>,
    /// All its octets.
    pub range: Range<u64>,
    /// The octets of its head, the empty line included.
    pub head: Range<u64>,
    /// Whether its end is known; false while the sender may still add to it.
    pub complete: bool,
    /// The significant token of Connection (`Keep-Alive`, `close`) or Proxy-Connection, as written.
    pub connection_token: Option<Rc<str>>,
    /// Whether that token stands in Proxy-Connection.
    pub token_for_proxy: bool,
    /// For a response: the request it answers.
    pub request_of: Option<MessageRef>,
}

/// Targets longer than this are shortened in labels, characters.
const LONGEST_TARGET: usize = 24;
/// Octets that are not HTTP are shown as text up to this length.
const LONGEST_TEXT: usize = 16;
/// Beyond this many writes, a stream that is not HTTP is one message.
const MOST_WRITES: usize = 20_000;

/// Divides both directions of a connection into messages.
///
/// `closed` tells for each direction whether its sender closed it.
pub(super) fn divide(requests: Option<&mut Stream>, responses: Option<&mut Stream>, closed: (bool, bool)) {
    if requests.as_deref().is_some_and(tls_records::is_tls) {
        for stream in [requests, responses].into_iter().flatten() {
            tls_records::divide(stream);
        }
        return;
    }
    let mut asked = Vec::new();
    let asker = requests.as_ref().map(|stream| stream.socket);
    if let Some(stream) = requests {
        let mut finder = Finder::new(stream, Vec::new(), asker);
        finder.run(Decoder::requests(), closed.0);
        asked = finder.methods;
        let messages = finder.messages;
        stream.messages = messages;
    }
    if let Some(stream) = responses {
        let mut decoder = Decoder::responses();
        for (_, method, _) in &asked {
            decoder.expect(method.clone());
        }
        // One more: a server may answer what could not be read as a request, or speak first.
        decoder.expect(Method::Get);
        let mut finder = Finder::new(stream, asked, asker);
        finder.run(decoder, closed.1);
        let messages = finder.messages;
        stream.messages = messages;
    }
}

/// A request's place among the messages of its stream, method, and shortened target.
type Asked = (u32, Method, String);

struct Finder<'a> {
    octets: &'a [u8],
    writes: &'a [u64],
    messages: Vec<MessageLabel>,
    /// Requests found (requests), or to be answered (responses).
    methods: Vec<Asked>,
    answered: usize,
    asker: Option<SocketKey>,
}

impl<'a> Finder<'a> {
    fn new(stream: &'a Stream, methods: Vec<Asked>, asker: Option<SocketKey>) -> Self {
        Self {
            octets: &stream.octets,
            writes: &stream.writes,
            messages: Vec::new(),
            methods,
            answered: 0,
            asker,
        }
    }

    fn run(&mut self, mut decoder: Decoder, closed: bool) {
        decoder.push(self.octets);
        if closed {
            decoder.close();
        }
        // The message being decoded: its end is not known yet.
        let mut open: Option<MessageLabel> = None;
        let mut start = 0;
        while let Ok(Some(piece)) = decoder.next_piece() {
            match piece.decoded {
                Decoded::Request { head, .. } => {
                    let target = short_target(&head.target);
                    let mut label = labelled(MessageKind::Request, start, piece.range, &head.headers);
                    label.short = format!("{} {target}", head.method).into();
                    label.start_line = head.start_line().into();
                    self.methods.push((self.messages.len() as u32, head.method, target));
                    open = Some(label);
                }
                Decoded::Interim { head } => {
                    let mut label =
                        labelled(MessageKind::Response, start, piece.range.clone(), &head.headers);
                    self.answer(&mut label, head.status, &head.start_line());
                    label.complete = true;
                    start = piece.range.end;
                    self.messages.push(label);
                }
                Decoded::Response { head, .. } => {
                    let mut label =
                        labelled(MessageKind::Response, start, piece.range.clone(), &head.headers);
                    self.answer(&mut label, head.status, &head.start_line());
                    self.answered += 1;
                    if decoder.is_switched() {
                        label.complete = true;
                        start = piece.range.end;
                        self.messages.push(label);
                    } else {
                        open = Some(label);
                    }
                }
                Decoded::Body(_) => {}
                Decoded::End { .. } => {
                    if let Some(mut label) = open.take() {
                        label.range.end = piece.range.end;
                        label.complete = true;
                        start = piece.range.end;
                        self.messages.push(label);
                    }
                }
            }
        }
        let len = self.octets.len() as u64;
        if let Some(mut label) = open {
            label.range.end = len;
            self.messages.push(label);
        } else {
            self.opaque(start..len);
        }
    }

    fn answer(&self, label: &mut MessageLabel, status: u16, start_line: &str) {
        label.start_line = start_line.into();
        label.short = match (self.methods.get(self.answered), self.asker) {
            (Some((place, _, target)), Some(stream)) => {
                label.request_of = Some(MessageRef { stream, index: *place });
                format!("{status} {target}").into()
            }
            _ => format!("{status}").into(),
        };
    }

    /// Octets that are not HTTP: one message a write.
    fn opaque(&mut self, range: Range<u64>) {
        let mut start = range.start;
        if self.writes.len() <= MOST_WRITES {
            let first = self.writes.partition_point(|end| *end <= range.start);
            for end in &self.writes[first..] {
                if *end > start && *end <= range.end {
                    self.push_opaque(start..*end);
                    start = *end;
                }
            }
        }
        if start < range.end {
            self.push_opaque(start..range.end);
        }
    }

    fn push_opaque(&mut self, range: Range<u64>) {
        let octets = &self.octets[range.start as usize..range.end as usize];
        self.messages.push(MessageLabel {
            short: opaque_text(octets, &range).into(),
            kind: MessageKind::Opaque,
            start_line: "".into(),
            head: range.start..range.start,
            range,
            complete: true,
            connection_token: None,
            token_for_proxy: false,
            request_of: None,
        });
    }
}

/// A label for a message whose head takes up `head`; empty lines before it belong to it.
fn labelled(kind: MessageKind, start: u64, head: Range<u64>, headers: &Headers) -> MessageLabel {
    let (connection_token, token_for_proxy) = significant_token(headers);
    MessageLabel {
        short: "".into(),
        kind,
        start_line: "".into(),
        range: start..head.end,
        head,
        complete: false,
        connection_token,
        token_for_proxy,
        request_of: None,
    }
}

/// The token of Connection or Proxy-Connection that decides about the connection, as written.
fn significant_token(headers: &Headers) -> (Option<Rc<str>>, bool) {
    for (name, for_proxy) in [("Connection", false), ("Proxy-Connection", true)] {
        let token = headers.tokens(name).find(|token| {
            ["close", "keep-alive", "upgrade"].iter().any(|known| token.eq_ignore_ascii_case(known))
        });
        if let Some(token) = token {
            return (Some(token.into()), for_proxy);
        }
    }
    (None, false)
}

/// The path of a request-target, shortened.
fn short_target(target: &str) -> String {
    let path = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => target,
    };
    if path.chars().count() <= LONGEST_TARGET {
        return path.to_owned();
    }
    path.chars().take(LONGEST_TARGET - 1).chain(['…']).collect()
}

/// Short printable octets as quoted text, others as their range, counted from 1.
fn opaque_text(octets: &[u8], range: &Range<u64>) -> String {
    match core::str::from_utf8(octets) {
        Ok(text)
            if !text.trim().is_empty()
                && text.trim_end().chars().count() <= LONGEST_TEXT
                && !text.trim_end().chars().any(char::is_control) =>
        {
            format!("“{}”", text.trim_end())
        }
        _ => range_text(range),
    }
}

/// A range counted from 1, both ends included: `1–1460`.
pub(crate) fn range_text(range: &Range<u64>) -> String {
    match range.end.saturating_sub(range.start) {
        0 => format!("{}", range.start),
        1 => format!("{}", range.end),
        _ => format!("{}–{}", range.start.saturating_add(1), range.end),
    }
}

#[cfg(test)]
mod tests {
    use playground_core::event::NodeId;
    use playground_core::tcp::SocketId;
    use proptest::prelude::*;

    use super::super::{ConnectionId, Side};
    use super::*;

    fn stream(node: u16, writes: &[&[u8]]) -> Stream {
        let (socket, side) = (SocketKey::new(NodeId(node), SocketId(0)), Side::Opener);
        let mut stream = Stream {
            socket,
            connection: ConnectionId(0),
            side,
            octets: Vec::new(),
            writes: Vec::new(),
            write_entries: Vec::new(),
            messages: Vec::new(),
        };
        for write in writes {
            stream.octets.extend_from_slice(write);
            stream.writes.push(stream.octets.len() as u64);
        }
        stream
    }

    fn labels(stream: &Stream) -> Vec<String> {
        stream.messages.iter().map(|message| message.short.to_string()).collect()
    }

    #[test]
    fn both_directions_are_divided() {
        //  requests, responses, whether both sides closed, labels of both
        type Row<'a> = (&'a [&'a [u8]], &'a [&'a [u8]], bool, &'a [&'a str], &'a [&'a str]);
        let table: &[Row<'_>] = &[
            (
                &[b"GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n"],
                &[
                    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                ],
                false,
                &["GET /a", "GET /b"],
                &["200 /a", "404 /b"],
            ),
            // Interim responses belong to the same request; HEAD has no body.
            (
                &[b"HEAD http://host/x HTTP/1.1\r\nHost: x\r\n\r\n"],
                &[b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"],
                false,
                &["HEAD /x"],
                &["100 /x", "200 /x"],
            ),
            // An answer to what was no request, and until the close.
            (
                &[b"nonsense\r\n\r\n"],
                &[b"HTTP/1.0 400 Bad Request\r\n\r\nwhy"],
                true,
                &["“nonsense”"],
                &["400"],
            ),
            // What follows an answer that nobody asked for is no message.
            (
                &[],
                &[b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"],
                false,
                &[],
                &["408", "“HTTP/1.1 200 OK”"],
            ),
            (&[b"ab", b"\x00\x01\x02", b"z"], &[], false, &["“ab”", "3–5", "“z”"], &[]),
        ];
        for (requests, responses, closed, asked, answered) in table {
            let (mut requests, mut responses) = (stream(0, requests), stream(1, responses));
            divide(Some(&mut requests), Some(&mut responses), (*closed, *closed));
            assert_eq!(labels(&requests), *asked);
            assert_eq!(labels(&responses), *answered);
        }
    }

    #[test]
    fn the_significant_token_is_kept_as_written() {
        for (field, token, for_proxy) in [
            ("Connection: Keep-Alive", Some("Keep-Alive"), false),
            ("Connection: meter, close", Some("close"), false),
            ("Proxy-Connection: keep-alive", Some("keep-alive"), true),
            ("Connection: meter", None, false),
            ("X: close", None, false),
        ] {
            let mut requests = stream(0, &[format!("GET / HTTP/1.0\r\n{field}\r\n\r\n").as_bytes()]);
            divide(Some(&mut requests), None, (false, false));
            let message = &requests.messages[0];
            assert_eq!(
                (message.connection_token.as_deref(), message.token_for_proxy),
                (token, for_proxy),
                "{field}"
            );
        }
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            Just(b"GET /a HTTP/1.1\r\n".to_vec()),
            Just(b"HTTP/1.1 200 OK\r\n".to_vec()),
            Just(b"CONNECT h:1 HTTP/1.1\r\n\r\n".to_vec()),
            Just(b"HTTP/1.1 101 S\r\n\r\n".to_vec()),
            Just(b"Transfer-Encoding: chunked\r\n".to_vec()),
            Just(b"Content-Length: 18446744073709551615\r\n".to_vec()),
            Just(b"\r\n".to_vec()),
            Just(b"5\r\nhello\r\n0\r\n\r\n".to_vec()),
        ]
    }

    proptest! {
        #[test]
        fn any_octets_are_divided_without_gap(
            requests in prop::collection::vec(piece(), 0..12),
            responses in prop::collection::vec(piece(), 0..12),
            closed in any::<(bool, bool)>(),
        ) {
            let requests: Vec<&[u8]> = requests.iter().map(Vec::as_slice).collect();
            let responses: Vec<&[u8]> = responses.iter().map(Vec::as_slice).collect();
            let (mut requests, mut responses) = (stream(0, &requests), stream(1, &responses));
            divide(Some(&mut requests), Some(&mut responses), closed);
            for stream in [requests, responses] {
                let mut at = 0;
                for message in &stream.messages {
                    prop_assert_eq!(message.range.start, at);
                    prop_assert!(message.range.end > at);
                    prop_assert!(at <= message.head.start && message.head.end <= message.range.end);
                    at = message.range.end;
                }
                prop_assert_eq!(at, stream.octets.len() as u64);
            }
        }
    }
}
