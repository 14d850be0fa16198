//! Percent-encoding of query components, and base64url for whole scenarios.

use std::fmt::Write as _;

/// Writes a component so that it can stand between `&` and `=`.
///
/// Source: RFC 3986 section 2.1; what is unreserved there stands for itself, and so do `,:@/!$()*;'`, which a query
/// may hold, where they make addresses easier to read.
pub fn encode(component: &str, out: &mut String) {
    for octet in component.bytes() {
        match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' | b'/' => {
                out.push(char::from(octet));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{octet:02X}");
            }
        }
    }
}

/// Reads a component; none when an escape is broken or the octets are not UTF-8.
pub fn decode(component: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(component.len());
    let mut rest = component.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'+' => b' ',
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            _ => octet,
        });
    }
    String::from_utf8(octets).ok()
}

fn digit(octet: u8) -> Option<u8> {
    char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes octets as base64url without padding.
///
/// Source: RFC 4648 section 5.
pub fn to_base64url(octets: &[u8]) -> String {
    let mut out = String::with_capacity(octets.len().div_ceil(3) * 4);
    for group in octets.chunks(3) {
        let bits = group
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (place, octet)| bits | u32::from(*octet) << (16 - 8 * place));
        for place in 0..=group.len() {
            let index = (bits >> (18 - 6 * place)) & 0x3f;
            out.push(char::from(ALPHABET[index as usize]));
        }
    }
    out
}

/// Reads base64url without padding; none when a character or the length is wrong.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        if group.len() == 1 {
            return None;
        }
        let mut bits = 0_u32;
        for (place, letter) in group.iter().enumerate() {
            let value = ALPHABET.iter().position(|known| known == letter)?;
            bits |= u32::try_from(value).ok()? << (18 - 6 * place);
        }
        let octets = bits.to_be_bytes();
        out.extend_from_slice(&octets[1..group.len()]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn base64url_is_that_of_the_rfc() {
        for (octets, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{3ff}?", "z78_")]
        {
            assert_eq!(to_base64url(octets.as_bytes()), text);
            assert_eq!(from_base64url(text).as_deref(), Some(octets.as_bytes()));
        }
        assert_eq!(from_base64url("A"), None);
        assert_eq!(from_base64url("Zm9v!A"), None);
    }

    #[test]
    fn broken_escapes_are_refused() {
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
        assert_eq!(decode("a+b%20c").as_deref(), Some("a b c"));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text in ".*") {
            let mut out = String::new();
            encode(&text, &mut out);
            prop_assert!(out.is_ascii());
            prop_assert_eq!(decode(&out), Some(text));
        }

        #[test]
        fn what_is_base64url_comes_back(octets in proptest::collection::vec(any::<u8>(), 0..64)) {
            let there = to_base64url(&octets);
            prop_assert_eq!(from_base64url(&there), Some(octets));
        }

        #[test]
        fn nothing_panics(text in ".*") {
            let _ = decode(&text);
            let _ = from_base64url(&text);
        }
    }
}
