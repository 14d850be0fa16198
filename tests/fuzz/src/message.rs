//! What is typed or received as a message: HTTP in octets and as text, a line of a console, a display filter.

use playground_core::http::{Decoded, Decoder, Method, RequestText, ResponseText};
use playground_core::node::Statement;
use playground_playback::Filter;

/// Reads a message; the first octet chooses what it is.
///
/// # Panics
///
/// When octets that arrive one by one mean something else than octets that arrive together, or when a text that was
/// written cannot be read as the same one.
pub fn message(octets: &[u8]) {
    let Some((&kind, octets)) = octets.split_first() else { return };
    match kind % 6 {
        0 => arrives_in_any_parts(octets, Decoder::requests),
        1 => arrives_in_any_parts(octets, responses),
        kind => {
            let Some(text) = crate::text(octets) else { return };
            match kind {
                2 => requests_as_text(text),
                3 => response_as_text(text),
                4 => drop(Statement::parse(text)),
                _ => drop(Filter::parse(text)),
            }
        }
    }
}

fn responses() -> Decoder {
    let mut decoder = Decoder::responses();
    for method in [Method::Get, Method::Head, Method::Post, Method::Connect] {
        decoder.expect(method);
    }
    decoder
}

/// How a stream ends whose messages are whole.
const WHOLE: &str = "None, switched: false";

/// Decodes a stream from parts of it: the pieces, body octets that follow each other as one, and how it ended.
fn decoded<'a>(parts: impl Iterator<Item = &'a [u8]>, mut decoder: Decoder) -> (Vec<Decoded>, String) {
    let mut pieces: Vec<Decoded> = Vec::new();
    let mut take = |decoder: &mut Decoder| loop {
        match decoder.next_piece() {
            Ok(Some(piece)) => match (pieces.last_mut(), piece.decoded) {
                (Some(Decoded::Body(before)), Decoded::Body(more)) => {
                    *before = [&before[..], &more[..]].concat().into();
                }
                (_, decoded) => pieces.push(decoded),
            },
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    };
    let mut error = None;
    for part in parts {
        decoder.push(part);
        error = error.or(take(&mut decoder));
    }
    decoder.close();
    let error = error.or(take(&mut decoder));
    (pieces, format!("{error:?}, switched: {}", decoder.is_switched()))
}

fn arrives_in_any_parts(octets: &[u8], decoder: fn() -> Decoder) {
    let together = decoded(std::iter::once(octets), decoder());
    assert_eq!(decoded(octets.chunks(1), decoder()), together);
    assert_eq!(decoded(octets.chunks(7), decoder()), together);
}

fn requests_as_text(text: &str) {
    let Ok(read) = RequestText::parse(text) else { return };
    let written = read.to_string();
    let again = RequestText::parse(&written).expect("what was written can be read");
    let octets = |text: &RequestText<'_>| -> Vec<Vec<u8>> {
        text.requests().iter().map(|request| request.octets().to_vec()).collect()
    };
    let sent = octets(&read);
    // Where a malformed body ends is a guess, which may be another one in the other text.
    let (_, end) = decoded(sent.iter().map(Vec::as_slice), Decoder::requests());
    if end == WHOLE {
        assert_eq!(octets(&again), sent, "{written}");
    }
}

fn response_as_text(text: &str) {
    let Ok(Some(read)) = ResponseText::parse(text) else { return };
    for octet in 0..=read.octets().len() as u64 {
        let place = read.place(octet);
        assert!(place.line >= 1 && place.column >= 1);
    }
}
