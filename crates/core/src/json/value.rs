//! A JSON text as values. RFC 8259.

use super::JsonError;
use super::place::Fault;
use crate::problem::Problem;

/// A value of a JSON text.
#[derive(Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// A whole number from 0.
    Unsigned(u64),
    /// A whole number below 0.
    Signed(i64),
    /// Any other number, as it is written.
    Number(String),
    String(String),
    Array(Vec<Self>),
    /// Members in the order of the text.
    Object(Vec<(String, Self)>),
}

/// So deep may lists and objects be nested, that reading and dropping them takes little of the stack.
const DEEPEST: usize = 127;

/// Reads a text.
///
/// Errors: what is wrong, with its line and column.
pub(super) fn parse(text: &str) -> Result<Value, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let value = parser.value()?;
    match parser.next() {
        None => Ok(value),
        Some(_) => Err(parser.fault(Problem::json_trailing)),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn octet(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first octet after white space.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.octet(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.octet()
    }

    /// Whether this octet is next, which is then behind.
    fn takes(&mut self, octet: u8) -> bool {
        let is_next = self.next() == Some(octet);
        self.at += usize::from(is_next);
        is_next
    }

    /// Something is wrong here, if only that the text ends.
    #[cold]
    fn fault(&self, problem: impl FnOnce(u64, u64) -> Problem) -> Fault {
        let past = &self.text[..self.text.floor_char_boundary(self.at)];
        let line = past.bytes().filter(|octet| *octet == b'\n').count() + 1;
        let before = past.rsplit('\n').next().unwrap_or_default().chars().count();
        let (line, before) = (line as u64, before as u64);
        let problem = match self.at < self.text.len() {
            true => problem(line, before + 1),
            false => Problem::json_ends_early(line, before),
        };
        Box::new(JsonError::here(problem))
    }

    fn expected(&self, what: &str) -> Fault {
        self.fault(|line, column| Problem::json_expected(line, column, what))
    }

    fn value(&mut self) -> Result<Value, Fault> {
        match self.next() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            _ => Err(self.fault(Problem::json_value)),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Fault> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.fault(Problem::json_value));
        }
        self.at += word.len();
        Ok(value)
    }

    fn nested(&mut self, content: fn(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        if self.depth == DEEPEST {
            return Err(self.fault(Problem::json_too_deep));
        }
        self.depth += 1;
        self.at += 1;
        let value = content(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Value, Fault> {
        let mut items = Vec::new();
        if self.takes(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.takes(b']') {
                return Ok(Value::Array(items));
            }
            if !self.takes(b',') {
                return Err(self.expected("“,” / “]”"));
            }
            if self.next() == Some(b']') {
                return Err(self.fault(Problem::json_trailing_comma));
            }
        }
    }

    fn object(&mut self) -> Result<Value, Fault> {
        let mut members = Vec::new();
        if self.takes(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            if self.next() != Some(b'"') {
                return Err(self.fault(Problem::json_name));
            }
            let name = self.string()?;
            if !self.takes(b':') {
                return Err(self.expected("“:”"));
            }
            members.push((name, self.value()?));
            if self.takes(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.takes(b',') {
                return Err(self.expected("“,” / “}”"));
            }
        }
    }

    /// RFC 8259 section 6.
    fn number(&mut self) -> Result<Value, Fault> {
        let from = self.at;
        self.skips(b"-");
        if !self.skips(b"0") {
            self.digits()?;
        } else if self.octet().is_some_and(|octet| octet.is_ascii_digit()) {
            return Err(self.fault(Problem::json_number));
        }
        if self.skips(b".") {
            self.digits()?;
        }
        if self.skips(b"eE") {
            self.skips(b"+-");
            self.digits()?;
        }
        let written = &self.text[from..self.at];
        Ok(match (written.parse(), written.parse()) {
            (Ok(number), _) => Value::Unsigned(number),
            (_, Ok(number)) => Value::Signed(number),
            _ => Value::Number(written.to_owned()),
        })
    }

    fn skips(&mut self, any: &[u8]) -> bool {
        let is_there = self.octet().is_some_and(|octet| any.contains(&octet));
        self.at += usize::from(is_there);
        is_there
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !self.octet().is_some_and(|octet| octet.is_ascii_digit()) {
            return Err(self.fault(Problem::json_number));
        }
        while self.octet().is_some_and(|octet| octet.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    /// RFC 8259 section 7.
    fn string(&mut self) -> Result<String, Fault> {
        let mut string = String::new();
        self.at += 1;
        loop {
            let from = self.at;
            while !matches!(self.octet(), None | Some(b'"' | b'\\' | 0..b' ')) {
                self.at += 1;
            }
            string.push_str(&self.text[from..self.at]);
            match self.octet() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escaped()?);
                }
                _ => return Err(self.fault(Problem::json_string)),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Fault> {
        let char = match self.octet() {
            Some(octet @ (b'"' | b'\\' | b'/')) => char::from(octet),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.utf16();
            }
            _ => return Err(self.fault(Problem::json_string)),
        };
        self.at += 1;
        Ok(char)
    }

    /// The four digits after `\u`, and the second half of a pair after them.
    fn utf16(&mut self) -> Result<char, Fault> {
        let first = self.unit()?;
        let mut units = vec![first];
        if matches!(first, 0xd800..0xdc00) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            units.push(self.unit()?);
        }
        match char::decode_utf16(units).next() {
            Some(Ok(char)) => Ok(char),
            _ => Err(self.fault(Problem::json_string)),
        }
    }

    fn unit(&mut self) -> Result<u16, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = self.octet().and_then(|octet| char::from(octet).to_digit(16)) else {
                return Err(self.fault(Problem::json_string));
            };
            unit = unit << 4 | digit as u16;
            self.at += 1;
        }
        Ok(unit)
    }
}
