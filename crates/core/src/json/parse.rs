//! From a text to its values. RFC 8259.

use std::borrow::Cow;

use super::{Json, JsonError};

/// Values stand in each other at most so deep.
const DEEPEST: u32 = 64;

/// What was expected where the text goes on otherwise.
type Expected = &'static str;

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Json<'t> {
    /// Takes a text apart.
    ///
    /// Errors: what was expected, in which line and column.
    pub fn parse(text: &'t str) -> Result<Self, JsonError> {
        let mut parser = Parser { text, at: 0 };
        let read = parser.value(DEEPEST).and_then(|value| match parser.peek() {
            None => Ok(value),
            Some(_) => Err("the end"),
        });
        read.map_err(|expected| parser.error(expected))
    }
}

impl<'t> Parser<'t> {
    fn error(&self, expected: Expected) -> JsonError {
        let before = &self.text.as_bytes()[..self.at.min(self.text.len())];
        let line = before.iter().filter(|octet| **octet == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|octet| **octet != b'\n').count() + 1;
        JsonError {
            field: String::new(),
            problem: format!("not JSON at line {line}, column {column}: expected {expected}"),
        }
    }

    /// The octet here.
    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The octet after white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.here() {
            self.at += 1;
        }
        self.here()
    }

    /// Steps over a word that begins here.
    fn word(&mut self, word: &'static str) -> Result<(), Expected> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(word);
        }
        self.at += word.len();
        Ok(())
    }

    fn value(&mut self, depth: u32) -> Result<Json<'t>, Expected> {
        let Some(deeper) = depth.checked_sub(1) else { return Err("fewer values in each other") };
        match self.peek() {
            Some(b'n') => self.word("null").map(|()| Json::Null),
            Some(b't') => self.word("true").map(|()| Json::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Json::Bool(false)),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'[') => {
                let mut items = Vec::new();
                while self.goes_on(b']', items.is_empty(), "`,` or `]`")? {
                    items.push(self.value(deeper)?);
                }
                Ok(Json::Array(items))
            }
            Some(b'{') => {
                let mut members = Vec::new();
                while self.goes_on(b'}', members.is_empty(), "`,` or `}`")? {
                    if self.peek() != Some(b'"') {
                        return Err("a field's name in quotes");
                    }
                    let name = self.string()?;
                    self.peek();
                    self.word(":")?;
                    members.push((name, self.value(deeper)?));
                }
                Ok(Json::Object(members))
            }
            _ => Err("a value"),
        }
    }

    /// Steps over the bracket or the comma before the next part, or over the bracket behind the last.
    fn goes_on(&mut self, end: u8, is_first: bool, expected: Expected) -> Result<bool, Expected> {
        let found = self.peek();
        if is_first {
            // The opening bracket; an end may follow at once.
            self.at += 1;
            if self.peek() == Some(end) {
                self.at += 1;
                return Ok(false);
            }
            return Ok(true);
        }
        if found != Some(b',') && found != Some(end) {
            return Err(expected);
        }
        self.at += 1;
        Ok(found == Some(b','))
    }

    fn digits(&mut self) -> Result<(), Expected> {
        let start = self.at;
        while self.here().is_some_and(|octet| octet.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err("a digit") } else { Ok(()) }
    }

    fn number(&mut self) -> Result<Json<'t>, Expected> {
        let start = self.at;
        if self.here() == Some(b'-') {
            self.at += 1;
        }
        if self.here() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.here() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.here() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.here() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Json::Number(&self.text[start..self.at]))
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Expected> {
        self.at += 1;
        let mut start = self.at;
        let mut text = Cow::Borrowed("");
        loop {
            match self.here() {
                None => return Err("the string's end"),
                Some(0..=0x1f) => return Err("no control character in a string"),
                Some(octet @ (b'"' | b'\\')) => {
                    text += &self.text[start..self.at];
                    self.at += 1;
                    if octet == b'"' {
                        return Ok(text);
                    }
                    text.to_mut().push(self.escaped()?);
                    start = self.at;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// The character behind a backslash.
    fn escaped(&mut self) -> Result<char, Expected> {
        let letter = self.here();
        self.at += 1;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.four_digits()?;
                let mut code = first;
                if let 0xd800..0xdc00 = first {
                    self.word("\\u")?;
                    let second = self.four_digits()?;
                    if !matches!(second, 0xdc00..0xe000) {
                        return Err("the second half of a character");
                    }
                    code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                }
                char::from_u32(code).ok_or("a character")?
            }
            _ => return Err("an escape of JSON"),
        })
    }

    fn four_digits(&mut self) -> Result<u32, Expected> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.here().and_then(|octet| char::from(octet).to_digit(16));
            code = code * 16 + digit.ok_or("four hexadecimal digits")?;
            self.at += 1;
        }
        Ok(code)
    }
}
