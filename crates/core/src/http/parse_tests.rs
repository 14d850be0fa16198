//! Valid heads, malformed heads, and arbitrary octets.

use proptest::prelude::*;

use super::*;
use MessageProblem as P;

#[test]
fn requests_that_parse() {
    let cases: [(&[u8], &str); 11] = [
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\nHost: a"),
        (b"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0"),
        // Section 2.2: LF alone, and empty lines in front.
        (b"GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\nHost: a"),
        (b"\r\n\n\r\nGET / HTTP/1.1\r\nHost: a\n\r\n", "GET / HTTP/1.1\nHost: a"),
        // RFC 9110 section 6.2: a minor version beyond ours.
        (b"GET / HTTP/1.7\r\n\r\n", "GET / HTTP/1.1"),
        // Section 5.1: whitespace around the value is not part of it.
        (b"GET / HTTP/1.1\r\nX:\r\nY: \t b c \t\r\nZ:d:e\r\n\r\n", "GET / HTTP/1.1\nX: \nY: b c\nZ: d:e"),
        (b"GET / HTTP/1.1\r\nx-CASE: Kept\r\n\r\n", "GET / HTTP/1.1\nx-CASE: Kept"),
        (b"brew /pot HTTP/1.1\r\n\r\n", "brew /pot HTTP/1.1"),
        (b"CONNECT a:443 HTTP/1.1\r\n\r\n", "CONNECT a:443 HTTP/1.1"),
        (b"OPTIONS * HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1.1"),
        (b"GET http://a/b?c HTTP/1.1\r\n\r\n", "GET http://a/b?c HTTP/1.1"),
    ];
    for (octets, head) in cases {
        let mut with_more = octets.to_vec();
        with_more.extend_from_slice(b"GET /next");
        let (parsed, taken) = parse_request_head(&with_more).unwrap().unwrap();
        assert_eq!((parsed.to_string().as_str(), taken), (head, octets.len()));
        for end in 0..octets.len() {
            assert_eq!(parse_request_head(&octets[..end]), Ok(None), "{}", octets[..end].escape_ascii());
        }
    }
}

#[test]
fn requests_that_do_not_parse() {
    let cases: [(&[u8], MessageProblem, u32, u64); 31] = [
        (b"GET\r\n\r\n", P::BadRequestLine, 1, 0),
        (b"GET /\r\n\r\n", P::BadRequestLine, 1, 0),
        (b" GET / HTTP/1.1\r\n\r\n", P::BadMethod, 1, 0),
        (b"G(T / HTTP/1.1\r\n\r\n", P::BadMethod, 1, 1),
        (b"G\tT / HTTP/1.1\r\n\r\n", P::BadMethod, 1, 1),
        (b"GET  HTTP/1.1\r\n\r\n", P::BadTarget, 1, 4),
        (b"GET  / HTTP/1.1\r\n\r\n", P::BadTarget, 1, 4),
        (b"GET /a b HTTP/1.1\r\n\r\n", P::BadTarget, 1, 6),
        (b"GET /a\x01 HTTP/1.1\r\n\r\n", P::BadTarget, 1, 6),
        (b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n", P::BadTarget, 1, 5),
        (b"GET / http/1.1\r\n\r\n", P::BadVersion, 1, 6),
        (b"GET / HTTP/1.10\r\n\r\n", P::BadVersion, 1, 6),
        (b"GET / HTTP/1\r\n\r\n", P::BadVersion, 1, 6),
        (b"GET / HTTP/1.1 \r\n\r\n", P::BadVersion, 1, 15),
        (b"GET / HTTP/2.0\r\n\r\n", P::UnsupportedVersion, 1, 6),
        (b"GET / HTTP/0.9\r\n\r\n", P::UnsupportedVersion, 1, 6),
        (b"GET /\r HTTP/1.1\r\n\r\n", P::BareCr, 1, 5),
        (b"GET / HTTP/1.1\r\r\n\r\n", P::BareCr, 1, 14),
        (b"GET / HTTP/1.1\r\nX: a\rb\r\n\r\n", P::BareCr, 2, 20),
        (b"GET / HTTP/1.1\r\n X: a\r\n\r\n", P::WhitespaceBeforeFields, 2, 16),
        (b"GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n", P::LineFolding, 3, 22),
        (b"GET / HTTP/1.1\r\nX: a\r\n\t\r\n\r\n", P::LineFolding, 3, 22),
        (b"GET / HTTP/1.1\r\nX : a\r\n\r\n", P::SpaceBeforeColon, 2, 17),
        (b"GET / HTTP/1.1\r\nX\t: a\r\n\r\n", P::SpaceBeforeColon, 2, 17),
        (b"GET / HTTP/1.1\r\nHost\r\n\r\n", P::MissingColon, 2, 20),
        (b"GET / HTTP/1.1\r\n: a\r\n\r\n", P::BadFieldName, 2, 16),
        (b"GET / HTTP/1.1\r\nX Y: a\r\n\r\n", P::BadFieldName, 2, 17),
        (b"GET / HTTP/1.1\r\nX\xff: a\r\n\r\n", P::BadFieldName, 2, 17),
        (b"GET / HTTP/1.1\r\nX\x00: a\r\n\r\n", P::BadFieldName, 2, 17),
        (b"GET / HTTP/1.1\r\nA: b\r\nX: a\x00\r\n\r\n", P::BadFieldValue, 3, 26),
        (b"GET / HTTP/1.1\r\nX: a\x7f\r\n\r\n", P::BadFieldValue, 2, 20),
    ];
    for (octets, problem, line, octet) in cases {
        let error = MessageError { problem, at: Position { line, octet } };
        assert_eq!(parse_request_head(octets), Err(error), "{}", octets.escape_ascii());
        let in_head: Vec<u8> = [b"\r\n".as_slice(), octets].concat();
        assert_eq!(parse_request_head(&in_head), Err(error), "an empty line in front does not count");
    }
}

#[test]
fn responses_that_parse() {
    let cases: [(&[u8], &str); 8] = [
        (b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n", "HTTP/1.1 200 OK\nX: y"),
        (b"HTTP/1.0 404 Not  Found\r\n\r\n", "HTTP/1.0 404 Not  Found"),
        (b"HTTP/1.1 200 \r\n\r\n", "HTTP/1.1 200 "),
        (b"HTTP/1.1 200\r\n\r\n", "HTTP/1.1 200 "),
        (b"HTTP/1.1 999 \xea\xb0\x80\n\n", "HTTP/1.1 999 \u{ac00}"),
        // Section 5.1: "A proxy MUST remove any such whitespace from a response message".
        (b"HTTP/1.1 200 OK\r\nX \t: y\r\n\r\n", "HTTP/1.1 200 OK\nX: y"),
        // Section 5.2: unfolded.
        (b"HTTP/1.1 200 OK\r\nX: y\r\n \t z\r\n\r\n", "HTTP/1.1 200 OK\nX: y z"),
        (b"HTTP/1.1 200 OK\r\nX:\r\n z\r\n \r\nA: b\r\n\r\n", "HTTP/1.1 200 OK\nX: z\nA: b"),
    ];
    for (octets, head) in cases {
        let (parsed, taken) = parse_response_head(octets).unwrap().unwrap();
        assert_eq!((parsed.to_string().as_str(), taken), (head, octets.len()));
        for end in 0..octets.len() {
            assert_eq!(parse_response_head(&octets[..end]), Ok(None), "{}", octets[..end].escape_ascii());
        }
    }
}

#[test]
fn responses_that_do_not_parse() {
    let cases: [(&[u8], MessageProblem, u32, u64); 14] = [
        (b"\r\n", P::BadStatusLine, 1, 0),
        (b"HTTP/1.1\r\n\r\n", P::BadStatusLine, 1, 0),
        (b"ICY 200 OK\r\n\r\n", P::BadVersion, 1, 0),
        (b"HTTP/2.0 200 OK\r\n\r\n", P::UnsupportedVersion, 1, 0),
        (b"HTTP/1.1  200 OK\r\n\r\n", P::BadStatusCode, 1, 9),
        (b"HTTP/1.1 20 OK\r\n\r\n", P::BadStatusCode, 1, 9),
        (b"HTTP/1.1 2000 OK\r\n\r\n", P::BadStatusCode, 1, 9),
        (b"HTTP/1.1 099 OK\r\n\r\n", P::BadStatusCode, 1, 9),
        (b"HTTP/1.1 -20 OK\r\n\r\n", P::BadStatusCode, 1, 9),
        (b"HTTP/1.1 200\tOK\r\n\r\n", P::BadStatusCode, 1, 9),
        (b"HTTP/1.1 200 O\x01\r\n\r\n", P::BadStatusLine, 1, 14),
        (b"HTTP/1.1 200 OK\r\n X: y\r\n\r\n", P::WhitespaceBeforeFields, 2, 17),
        (b"HTTP/1.1 200 OK\r\n: y\r\n\r\n", P::BadFieldName, 2, 17),
        (b"HTTP/1.1 200 OK\r\nX: y\r\n z\x00\r\n\r\n", P::BadFieldName, 3, 25),
    ];
    for (octets, problem, line, octet) in cases {
        assert_eq!(
            parse_response_head(octets),
            Err(MessageError { problem, at: Position { line, octet } }),
            "{}",
            octets.escape_ascii()
        );
    }
}

#[test]
fn parts_have_their_place_in_the_octets() {
    let head = b"\r\nGET /x HTTP/1.1\r\nHost: a\n b\r\nX:  y\r\n\r\n";
    for (part, line, octet) in [
        (HeadPart::StartLine, 1, 0),
        (HeadPart::Target, 1, 4),
        (HeadPart::Field { index: 0, octet: 0 }, 2, 23),
        (HeadPart::Field { index: 1, octet: 0 }, 4, 33),
        (HeadPart::Field { index: 1, octet: 1 }, 4, 34),
        (HeadPart::Field { index: 2, octet: 0 }, 1, 0),
    ] {
        assert_eq!(position_of(part, head), Position { line, octet }, "{part:?}");
    }
}

#[test]
fn a_head_is_bounded() {
    let fields = |count: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(count)).into_bytes();
    assert!(parse_request_head(&fields(MAX_FIELDS)).is_ok_and(|head| head.is_some()));
    let problem =
        |octets: &[u8]| parse_request_head(octets).map_err(|error| (error.problem, error.problem.status()));
    assert_eq!(problem(&fields(MAX_FIELDS + 1)), Err((P::TooManyFields, 431)));

    let head = |value: usize| format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "y".repeat(value)).into_bytes();
    let room = MAX_HEAD_OCTETS - head(0).len();
    assert!(parse_request_head(&head(room)).is_ok_and(|head| head.is_some()));
    assert_eq!(problem(&head(room + 1)), Err((P::HeadTooLarge, 431)));
    assert_eq!(problem(&head(room + 1)[..MAX_HEAD_OCTETS]), Ok(None));
    assert_eq!(problem(&[b'G'; MAX_HEAD_OCTETS + 1]), Err((P::RequestLineTooLong, 414)));
    let status_line = [b"HTTP/1.1 200 ".as_slice(), &[b'O'; MAX_HEAD_OCTETS]].concat();
    assert_eq!(parse_response_head(&status_line).map_err(|error| error.problem), Err(P::HeadTooLarge));
}

/// Octets that resemble a head: pieces of heads in any order.
fn headlike() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(
        [
            "GET",
            "/",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/1.1 200 OK",
            " ",
            "\t",
            "\r\n",
            "\n",
            "\r",
            ":",
            "Host: a",
            "X",
            ",",
            "é",
            "\0",
            "GET / HTTP/1.1\r\n",
            "A: b\r\n",
            "HTTP/2.0",
            "200",
        ]
        .to_vec(),
    );
    let pieces = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![4 => pieces, 1 => prop::collection::vec(any::<u8>(), 0..64)]
}

fn whole_request() -> impl Strategy<Value = RequestHead> {
    let field = ("[a-zA-Z!#$%&'*+.^_`|~-]{1,12}", "([!-~é가]([ -~]{0,12}[!-~])?)?");
    let fields = prop::collection::vec(field.prop_map(|(name, value)| Field { name, value }), 0..8);
    ("[A-Z]{1,8}", "/[!-~]{0,20}", any::<bool>(), fields).prop_map(|(method, target, is_11, fields)| {
        RequestHead {
            method: Method::from(method.as_str()),
            target,
            version: if is_11 { Version::Http11 } else { Version::Http10 },
            headers: fields.into_iter().collect(),
        }
    })
}

proptest! {
    #[test]
    fn encoded_heads_parse_to_the_same_head(head in whole_request()) {
        let octets = head.encode();
        prop_assert_eq!(parse_request_head(&octets), Ok(Some((head, octets.len()))));
    }

    #[test]
    fn values_of_any_octets_round_trip(value in prop::collection::vec(0x80..=0xFF_u8, 1..20)) {
        let octets = [b"GET / HTTP/1.1\r\nX: ".as_slice(), &value, b"\r\n\r\n"].concat();
        let (head, _) = parse_request_head(&octets).unwrap().unwrap();
        prop_assert_eq!(head.encode(), octets);
    }

    #[test]
    fn no_octets_panic(octets in headlike()) {
        let _ = parse_request_head(&octets);
        let _ = parse_response_head(&octets);
    }

    /// httparse is the more lenient parser: what is accepted here it accepts too, with the same fields.
    #[test]
    fn httparse_agrees_on_requests(octets in headlike()) {
        if let Ok(Some((head, taken))) = parse_request_head(&octets) {
            let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
            let mut other = httparse::Request::new(&mut fields);
            // It knows no minor version beyond 1, and takes no other method than a token either.
            prop_assert_eq!(other.parse(&octets), Ok(httparse::Status::Complete(taken)));
            prop_assert_eq!(other.method, Some(head.method.as_str()));
            prop_assert_eq!(other.path, Some(head.target.as_str()));
            prop_assert_eq!(other.version, Some(u8::from(head.version == Version::Http11)));
            same_fields(&head.headers, other.headers)?;
        }
    }

    #[test]
    fn httparse_agrees_on_responses(octets in headlike()) {
        if let Ok(Some((head, taken))) = parse_response_head(&octets) {
            let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
            let mut other = httparse::Response::new(&mut fields);
            let mut config = httparse::ParserConfig::default();
            config.allow_spaces_after_header_name_in_responses(true);
            config.allow_obsolete_multiline_headers_in_responses(true);
            prop_assert_eq!(config.parse_response(&mut other, &octets), Ok(httparse::Status::Complete(taken)));
            prop_assert_eq!(other.code, Some(head.status));
            let is_folded = other.headers.iter().any(|field| field.value.contains(&b'\n'));
            if !is_folded {
                same_fields(&head.headers, other.headers)?;
            }
        }
    }
}

fn same_fields(ours: &Headers, theirs: &[httparse::Header<'_>]) -> Result<(), TestCaseError> {
    prop_assert_eq!(ours.len(), theirs.len());
    for (our, their) in ours.iter().zip(theirs) {
        prop_assert_eq!(our.name.as_str(), their.name);
        prop_assert_eq!(&our.value, &text(trim_ows(their.value)));
    }
    Ok(())
}
