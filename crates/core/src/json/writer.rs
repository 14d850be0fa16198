//! JSON as serde's derived writers give it: in one line, or for people.

use core::fmt::{self, Display, Write};

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A text that is being written.
pub(super) struct Writer {
    text: String,
    /// Whether it is laid out for people: a line for each member, indented by two spaces.
    for_people: bool,
    depth: usize,
    /// Whether what was opened last has nothing in it yet.
    is_empty: bool,
}

/// All that there is can be written to memory, so that nothing has to be passed on.
#[derive(Debug)]
pub(super) enum Never {}

type Written = Result<(), Never>;

impl Error for Never {
    fn custom<T: Display>(problem: T) -> Self {
        unreachable!("plain data can be written: {problem}")
    }
}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl Writer {
    pub(super) const fn new(for_people: bool) -> Self {
        Self { text: String::new(), for_people, depth: 0, is_empty: false }
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    fn open(&mut self, bracket: char, ends: &'static str) -> Open<'_> {
        self.text.push(bracket);
        self.depth += 1;
        self.is_empty = true;
        Open { writer: self, ends }
    }

    /// Opens the content of a variant: `{"name":[`
    fn variant(&mut self, name: &str, bracket: char, ends: &'static str) -> Open<'_> {
        self.open('{', "").name(name);
        self.open(bracket, ends)
    }

    fn line(&mut self) {
        if self.for_people {
            self.text.push('\n');
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
        }
    }

    fn word(&mut self, word: &str) -> Written {
        self.text.push_str(word);
        Ok(())
    }

    fn number(&mut self, number: &dyn Display) -> Written {
        // A String takes whatever is written.
        let _ = write!(self.text, "{number}");
        Ok(())
    }

    /// A string as RFC 8259 section 7 has it.
    fn quoted(&mut self, text: &str) -> Written {
        self.text.push('"');
        for char in text.chars() {
            match char {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\x08' => self.text.push_str("\\b"),
                '\x0c' => self.text.push_str("\\f"),
                '\0'..' ' => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(char));
                }
                _ => self.text.push(char),
            }
        }
        self.text.push('"');
        Ok(())
    }
}

/// An array or an object that is open.
pub(super) struct Open<'w> {
    writer: &'w mut Writer,
    ends: &'static str,
}

impl Open<'_> {
    /// What comes before each item.
    fn item(&mut self) {
        let writer = &mut *self.writer;
        if !writer.is_empty {
            writer.text.push(',');
        }
        writer.is_empty = false;
        writer.line();
    }

    fn colon(&mut self) {
        self.writer.text.push_str(if self.writer.for_people { ": " } else { ":" });
    }

    fn name(&mut self, name: &str) {
        self.item();
        let Ok(()) = self.writer.quoted(name);
        self.colon();
    }

    fn close(self) -> Written {
        for bracket in self.ends.chars() {
            self.writer.depth -= 1;
            if !self.writer.is_empty {
                self.writer.line();
            }
            self.writer.is_empty = false;
            self.writer.text.push(bracket);
        }
        Ok(())
    }
}

macro_rules! numbers {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, number: $type) -> Written {
            self.number(&number)
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'w>;
    type SerializeTuple = Open<'w>;
    type SerializeTupleStruct = Open<'w>;
    type SerializeTupleVariant = Open<'w>;
    type SerializeMap = Open<'w>;
    type SerializeStruct = Open<'w>;
    type SerializeStructVariant = Open<'w>;

    numbers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_f32(f32) serialize_f64(f64)
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.word(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Written {
        self.quoted(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.quoted(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Written {
        self.word("null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.word("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.word("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written {
        self.quoted(name)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Written {
        let mut open = self.open('{', "}");
        open.name(name);
        value.serialize(&mut *open.writer)?;
        open.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w>, Never> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'w>, Never> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, Never> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Open<'w>, Never> {
        Ok(self.variant(name, '[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w>, Never> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, Never> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Open<'w>, Never> {
        Ok(self.variant(name, '{', "}}"))
    }
}

macro_rules! items {
    ($($trait:ident::$method:ident)*) => {
        $(impl $trait for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
                self.item();
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Written {
                self.close()
            }
        })*
    };
}

macro_rules! members {
    ($($trait:ident)*) => {
        $(impl $trait for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
                self.name(name);
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Written {
                self.close()
            }
        })*
    };
}

items! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

members! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Written {
        self.item();
        let from = self.writer.text.len();
        key.serialize(&mut *self.writer)?;
        // A name is a string, also that of a number.
        if !self.writer.text[from..].starts_with('"') {
            self.writer.text.insert(from, '"');
            self.writer.text.push('"');
        }
        self.colon();
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}
