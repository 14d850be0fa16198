//! The steps of RFC 9112 section 6.3, case by case.

use super::*;

fn headers(fields: &[(&str, &str)]) -> Headers {
    fields.iter().map(|&(name, value)| crate::http::Field::new(name, value)).collect()
}

type Fields = &'static [(&'static str, &'static str)];

const CL: &str = "Content-Length";
const TE: &str = "Transfer-Encoding";

#[test]
fn requests() {
    use BodyLength::{Chunked, Exactly, None};
    use MessageProblem as E;
    let ok = |length, rule| Ok(Framing { length, rule });
    let cases: [(Version, Fields, Result<Framing, MessageProblem>); 27] = [
        // Step 7.
        (Version::Http11, &[], ok(None, Rule::NoBody)),
        (Version::Http10, &[], ok(None, Rule::NoBody)),
        // Step 6.
        (Version::Http11, &[(CL, "0")], ok(Exactly(0), Rule::ContentLength)),
        (Version::Http10, &[(CL, "3")], ok(Exactly(3), Rule::ContentLength)),
        (Version::Http11, &[("content-LENGTH", "007")], ok(Exactly(7), Rule::ContentLength)),
        (Version::Http11, &[(CL, "18446744073709551615")], ok(Exactly(u64::MAX), Rule::ContentLength)),
        // Step 5.
        (Version::Http11, &[(CL, "3, 3")], ok(Exactly(3), Rule::ContentLength)),
        (Version::Http11, &[(CL, "3"), (CL, "3")], ok(Exactly(3), Rule::ContentLength)),
        (Version::Http11, &[(CL, "3"), (CL, "03")], ok(Exactly(3), Rule::ContentLength)),
        (Version::Http11, &[(CL, "3, 4")], Err(E::ConflictingContentLengths)),
        (Version::Http11, &[(CL, "3"), (CL, "4")], Err(E::ConflictingContentLengths)),
        (Version::Http11, &[(CL, "")], Err(E::InvalidContentLength)),
        (Version::Http11, &[(CL, "3,")], Err(E::InvalidContentLength)),
        (Version::Http11, &[(CL, "+3")], Err(E::InvalidContentLength)),
        (Version::Http11, &[(CL, "-1")], Err(E::InvalidContentLength)),
        (Version::Http11, &[(CL, "3 3")], Err(E::InvalidContentLength)),
        (Version::Http11, &[(CL, "0x3")], Err(E::InvalidContentLength)),
        (Version::Http11, &[(CL, "18446744073709551616")], Err(E::ContentLengthTooLarge)),
        // Step 4.
        (Version::Http11, &[(TE, "chunked")], ok(Chunked, Rule::ChunkedBody)),
        (Version::Http11, &[(TE, "Chunked")], ok(Chunked, Rule::ChunkedBody)),
        (Version::Http11, &[(TE, "gzip")], Err(E::ChunkedNotLast)),
        (Version::Http11, &[(TE, "chunked, gzip")], Err(E::ChunkedNotLast)),
        (Version::Http11, &[(TE, "")], Err(E::ChunkedNotLast)),
        (Version::Http11, &[(TE, "gzip, chunked")], Err(E::UnknownTransferCoding)),
        (Version::Http11, &[(TE, "chunked"), (TE, "chunked")], Err(E::ChunkedTwice)),
        // Step 3.
        (Version::Http11, &[(CL, "3"), (TE, "chunked")], ok(Chunked, Rule::ChunkedOverLength)),
        // Section 6.1.
        (Version::Http10, &[(TE, "chunked"), (CL, "3")], Err(E::TransferEncodingIn10)),
    ];
    for (version, fields, framing) in cases {
        let request =
            RequestHead { headers: headers(fields), ..RequestHead::new(Method::Post, "/", version) };
        let outcome = request_body_length(&request).map_err(|error| error.problem);
        assert_eq!(outcome, framing, "{request}");
    }
}

#[test]
fn responses() {
    use BodyLength::{Chunked, Exactly, None, UntilClose};
    use MessageProblem as E;
    let ok = |length, rule| Ok(Framing { length, rule });
    type Outcome = Result<Framing, MessageProblem>;
    let cases: [(&str, u16, Version, Fields, Outcome); 20] = [
        // Step 1.
        ("HEAD", 200, Version::Http11, &[(CL, "9")], ok(None, Rule::BodylessResponse)),
        ("HEAD", 200, Version::Http11, &[(TE, "chunked")], ok(None, Rule::BodylessResponse)),
        ("GET", 100, Version::Http11, &[], ok(None, Rule::BodylessResponse)),
        ("GET", 199, Version::Http11, &[(CL, "9")], ok(None, Rule::BodylessResponse)),
        ("GET", 204, Version::Http11, &[(CL, "9")], ok(None, Rule::BodylessResponse)),
        ("GET", 304, Version::Http11, &[(CL, "9")], ok(None, Rule::BodylessResponse)),
        ("GET", 205, Version::Http11, &[(CL, "0")], ok(Exactly(0), Rule::ContentLength)),
        // Step 2.
        ("CONNECT", 200, Version::Http11, &[(CL, "9")], ok(None, Rule::ConnectTunnel)),
        ("CONNECT", 299, Version::Http11, &[(TE, "chunked")], ok(None, Rule::ConnectTunnel)),
        ("CONNECT", 407, Version::Http11, &[(CL, "9")], ok(Exactly(9), Rule::ContentLength)),
        // Step 3.
        ("GET", 200, Version::Http11, &[(TE, "chunked"), (CL, "9")], ok(Chunked, Rule::ChunkedOverLength)),
        // Step 4.
        ("GET", 200, Version::Http11, &[(TE, "chunked")], ok(Chunked, Rule::ChunkedBody)),
        ("GET", 200, Version::Http11, &[(TE, "gzip, chunked")], ok(Chunked, Rule::ChunkedBody)),
        ("GET", 200, Version::Http11, &[(TE, "gzip"), (CL, "9")], ok(UntilClose, Rule::UntilClose)),
        ("GET", 200, Version::Http11, &[(TE, "chunked, chunked")], Err(E::ChunkedTwice)),
        // Section 6.1.
        ("GET", 200, Version::Http10, &[(TE, "chunked")], Err(E::TransferEncodingIn10)),
        // Steps 5 and 6.
        ("GET", 200, Version::Http10, &[(CL, "9")], ok(Exactly(9), Rule::ContentLength)),
        ("GET", 200, Version::Http11, &[(CL, "9, 8")], Err(E::ConflictingContentLengths)),
        // Step 8.
        ("GET", 200, Version::Http11, &[], ok(UntilClose, Rule::UntilClose)),
        ("POST", 404, Version::Http10, &[], ok(UntilClose, Rule::UntilClose)),
    ];
    for (method, status, version, fields, framing) in cases {
        let response = ResponseHead { headers: headers(fields), ..ResponseHead::new(version, status) };
        let outcome = response_body_length(&Method::from(method), &response).map_err(|error| error.problem);
        assert_eq!(outcome, framing, "{method} {response}");
    }
}

#[test]
fn errors_point_to_the_field() {
    for (fields, index, octet) in [
        (&[("Host", "a"), (CL, "+5")][..], 1, 0),
        (&[(CL, "5"), ("X", "y"), (CL, "6")], 2, 0),
        (&[(CL, "5, 5 ,\t6")], 0, 7),
        (&[(CL, "99999999999999999999")], 0, 0),
        (&[("Host", "a"), (TE, "gzip")], 1, 0),
        (&[(TE, "chunked"), (TE, "chunked")], 1, 0),
    ] {
        let request =
            RequestHead { headers: headers(fields), ..RequestHead::new(Method::Post, "/", Version::Http11) };
        let error = request_body_length(&request).expect_err("the framing is faulty");
        assert_eq!(error.part, HeadPart::Field { index, octet }, "{request}");
    }
}
