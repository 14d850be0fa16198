//! The octets of a head as text, without loss, and the character classes of RFC 9110.

/// Octets that are not UTF-8 stand in the private use area from here: `0x80` is U+F780, `0xFF` is U+F7FF.
const OPAQUE: u32 = 0xF700;

/// The octets as text: UTF-8 where they are UTF-8, otherwise one private-use character per octet.
///
/// A recipient treats obs-text "as opaque data": [`push_octets`] gives exactly the same octets back.
///
/// Source: RFC 9110 section 5.5.
pub(super) fn text(octets: &[u8]) -> String {
    if octets.is_ascii() {
        return String::from_utf8_lossy(octets).into_owned();
    }
    let mut text = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        for character in chunk.valid().chars() {
            // A character of the private range itself is kept as its octets, or it would not round-trip.
            if is_opaque(character) {
                let mut buffer = [0; 4];
                text.extend(character.encode_utf8(&mut buffer).bytes().map(opaque));
            } else {
                text.push(character);
            }
        }
        text.extend(chunk.invalid().iter().copied().map(opaque));
    }
    text
}

/// Appends the octets that `text` stands for.
pub(super) fn push_octets(text: &str, octets: &mut Vec<u8>) {
    if text.is_ascii() {
        return octets.extend_from_slice(text.as_bytes());
    }
    for character in text.chars() {
        if is_opaque(character) {
            octets.push((u32::from(character) - OPAQUE) as u8);
        } else {
            octets.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// How many octets `text` stands for.
pub(super) fn wire_len(text: &str) -> usize {
    text.chars().map(|character| if is_opaque(character) { 1 } else { character.len_utf8() }).sum()
}

fn is_opaque(character: char) -> bool {
    (OPAQUE + 0x80..=OPAQUE + 0xFF).contains(&u32::from(character))
}

fn opaque(octet: u8) -> char {
    char::from_u32(OPAQUE + u32::from(octet)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A character of a token: methods, field names, transfer codings.
///
/// Source: RFC 9110 section 5.6.2.
pub(super) const fn is_tchar(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(octet, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
}

/// Whether the octets are a token: one or more token characters.
pub(super) fn is_token(octets: &[u8]) -> bool {
    !octets.is_empty() && octets.iter().all(|&octet| is_tchar(octet))
}

/// A character that may stand in a field value or reason phrase: visible, obs-text, space or tab.
///
/// Source: RFC 9110 section 5.5.
pub(super) const fn is_field_text(octet: u8) -> bool {
    matches!(octet, b'\t' | b' '..=b'~' | 0x80..)
}

/// Optional whitespace: space or tab.
///
/// Source: RFC 9110 section 5.6.3.
pub(super) const fn is_ows(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// The octets without the optional whitespace around them.
pub(super) fn trim_ows(mut octets: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = octets
        && is_ows(*first)
    {
        octets = rest;
    }
    while let [rest @ .., last] = octets
        && is_ows(*last)
    {
        octets = rest;
    }
    octets
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn token_characters_are_those_of_the_grammar() {
        let others: Vec<u8> = (0..=127).filter(|&o: &u8| is_tchar(o) && !o.is_ascii_alphanumeric()).collect();
        assert_eq!(others, b"!#$%&'*+-.^_`|~");
        assert!(!(128..=255).any(is_tchar));
    }

    proptest! {
        #[test]
        fn every_octet_round_trips(octets in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut back = Vec::new();
            push_octets(&text(&octets), &mut back);
            prop_assert_eq!(wire_len(&text(&octets)), octets.len());
            prop_assert_eq!(back, octets);
        }

        #[test]
        fn private_characters_round_trip(string in "[\u{F770}-\u{F810}a]{0,8}") {
            let mut back = Vec::new();
            push_octets(&text(string.as_bytes()), &mut back);
            prop_assert_eq!(back, string.as_bytes());
        }
    }
}
