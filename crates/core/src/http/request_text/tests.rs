//! Requests as text: what a learner pastes, and any text at all.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::http::{Decoded, Decoder, MessageError};

/// The octets of each write, each request of it apart.
fn writes(text: &str) -> Vec<Vec<String>> {
    let parsed = RequestText::parse(text).expect(text);
    let shown = |request: &TypedRequest| String::from_utf8_lossy(request.octets()).into_owned();
    parsed.writes().map(|write| write.iter().map(shown).collect()).collect()
}

/// The refusal of the first message that a server would not take, as `line:column` of the text.
fn refused(text: &str) -> Option<(String, &'static str)> {
    let parsed = RequestText::parse(text).expect(text);
    for write in parsed.writes() {
        let stream = write.iter().flat_map(|request| request.octets()).copied().collect::<Vec<u8>>();
        let mut decoder = Decoder::requests();
        decoder.push(&stream);
        decoder.close();
        loop {
            match decoder.next_piece() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(MessageError { problem, at }) => {
                    let start = usize::try_from(decoder.message_start()).expect("it is short");
                    let place =
                        parsed.place_in_stream(&stream[start..], at.octet).expect("it is in the text");
                    return Some((format!("{}:{}", place.line, place.column), problem.key()));
                }
            }
        }
    }
    None
}

#[test]
fn heads_are_separated_by_blank_lines() {
    let text = "\n\nGET /a HTTP/1.0\nHost: x\n\n\n \nGET /b HTTP/1.0\r\n";
    assert_eq!(writes(text), [["GET /a HTTP/1.0\r\nHost: x\r\n\r\n"], ["GET /b HTTP/1.0\r\n\r\n"]]);
    assert!(writes(" \n \n").is_empty() && writes("").is_empty() && writes("\\r\\n").is_empty());
    for text in ["GET / HTTP/1.0\nA: b", "GET / HTTP/1.0\r\nA: b\r\n\r\n", "GET / HTTP/1.0\nA: b\n\n"] {
        assert_eq!(writes(text), [["GET / HTTP/1.0\r\nA: b\r\n\r\n"]], "{text:?}");
    }
}

/// Empty lines that are escaped follow the last request; whitespace in a line of its own is not sent.
#[test]
fn escaped_empty_lines_are_sent_behind_the_last_request() {
    let expected = [["hello\r\n\r\n\r\n\r\n"]];
    for text in ["hello\n\n\\r\\n\n", "hello\n\n\\r\\n\n ", "hello\n\n\\r\\n\n\t"] {
        assert_eq!(writes(text), expected, "{text:?}");
    }
}

/// A pasted report: POST with Content-Length, POST chunked, then a GET. RFC 9112 sections 6.2 and 7.1.
#[test]
fn bodies_belong_to_their_requests() {
    let text = "POST /a HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello\n\nPOST /b HTTP/1.1\nHost: a\n\
                Transfer-Encoding: chunked\n\n5\nhello\n0\n\nGET /c HTTP/1.1\nHost: a\n";
    let expected = [
        ["POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"],
        ["POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
        ["GET /c HTTP/1.1\r\nHost: a\r\n\r\n"],
    ];
    assert_eq!(writes(text), expected);
    assert_eq!(refused(text), None);
}

#[test]
fn line_breaks_in_a_body_are_crlf_and_blank_lines_count() {
    let head = |length: u32| format!("POST / HTTP/1.1\nHost: a\nContent-Length: {length}\n\n");
    let sent = |length: u32| head(length).replace('\n', "\r\n");
    assert_eq!(writes(&format!("{}a\n \nb\n", head(7))), [[format!("{}a\r\n \r\nb", sent(7))]]);
    // Too short a text: the body stays incomplete.
    assert_eq!(writes(&format!("{}a\n", head(9))), [[format!("{}a\r\n", sent(9))]]);
    // Too short a length: what is left is the next request, in the same write.
    let rest = "lo\r\n\r\n".to_owned();
    assert_eq!(writes(&format!("{}hello\n\n", head(3))), [[format!("{}hel", sent(3)), rest]]);
    assert_eq!(refused(&format!("{}hello\n\n", head(3))), Some(("5:4".to_owned(), "bad-request-line")));
    // A request that begins in the line of the body.
    let text = format!("{}helloGET /b HTTP/1.0\n", head(5));
    assert_eq!(writes(&text), [[format!("{}hello", sent(5)), "GET /b HTTP/1.0\r\n\r\n".to_owned()]]);
}

#[test]
fn the_end_of_the_text_ends_a_trailer_section_and_no_body() {
    let head = "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n";
    let sent = head.replace('\n', "\r\n");
    for (body, octets) in [
        ("1\na\n0", "1\r\na\r\n0\r\n\r\n"),
        ("1\na\n0\n", "1\r\na\r\n0\r\n\r\n"),
        ("1\na\n0\nA: b", "1\r\na\r\n0\r\nA: b\r\n\r\n"),
        ("1\na\n", "1\r\na\r\n"),
        ("9\na", "9\r\na"),
    ] {
        assert_eq!(writes(&format!("{head}{body}")), [[format!("{sent}{octets}")]], "{body}");
    }
}

/// As typed in a shell's single quotes.
#[test]
fn escapes_are_octets() {
    let text = r"GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n";
    let expected = ["GET /a HTTP/1.1\r\nHost: x\r\n\r\n", "GET /b HTTP/1.1\r\nHost: x\r\n\r\n"];
    assert_eq!(writes(text), [expected]);
    assert_eq!(writes(r"GET /\\\x41\0 HTTP/1.0\nA:\r b"), [["GET /\\A\0 HTTP/1.0\nA:\r b\r\n\r\n"]]);
    let octets = RequestText::parse(r"\xff\xC3\xA9").expect("escapes");
    assert_eq!(octets.requests()[0].octets(), b"\xff\xc3\xa9\r\n\r\n");
    // Old user agents sent an empty line behind a body. RFC 9112 section 2.2.
    let text = "POST / HTTP/1.0\nContent-Length: 1\n\na\\r\\n\nGET / HTTP/1.0";
    let expected = [["POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\na\r\n"], ["GET / HTTP/1.0\r\n\r\n"]];
    assert_eq!(writes(text), expected);
}

#[test]
fn an_unknown_escape_is_named_with_its_place() {
    for (text, line, column, escape) in [
        (r"GET /\q HTTP/1.0", 1, 6, r"\q"),
        ("GET / HTTP/1.0\nÄé: \\x4g", 2, 5, r"\x4g"),
        ("a\r\n\r\n\\", 3, 1, r"\"),
        ("a\\\u{7}", 1, 2, r"\\u{7}"),
        (r"a\X41", 1, 2, r"\X"),
        (r"\u0041", 1, 1, r"\u"),
    ] {
        let error = RequestText::parse(text).expect_err(text);
        assert_eq!(error, EscapeError { at: TextPlace { line, column }, escape: escape.to_owned() });
    }
}

/// Each refused request marks its own line and octet, wherever it stands in the text.
#[test]
fn refusals_are_placed_in_their_own_request() {
    let good = "GET /a HTTP/1.0\nHost: a\nConnection: Keep-Alive\n\n";
    let post = "POST /a HTTP/1.1\nHost: a\nContent-Length: 12\n\nhello\nworld\n\n";
    for (bad, line, column, key) in [
        ("GET tools.html HTTP/1.0\nHost: a", 1, 5, "bad-target"),
        ("GET /tools.html HTTP/1.1\nConnection: Keep-Alive", 1, 1, "host-missing"),
        ("GET / HTTP/1.1\nHost: a\nAccept: b\nHost: c", 4, 7, "host-repeated"),
        ("GET / HTTP/1.1\nAccept: b\nHost: a/b", 3, 8, "host-invalid"),
        ("POST / HTTP/1.1\nHost: a\nContent-Length: +5\n\nhello", 3, 17, "invalid-content-length"),
        ("GET / HTTP/1.1\nHost: a\nA: b\\rc", 3, 5, "bare-cr"),
        ("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\nhello\nz\n\n", 7, 1, "chunk-size"),
    ] {
        for before in
            [String::new(), good.to_owned(), format!("{good}{post}"), format!("\n\n{post} \n{good}")]
        {
            let at = line + before.matches('\n').count();
            let text = format!("{before}{bad}\n\n{good}");
            assert_eq!(refused(&text), Some((format!("{at}:{column}"), key)), "{text}");
        }
    }
}

#[test]
fn a_body_without_a_valid_length_stays_with_its_head() {
    for head in [
        "POST / HTTP/1.1\nHost: a\nContent-Length: +5\n\n",
        "POST / HTTP/1.1\nno colon\nContent-Length: 5\n\n",
    ] {
        let text = format!("{head}hello\n\nyou\n\nGET /b HTTP/1.0");
        let sent = format!("{head}hello\n\nyou\n").replace('\n', "\r\n");
        assert_eq!(writes(&text), [[sent], ["GET /b HTTP/1.0\r\n\r\n".to_owned()]]);
    }
    // Without a length there is no body.
    assert_eq!(writes("x\n\ny\n\n"), [["x\r\n\r\n"], ["y\r\n\r\n"]]);
}

/// Pieces of requests in any order, and any character.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "GET /a HTTP/1.1",
        "POST /b HTTP/1.1",
        "Host: a",
        "Content-Length: 5",
        "Content-Length: 12",
        "Content-Length: +5",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "hello",
        "5",
        "3;a=b",
        "0",
        " ",
        "\t",
        "\u{a0}",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\\r\\n",
        "\\r\\n\\r\\n",
        "\\n",
        "\\r",
        "\\0",
        "\\\\",
        "\\x20",
        "\\xff",
        " HTTP/1",
    ]);
    let any = prop::string::string_regex("(?s).{0,4}")
        .expect("it is a pattern")
        .prop_map(|text| text.replace('\\', "/"));
    prop::collection::vec(prop_oneof![9 => pieces.prop_map(str::to_owned), 1 => any], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "(?s).{0,80}", octet in 0_u64..200) {
        if let Ok(parsed) = RequestText::parse(&text) {
            let _ = parsed.place_in_stream(text.as_bytes(), octet);
        }
    }

    #[test]
    fn what_is_written_is_read_again(text in any_text()) {
        let parsed = RequestText::parse(&text).expect("its escapes are known");
        let written = parsed.to_string();
        let again = RequestText::parse(&written).expect("its escapes are known");
        let content = |parsed: &RequestText<'_>| -> Vec<(Vec<u8>, bool)> {
            parsed.requests().iter().map(|request| (request.octets.clone(), request.joins)).collect()
        };
        prop_assert_eq!(content(&again), content(&parsed), "{:?}", written);
        // A write is one, alone too.
        for write in parsed.writes() {
            let alone = write_request_text(write);
            let again = RequestText::parse(&alone).expect("its escapes are known");
            let expected: Vec<&[u8]> = write.iter().map(TypedRequest::octets).collect();
            prop_assert_eq!(again.requests().iter().map(TypedRequest::octets).collect::<Vec<_>>(), expected);
            prop_assert_eq!(again.writes().count(), 1);
        }
    }

    /// A whole message with any body, by its length or until the close, is the same one as a text.
    #[test]
    fn any_message_can_be_written_as_text(
        body in prop_oneof![vec(any::<u8>(), 0..60), vec(prop::sample::select(&b" \t\r\n\\a\0"[..]), 0..20)],
        until_close: bool,
    ) {
        let length = format!("Content-Length: {}\r\n", body.len());
        let head = |line: &str, length: &str| [line, "\r\nHost: a\r\n", length, "\r\n"].concat().into_bytes();
        let request = [head("POST / HTTP/1.1", &length), body.clone()].concat();
        let text = write_message_text(&request);
        let read = RequestText::parse(&text).expect("its escapes are known");
        let octets: Vec<&[u8]> = read.requests().iter().map(TypedRequest::octets).collect();
        prop_assert_eq!(octets, [&request[..]], "{:?}", text);
        let length = if until_close { "" } else { &length };
        let response = [head("HTTP/1.0 200 OK", length), body].concat();
        let text = write_message_text(&response);
        let read = ResponseText::parse(&text).expect("its escapes are known").expect("not blank");
        prop_assert_eq!(read.octets(), &response[..], "{:?}", text);
    }

    /// As far as the decoder takes the octets of a write, it finds the same requests in them.
    #[test]
    fn the_decoder_finds_the_same_requests(text in any_text()) {
        let parsed = RequestText::parse(&text).expect("its escapes are known");
        for write in parsed.writes() {
            let mut decoder = Decoder::requests();
            let mut ends = Vec::new();
            let mut end = 0;
            for request in write {
                decoder.push(request.octets());
                end += request.octets().len() as u64;
                ends.push(end);
            }
            let mut found = 0;
            while let Ok(Some(piece)) = decoder.next_piece() {
                if matches!(piece.decoded, Decoded::End { .. }) {
                    // Empty lines behind a request are none of its octets.
                    let behind = ends[found] - piece.range.end;
                    let last = write[found].octets();
                    let behind = &last[last.len() - usize::try_from(behind).expect("it is short")..];
                    prop_assert_eq!(empty_lines(behind), behind.len());
                    found += 1;
                }
            }
            prop_assert!(decoder.has_failed() || found + 1 >= write.len());
        }
    }
}
