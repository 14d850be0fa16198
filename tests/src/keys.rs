//! Keys by the names that a page's `KeyboardEvent.key` has for them.

use anyhow::{Context, Result, bail};
use fantoccini::key::Key;

/// One press: the keys held down, and the key itself, as WebDriver writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Press {
    pub(crate) held: Vec<char>,
    pub(crate) key: char,
}

impl Press {
    /// Reads `"ArrowRight"`, `"?"`, `"Shift+Tab"`, `"Control+Shift+z"`.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        // A plus sign on its own is a key, not a joint.
        let (held, key) = match text.rfind('+') {
            Some(at) if at > 0 && at + 1 < text.len() => (&text[..at], &text[at + 1..]),
            _ => ("", text),
        };
        Ok(Self {
            held: held.split('+').filter(|name| !name.is_empty()).map(code_of).collect::<Result<_>>()?,
            key: code_of(key)?,
        })
    }
}

/// Reads a list such as `"ArrowRight*3 Enter Shift+Tab"` into single presses.
///
/// # Errors
/// When a count is no number or a key is not known.
pub fn parse_keys(text: &str) -> Result<Vec<String>> {
    let mut presses = Vec::new();
    for word in text.split_whitespace() {
        let (name, count) = match word.rsplit_once('*') {
            Some((name, count)) if !name.is_empty() => {
                (name, count.parse::<usize>().with_context(|| format!("{word:?}: how often?"))?)
            }
            _ => (word, 1),
        };
        Press::parse(name)?;
        presses.extend(std::iter::repeat_n(name.to_owned(), count));
    }
    Ok(presses)
}

fn code_of(name: &str) -> Result<char> {
    let key = match name {
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "Space" => return Ok(' '),
        _ => {
            let mut letters = name.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(letter),
                _ => bail!("{name:?} is no key known here: use the names of KeyboardEvent.key"),
            };
        }
    };
    Ok(key.into())
}

#[cfg(test)]
mod tests {
    use super::{Press, parse_keys};

    #[test]
    fn counts_are_unfolded() {
        assert_eq!(
            parse_keys("ArrowRight*2 Enter Shift+Tab").unwrap(),
            ["ArrowRight", "ArrowRight", "Enter", "Shift+Tab"]
        );
        assert!(parse_keys("ArrowRight*x").is_err());
        assert!(parse_keys("Rightwards").is_err());
    }

    #[test]
    fn a_plus_sign_is_a_key_too() {
        let plus = Press::parse("+").unwrap();
        assert_eq!((plus.held.len(), plus.key), (0, '+'));
        let held = Press::parse("Control+Shift+z").unwrap();
        assert_eq!((held.held.len(), held.key), (2, 'z'));
    }
}
