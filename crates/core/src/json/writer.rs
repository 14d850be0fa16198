//! Writes JSON.

use super::ToJson;

/// A JSON text that is being written.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    is_pretty: bool,
    depth: usize,
    /// Whether something stands before in the same brackets.
    has_before: bool,
}

impl Writer {
    /// A writer for people.
    pub(super) fn pretty() -> Self {
        Self { is_pretty: true, ..Self::default() }
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn new_line(&mut self) {
        if self.is_pretty {
            self.text.push('\n');
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
        }
    }

    /// Opens a bracket.
    pub fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.has_before = false;
    }

    /// Closes a bracket.
    pub fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if self.has_before {
            self.new_line();
        }
        self.text.push(bracket);
        self.has_before = true;
    }

    fn next(&mut self) {
        if self.has_before {
            self.text.push(',');
        }
        self.new_line();
        self.has_before = true;
    }

    /// Writes an item of a list.
    pub fn item(&mut self, value: &dyn ToJson) {
        self.next();
        value.write(self);
    }

    /// Writes a member of an object.
    pub fn member(&mut self, name: &str, value: &dyn ToJson) {
        self.key(name);
        value.write(self);
    }

    fn key(&mut self, name: &str) {
        self.next();
        self.string(name);
        self.text.push_str(if self.is_pretty { ": " } else { ":" });
    }

    /// Opens an object whose one member is an object of this name.
    pub fn open_variant(&mut self, name: &str) {
        self.open('{');
        self.key(name);
        self.open('{');
    }

    /// Closes what [`Writer::open_variant`] opened.
    pub fn close_variant(&mut self) {
        self.close('}');
        self.close('}');
    }

    /// Writes what is a value as it stands: a number, `true`, `null`.
    pub fn raw(&mut self, value: &str) {
        self.text.push_str(value);
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        self.text.push('"');
        for letter in text.chars() {
            let short = match letter {
                '"' => '"',
                '\\' => '\\',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\0'..'\u{20}' => {
                    let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                    let code = u32::from(letter);
                    self.text.push_str("\\u00");
                    self.text.extend([digit(code / 16), digit(code % 16)]);
                    continue;
                }
                _ => {
                    self.text.push(letter);
                    continue;
                }
            };
            self.text.extend(['\\', short]);
        }
        self.text.push('"');
    }
}
