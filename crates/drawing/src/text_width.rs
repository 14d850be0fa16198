//! Estimated text widths, for layouts made before the browser measures anything.

/// The page's typefaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The system sans.
    Sans,
    /// The monospace of wire text.
    Mono,
}

/// A character's share of the font size: estimates a little wider than the faces in the stack.
fn advance(character: char, face: Face) -> f64 {
    match (face, character) {
        (
            _,
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ff60}',
        ) => {
            if face == Face::Mono {
                1.0
            } else {
                0.92
            }
        }
        (Face::Mono, _) => 0.605,
        (Face::Sans, 'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' | ' ') => 0.28,
        (Face::Sans, 'f' | 'r' | 't' | '(' | ')' | '-' | '·' | '“' | '”') => 0.38,
        (Face::Sans, 'm' | 'w' | 'M' | 'W' | '→') => 0.88,
        (Face::Sans, 'A'..='Z') => 0.66,
        (Face::Sans, _) => 0.56,
    }
}

/// The estimated width of `text` at `size`, in the unit of `size`.
pub fn text_width(text: &str, size: f64, face: Face) -> f64 {
    text.chars().map(|character| advance(character, face)).sum::<f64>() * size
}

/// `text` if it fits into `room`, otherwise its beginning with an ellipsis.
pub fn fitted(text: &str, size: f64, face: Face, room: f64) -> String {
    if text_width(text, size, face) <= room {
        return text.to_owned();
    }
    let room = room - text_width("…", size, face);
    let mut width = 0.0;
    let mut kept = String::new();
    for character in text.chars() {
        width += advance(character, face) * size;
        if width > room {
            break;
        }
        kept.push(character);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The units of numbers: no line breaks before them.
const UNITS: [&str; 6] = ["B", "kB", "MB", "s", "ms", "µs"];

/// The words of a text, a number with its unit as one.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let is_unit = UNITS.contains(&word.trim_end_matches(|end: char| !end.is_alphanumeric()));
        match words.last_mut() {
            Some(number) if is_unit && number.ends_with(|end: char| end.is_ascii_digit()) => {
                number.push(' ');
                number.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// `text` broken at spaces into at most `most` lines no wider than `room`; the last is cut when it must be.
pub fn wrapped(text: &str, size: f64, face: Face, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = words(text).into_iter();
    let mut line = String::new();
    while let Some(word) = words.next() {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if line.is_empty() || text_width(&longer, size, face) <= room {
            line = longer;
            continue;
        }
        if lines.len() + 1 >= most {
            // The last line takes the rest, and is cut below.
            line = words.fold(longer, |rest, word| format!("{rest} {word}"));
            break;
        }
        lines.push(std::mem::replace(&mut line, word));
    }
    lines.push(line);
    lines.iter().map(|line| fitted(line, size, face, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_only_if_it_does_not_fit() {
        assert_eq!(fitted("GET /a", 10.0, Face::Mono, 40.0), "GET /a");
        assert_eq!(fitted("GET /abcdef", 10.0, Face::Mono, 40.0), "GET /…");
    }

    #[test]
    fn lines_break_at_spaces_and_the_last_is_cut() {
        let lines = wrapped("one two three four five", 10.0, Face::Mono, 50.0, 2);
        assert_eq!(lines, ["one two", "three f…"]);
        assert_eq!(wrapped("one", 10.0, Face::Mono, 50.0, 2), ["one"]);
        assert_eq!(wrapped("cut (72 B)", 10.0, Face::Mono, 50.0, 2), ["cut", "(72 B)"]);
    }
}
