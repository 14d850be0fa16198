//! A value as an error repeats it.

/// The most characters of a value that an error repeats.
const QUOTED_MOST: usize = 60;

/// A value as an error repeats it: on one line, without control characters, cut where it is long.
pub fn quoted(value: &str) -> String {
    let mut text = String::new();
    for (index, character) in value.chars().enumerate() {
        if index == QUOTED_MOST {
            text.push('…');
            break;
        }
        // Characters that reorder or hide text are no letters either.
        if character.is_control() || is_invisible(character) {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    text
}

/// Marks of direction, joiners and line separators, which a terminal does not show as characters.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn values_are_quoted_short_and_without_control_characters() {
        for (value, expected) in [
            ("5", "5".to_owned()),
            ("\u{1b}[2J\r\n\0", "\\u{1b}[2J\\r\\n\\u{0}".to_owned()),
            ("a\u{202e}b\u{9b}", "a\\u{202e}b\\u{9b}".to_owned()),
            (&"é".repeat(61), format!("{}…", "é".repeat(60))),
            (&"é".repeat(60), "é".repeat(60)),
        ] {
            assert_eq!(quoted(value), expected);
        }
    }
}
