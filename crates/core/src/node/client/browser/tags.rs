//! A scanner for the start tags of HTML, fed with octets in pieces of any length.

/// The longest tag that is looked at, octets.
const TAG_AT_MOST: usize = 1_024;

/// A tag with a `src` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamingTag {
    /// The value of `src`.
    pub src: Vec<u8>,
    /// Whether it has `width` and `height`.
    pub sized: bool,
    /// How many of the octets pushed last had been read when the tag was whole.
    pub read: usize,
}

/// Reads HTML and finds the tags with a `src` attribute.
#[derive(Debug, Default)]
pub(super) struct TagReader {
    /// The octets since `<`; none outside of tags.
    tag: Option<Vec<u8>>,
    /// Whether the tag was longer than that and is cut.
    too_long: bool,
}

impl TagReader {
    /// Takes the next octets and returns the tags with `src` that they complete.
    pub fn push(&mut self, octets: &[u8]) -> Vec<NamingTag> {
        let mut found = Vec::new();
        for (index, octet) in octets.iter().enumerate() {
            match (&mut self.tag, octet) {
                (None, b'<') => (self.tag, self.too_long) = (Some(Vec::new()), false),
                (None, _) => {}
                // A comment ends with --> only.
                (Some(tag), b'>') if tag.starts_with(b"!--") && !tag.ends_with(b"--") => tag.push(b'>'),
                (Some(tag), b'>') => {
                    if let Some((src, sized)) = source(tag).filter(|_| !self.too_long) {
                        found.push(NamingTag { src, sized, read: index + 1 });
                    }
                    self.tag = None;
                }
                // Of a comment only its beginning and end are kept, and of an overlong tag its beginning.
                (Some(tag), octet) => {
                    if tag.len() >= TAG_AT_MOST {
                        tag.drain(3..TAG_AT_MOST - 1);
                        self.too_long = true;
                    }
                    tag.push(*octet);
                }
            }
        }
        found
    }
}

/// The `src` of a start tag, and whether `width` and `height` stand beside it.
fn source(tag: &[u8]) -> Option<(Vec<u8>, bool)> {
    if !tag.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let end = tag.iter().position(u8::is_ascii_whitespace)?;
    let mut rest = &tag[end..];
    let (mut src, mut width, mut height) = (None, false, false);
    while let Some((name, value, after)) = attribute(rest) {
        if name.eq_ignore_ascii_case(b"src") {
            src.get_or_insert_with(|| value.to_vec());
        }
        width |= name.eq_ignore_ascii_case(b"width");
        height |= name.eq_ignore_ascii_case(b"height");
        rest = after;
    }
    Some((src?, width && height))
}

/// The next attribute: its name, its value (empty without one), and what follows.
fn attribute(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let is_space = |octet: &u8| octet.is_ascii_whitespace() || *octet == b'/';
    let text = &text[text.iter().position(|octet| !is_space(octet))?..];
    // An = at the beginning is the name's first character: HTML, section 13.2.5.32.
    let ends = |octet: &u8| is_space(octet) || *octet == b'=';
    let (name, rest) = text.split_at(text[1..].iter().position(ends).map_or(text.len(), |after| after + 1));
    let trimmed = rest.trim_ascii_start();
    let Some(value) = trimmed.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else {
        return Some((name, &[], rest));
    };
    match value.first() {
        Some(quote @ (b'"' | b'\'')) => {
            let value = &value[1..];
            let end = value.iter().position(|octet| octet == quote).unwrap_or(value.len());
            Some((name, &value[..end], value.get(end + 1..).unwrap_or_default()))
        }
        _ => {
            let end = value.iter().position(u8::is_ascii_whitespace).unwrap_or(value.len());
            let (value, rest) = value.split_at(end);
            Some((name, value, rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pieces: &[&str]) -> Vec<(String, bool)> {
        let mut reader = TagReader::default();
        pieces
            .iter()
            .flat_map(|piece| reader.push(piece.as_bytes()))
            .map(|tag| (String::from_utf8(tag.src).expect("text"), tag.sized))
            .collect()
    }

    #[test]
    fn a_tag_names_an_object_by_its_src() {
        for (html, expected) in [
            (r#"<img src="/a.jpg">"#, vec![("/a.jpg", false)]),
            ("<IMG SRC='/a.jpg' WIDTH=96 HEIGHT=96>", vec![("/a.jpg", true)]),
            ("<p>text</p><img width=1 src=/b.gif /><br>", vec![("/b.gif", false)]),
            (r#"<img src="/a" height="1" width="2"><img src="/b">"#, vec![("/a", true), ("/b", false)]),
            (r#"<a href="/c"><!-- <img src="/a"> --><img alt src="/b">"#, vec![("/b", false)]),
            ("<img", vec![]),
            ("</img src=/a>", vec![]),
            ("a < b <img = src=/a>", vec![]),
            ("<img =src=/a>", vec![]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(src, sized): (&str, bool)| (src.to_owned(), sized)).collect();
            assert_eq!(read(&[html]), expected, "{html}");
        }
    }

    #[test]
    fn it_does_not_matter_how_the_octets_come() {
        let html = r#"<html><img src="/a.jpg"><p>x</p><img src="/b.jpg" width="1" height="1"></html>"#;
        for at in 0..html.len() {
            let (one, other) = html.split_at(at);
            assert_eq!(read(&[one, other]), read(&[html]), "split at {at}");
        }
    }

    #[test]
    fn what_is_too_long_is_passed_over() {
        let comment = format!("<!-- {} --><img src=/a>", "<img src=/x> ".repeat(300));
        assert_eq!(read(&[&comment]), [("/a".to_owned(), false)]);
        let tag = format!("<img src=/x {}><img src=/a>", "y ".repeat(2_000));
        assert_eq!(read(&[&tag]), [("/a".to_owned(), false)]);
    }

    #[test]
    fn a_name_is_known_from_its_last_octet_on() {
        let mut reader = TagReader::default();
        assert_eq!(reader.push(b"<img src=/a"), []);
        assert_eq!(reader.push(b"> and more").first().map(|tag| tag.read), Some(1));
    }

    proptest! {
        #[test]
        fn any_octets_are_read_in_any_pieces(
            html in "(<|>|=|\"|'|/| |-|!|src|img|width|height|a|\\PC){0,60}",
            at in 0_usize..60,
        ) {
            let octets = html.as_bytes();
            let (one, other) = octets.split_at(at.min(octets.len()));
            let mut whole = TagReader::default();
            let mut pieces = TagReader::default();
            let mut split = pieces.push(one);
            split.extend(pieces.push(other).into_iter().map(|tag| NamingTag { read: tag.read + one.len(), ..tag }));
            prop_assert_eq!(whole.push(octets), split);
        }
    }
}
