//! Streams of messages: tables, and what no way of splitting a stream may change.

use proptest::prelude::*;

use super::*;
use crate::http::{encode_chunk, encode_last_chunk};

/// The pieces of a stream in a short notation, with its error at the end.
fn decode(mut decoder: Decoder, pieces: &[&[u8]], end: fn(&mut Decoder)) -> Vec<String> {
    let mut seen = Vec::new();
    let mut drain = |decoder: &mut Decoder| -> bool {
        loop {
            match decoder.next_piece() {
                Ok(Some(piece)) => seen.push(notation(&piece)),
                Ok(None) => return true,
                Err(error) => {
                    assert_eq!(decoder.next_piece(), Err(error), "the error stays");
                    let at = decoder.message_start() + error.at.octet;
                    seen.push(format!("error {error} at {at}"));
                    return false;
                }
            }
        }
    };
    let is_whole = pieces.iter().all(|octets| {
        decoder.push(octets);
        drain(&mut decoder)
    });
    if is_whole {
        end(&mut decoder);
        drain(&mut decoder);
    }
    seen
}

fn notation(piece: &Piece) -> String {
    let what = match &piece.decoded {
        Decoded::Request { head, framing } => format!("{} {:?}", head.start_line(), framing.length),
        Decoded::Interim { head } => format!("{} interim", head.start_line()),
        Decoded::Response { head, framing } => format!("{} {:?}", head.start_line(), framing.length),
        Decoded::Body(data) => format!("body {}", data.escape_ascii()),
        Decoded::End { trailers } if trailers.is_empty() => "end".to_owned(),
        Decoded::End { trailers } => format!("end with {} trailers", trailers.len()),
    };
    format!("{}..{} {what}", piece.range.start, piece.range.end)
}

fn responses_to(methods: &[&str]) -> Decoder {
    let mut decoder = Decoder::responses();
    methods.iter().for_each(|&method| decoder.expect(Method::from(method)));
    decoder
}

#[test]
fn requests() {
    let cases: [(&[u8], &[&str]); 13] = [
        (b"", &[]),
        (b"\r\n\r\n", &[]),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", &["0..27 GET / HTTP/1.1 None", "27..27 end"]),
        (
            b"\r\nPOST / HTTP/1.0\nContent-Length: 3\n\nabc\r\nGET /b HTTP/1.0\r\n\r\n",
            &[
                "2..37 POST / HTTP/1.0 Exactly(3)",
                "37..40 body abc",
                "40..40 end",
                "42..61 GET /b HTTP/1.0 None",
                "61..61 end",
            ],
        ),
        (
            b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n2\r\nde\r\n0\r\nT: u\r\n\r\n",
            &[
                "0..55 PUT / HTTP/1.1 Chunked",
                "60..63 body abc",
                "68..70 body de",
                "75..83 end with 1 trailers",
            ],
        ),
        (
            b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            &["0..55 PUT / HTTP/1.1 Chunked", "58..60 end"],
        ),
        (
            b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
            &[
                "0..55 PUT / HTTP/1.1 Chunked",
                "58..59 body a",
                "error chunk-data-end at line 6, octet 59 (RFC 9112 §7.1) at 59",
            ],
        ),
        (
            b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n",
            &[
                "0..55 PUT / HTTP/1.1 Chunked",
                "error chunk-size at line 5, octet 56 (RFC 9112 §7.1) at 56",
            ],
        ),
        (
            b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc",
            &[
                "0..46 PUT / HTTP/1.1 Exactly(5)",
                "46..49 body abc",
                "error incomplete-body: 3 of 5 octets (RFC 9112 §8) at 49",
            ],
        ),
        (b"GET / HTTP/1.1\r\nHo", &["error incomplete-head after 18 octets (RFC 9112 §8) at 18"]),
        (
            b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/9.9\r\n\r\n",
            &[
                "0..27 GET / HTTP/1.1 None",
                "27..27 end",
                "error unsupported-version at line 1, octet 6 (RFC 9110 §15.6.6) at 33",
            ],
        ),
        (
            b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
            &["error invalid-content-length at line 3, octet 41 (RFC 9112 §6.3) at 41"],
        ),
        (
            b"GET / HTTP/1.1\r\n\r\n",
            &["error host-missing at line 1, octet 0 (RFC 9112 §3.2) at 0"],
        ),
    ];
    for (octets, pieces) in cases {
        assert_eq!(
            decode(Decoder::requests(), &[octets], Decoder::close),
            pieces,
            "{}",
            octets.escape_ascii()
        );
    }
}

#[test]
fn responses() {
    let cases: [(&[&str], &[u8], &[&str]); 15] = [
        (&["GET"], b"", &[]),
        (
            &["GET", "GET"],
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 304 Not Modified\r\n\r\n",
            &[
                "0..38 HTTP/1.1 200 OK Exactly(2)",
                "38..40 body ok",
                "40..40 end",
                "40..69 HTTP/1.1 304 Not Modified None",
                "69..69 end",
            ],
        ),
        // The end of the connection is the end of the body.
        (
            &["GET"],
            b"HTTP/1.0 200 OK\r\n\r\nok",
            &["0..19 HTTP/1.0 200 OK UntilClose", "19..21 body ok", "21..21 end"],
        ),
        (&["GET"], b"HTTP/1.0 200 OK\r\n\r\n", &["0..19 HTTP/1.0 200 OK UntilClose", "19..19 end"]),
        // A response to HEAD has no body, whatever its fields say.
        (
            &["HEAD"],
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
            &["0..38 HTTP/1.1 200 OK None", "38..38 end"],
        ),
        // Interim responses belong to the same request.
        (
            &["POST"],
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
            &[
                "0..25 HTTP/1.1 100 Continue interim",
                "25..47 HTTP/1.1 103 Early interim",
                "47..66 HTTP/1.1 204 No None",
                "66..66 end",
            ],
        ),
        // What follows is no HTTP.
        (&["CONNECT"], b"HTTP/1.1 200 OK\r\n\r\n\x16\x03", &["0..19 HTTP/1.1 200 OK None"]),
        (&["GET"], b"HTTP/1.1 101 Go\r\n\r\n\x81\x00", &["0..19 HTTP/1.1 101 Go None"]),
        (
            &["CONNECT"],
            b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n",
            &["0..38 HTTP/1.1 407 No Exactly(0)", "38..38 end"],
        ),
        // Nobody asked; empty lines do no harm.
        (&[], b"\r\n\n", &[]),
        (&[], b"\n\r", &["error unexpected-response (RFC 9112 §9.2) at 2"]),
        (&[], b"HTTP/1.1 200 OK\r\n\r\n", &["error unexpected-response (RFC 9112 §9.2) at 0"]),
        (
            &["GET"],
            b"HTTP/1.1 204 No\r\n\r\n\r\n\nH",
            &["0..19 HTTP/1.1 204 No None", "19..19 end", "error unexpected-response (RFC 9112 §9.2) at 22"],
        ),
        (
            &["GET"],
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
            &[
                "0..47 HTTP/1.1 200 OK Chunked",
                "50..52 body ok",
                "error incomplete-body after 2 octets (RFC 9112 §8) at 54",
            ],
        ),
        (&["GET"], b"SSH-2.0-x\r\n\r\n", &["error bad-status-line at line 1, octet 0 (RFC 9112 §4) at 0"]),
    ];
    for (methods, octets, pieces) in cases {
        assert_eq!(
            decode(responses_to(methods), &[octets], Decoder::close),
            pieces,
            "{}",
            octets.escape_ascii()
        );
    }
}

#[test]
fn a_body_until_the_close_is_not_complete_after_a_reset() {
    let octets = b"HTTP/1.0 200 OK\r\n\r\nok".as_slice();
    let seen = decode(responses_to(&["GET"]), &[octets], Decoder::abort);
    assert_eq!(seen.last().unwrap(), "error incomplete-body after 2 octets (RFC 9112 §8) at 21");
}

#[test]
fn pipelined_requests_stay_unconsumed() {
    let mut decoder = Decoder::requests();
    assert!(decoder.is_idle());
    decoder.push(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGE");
    assert!(!decoder.is_idle());
    assert!(matches!(decoder.next_piece(), Ok(Some(Piece { decoded: Decoded::Request { .. }, .. }))));
    assert!(!decoder.is_idle(), "in a message");
    assert!(matches!(decoder.next_piece(), Ok(Some(Piece { decoded: Decoded::End { .. }, .. }))));
    assert_eq!(decoder.unconsumed(), b"GET /2 HTTP/1.1\r\nHost: a\r\n\r\nGE");
    assert_eq!(decoder.offset(), 28);
    while decoder.next_piece().unwrap().is_some() {}
    assert_eq!(decoder.unconsumed(), b"GE");
    assert!(!decoder.is_idle(), "a head has begun");
}

#[test]
fn tunnel_octets_are_not_decoded() {
    let mut decoder = responses_to(&["CONNECT", "GET"]);
    decoder.push(b"HTTP/1.1 200 OK\r\n\r\n\x16\x03");
    assert!(decoder.next_piece().unwrap().is_some());
    assert_eq!(decoder.next_piece(), Ok(None));
    assert!(decoder.is_switched() && !decoder.is_idle());
    assert_eq!((decoder.unconsumed(), decoder.outstanding()), (b"\x16\x03".as_slice(), 1));
}

#[test]
fn heads_and_trailers_are_bounded() {
    let mut decoder = Decoder::requests();
    decoder.push(&[b'A'; MAX_HEAD_OCTETS]);
    assert_eq!(decoder.next_piece(), Ok(None));
    decoder.push(b"A");
    assert_eq!(decoder.next_piece().unwrap_err().problem, MessageProblem::RequestLineTooLong);

    let mut decoder = Decoder::requests();
    decoder.push(b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    decoder.push(&[b'A'; MAX_HEAD_OCTETS + 1]);
    assert!(decoder.next_piece().unwrap().is_some());
    let error = decoder.next_piece().unwrap_err();
    assert_eq!((error.problem, error.problem.status()), (MessageProblem::HeadTooLarge, 431));
}

/// Each error has its line and octet in its own message, not in the stream.
#[test]
fn errors_have_their_place_in_the_message() {
    let before =
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx\ny";
    let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (message, problem, line, octet) in [
        ("GET tools.html HTTP/1.0\r\n\r\n".to_owned(), MessageProblem::BadTarget, 1, 4),
        ("GET / HTTP/1.1\r\nA: b\r\n\r\n".to_owned(), MessageProblem::HostMissing, 1, 0),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nHost: a\r\n\r\n".to_owned(),
            MessageProblem::HostRepeated,
            4,
            37,
        ),
        ("GET / HTTP/1.1\r\nA: b\r\nHost:  a/b\r\n\r\n".to_owned(), MessageProblem::HostInvalid, 3, 30),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n".to_owned(),
            MessageProblem::InvalidContentLength,
            3,
            41,
        ),
        ("GET / HTTP/1.1\r\nHost: a\r\nA b\r\n\r\n".to_owned(), MessageProblem::MissingColon, 3, 28),
        (format!("{chunked}2\r\n\n\n\r\n0x\r\n"), MessageProblem::ChunkSize, 9, 64),
        (format!("{chunked}0\r\nA: b\r\nC d\r\n\r\n"), MessageProblem::MissingColon, 7, 68),
    ] {
        for start in ["", before] {
            let mut decoder = Decoder::requests();
            decoder.push(start.as_bytes());
            decoder.push(message.as_bytes());
            let error = loop {
                match decoder.next_piece() {
                    Ok(piece) => assert!(piece.is_some(), "{message:?}"),
                    Err(error) => break error,
                }
            };
            assert_eq!((error.problem, error.at), (problem, Position { line, octet }), "{message:?}");
            assert_eq!(decoder.message_start(), start.len() as u64);
        }
    }
}

/// The pieces of a stream, with adjacent body octets joined.
fn joined(decoder: Decoder, pieces: &[&[u8]]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for piece in decode(decoder, pieces, Decoder::close) {
        let place =
            piece.split_once(" body ").and_then(|(range, data)| Some((range.split_once("..")?, data)));
        if let Some(((start, end), data)) = place
            && let Some(last) = joined.last_mut()
            && let Some((before, first)) = last.clone().split_once(" body ")
            && let Some((from, to)) = before.split_once("..")
            && to == start
        {
            *last = format!("{from}..{end} body {first}{data}");
        } else {
            joined.push(piece);
        }
    }
    joined
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..40)
}

/// A message with the given start-line, complete or damaged.
fn message(start_line: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let chunks = prop::collection::vec(body(), 0..4);
    let chunked = (chunks, any::<bool>()).prop_map(move |(chunks, has_trailers)| {
        let mut octets = format!("{start_line}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes();
        chunks.iter().for_each(|chunk| octets.extend(encode_chunk(chunk)));
        let trailers = if has_trailers { Headers::from([("T", "u")]) } else { Headers::new() };
        octets.extend(encode_last_chunk(&trailers));
        octets
    });
    let counted = (body(), 0..3_usize).prop_map(move |(body, missing)| {
        let mut octets =
            format!("{start_line}\r\nContent-Length: {}\r\n\r\n", body.len() + missing).into_bytes();
        octets.extend(body);
        octets
    });
    let bare = Just(format!("\n{start_line}\nX: y\n\n").into_bytes());
    let damaged = prop::collection::vec(any::<u8>(), 1..8);
    prop_oneof![4 => chunked, 4 => counted, 2 => bare, 1 => damaged]
}

fn stream(start_line: &'static str) -> impl Strategy<Value = (Vec<u8>, Vec<prop::sample::Index>)> {
    let messages = prop::collection::vec(message(start_line), 0..4).prop_map(|messages| messages.concat());
    (messages, prop::collection::vec(any::<prop::sample::Index>(), 0..12))
}

fn split<'a>(octets: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(octets.len() + 1)).collect();
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    let mut from = 0;
    for cut in cuts {
        pieces.push(&octets[from..cut]);
        from = cut;
    }
    pieces.push(&octets[from..]);
    pieces
}

proptest! {
    #[test]
    fn splitting_changes_nothing_for_requests((octets, cuts) in stream("POST / HTTP/1.1\r\nHost: a")) {
        let whole = joined(Decoder::requests(), &[&octets]);
        prop_assert_eq!(&joined(Decoder::requests(), &split(&octets, &cuts)), &whole);
        let single: Vec<&[u8]> = octets.chunks(1).collect();
        prop_assert_eq!(&joined(Decoder::requests(), &single), &whole);
    }

    #[test]
    fn splitting_changes_nothing_for_responses((octets, cuts) in stream("HTTP/1.1 200 OK")) {
        let expected = || responses_to(&["GET", "GET", "GET"]);
        let whole = joined(expected(), &[&octets]);
        prop_assert_eq!(&joined(expected(), &split(&octets, &cuts)), &whole);
        let single: Vec<&[u8]> = octets.chunks(1).collect();
        prop_assert_eq!(&joined(expected(), &single), &whole);
    }

    #[test]
    fn no_octets_panic(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        decode(Decoder::requests(), &[&octets], Decoder::close);
        decode(responses_to(&["GET", "HEAD"]), &[&octets], Decoder::abort);
    }

    #[test]
    fn encoded_chunks_decode_to_the_same_data(chunks in prop::collection::vec(body(), 0..6)) {
        let mut decoder = Decoder::requests();
        decoder.push(b"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        chunks.iter().for_each(|chunk| decoder.push(&encode_chunk(chunk)));
        decoder.push(&encode_last_chunk(&Headers::new()));
        let mut read = Vec::new();
        while let Ok(Some(piece)) = decoder.next_piece() {
            if let Decoded::Body(data) = piece.decoded {
                read.extend_from_slice(&data);
            }
        }
        prop_assert_eq!(read, chunks.concat());
        prop_assert!(decoder.is_idle());
    }
}
