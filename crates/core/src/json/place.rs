//! A place in a JSON text, as serde's derived readers see it.

use core::slice;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Expected, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::JsonError;
use super::value::Value;

/// What is wrong, as the readers pass it on. They are many, so it is small.
pub(super) type Fault = Box<JsonError>;

/// A place in a JSON text. Its errors name the field.
///
/// What reads one kind of value is compiled for that kind alone.
#[derive(Clone, Copy)]
pub(super) struct Place<'de>(pub &'de Value);

impl<'de> Place<'de> {
    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Unsigned(number) => visitor.visit_u64(*number),
            Value::Signed(number) => visitor.visit_i64(*number),
            _ => Err(self.unlike(&visitor)),
        }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.unlike(&visitor)),
        }
    }

    fn items<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter(), place: 0 }),
            _ => Err(self.unlike(&visitor)),
        }
    }

    fn members<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Object(members) => visitor.visit_map(Members { members: members.iter(), value: None }),
            _ => Err(self.unlike(&visitor)),
        }
    }

    /// What stands here is not what was expected.
    #[cold]
    pub(super) fn unlike(self, expected: &dyn Expected) -> Fault {
        let found = match self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Unsigned(number) => Unexpected::Unsigned(*number),
            Value::Signed(number) => Unexpected::Signed(*number),
            Value::Number(written) => Unexpected::Other(written),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        de::Error::invalid_type(found, expected)
    }
}

macro_rules! forwarded {
    ($($to:ident: $($method:ident($($given:ty),*))*;)*) => {
        $($(
            fn $method<V: Visitor<'de>>(self, $(_: $given,)* visitor: V) -> Result<V::Value, Fault> {
                self.$to(visitor)
            }
        )*)*
    };
}

impl<'de> Deserializer<'de> for Place<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Unsigned(_) | Value::Signed(_) | Value::Number(_) => self.number(visitor),
            Value::String(_) => self.text(visitor),
            Value::Array(_) => self.items(visitor),
            Value::Object(_) => self.members(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.unlike(&visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            _ => Err(self.unlike(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.variant() {
            Some(variant) => visitor.visit_enum(variant),
            None => Err(self.unlike(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forwarded! {
        number: deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
            deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64();
        text: deserialize_str() deserialize_string() deserialize_identifier();
        items: deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize);
        members: deserialize_map() deserialize_struct(&'static str, &'static [&'static str]);
    }

    forward_to_deserialize_any! { f32 f64 char bytes byte_buf unit_struct }
}

struct Items<'de> {
    items: slice::Iter<'de, Value>,
    place: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        self.place += 1;
        match seed.deserialize(Place(item)) {
            Ok(value) => Ok(Some(value)),
            Err(fault) => Err(within_item(fault, self.place - 1)),
        }
    }
}

struct Members<'de> {
    members: slice::Iter<'de, (String, Value)>,
    value: Option<(&'de str, &'de Value)>,
}

impl<'de> Members<'de> {
    fn next(&mut self) -> Option<Name<'de>> {
        let (name, value) = self.members.next()?;
        self.value = Some((name, value));
        Some(Name(name))
    }

    fn value(&mut self) -> (&'de str, &'de Value) {
        // Serde asks for a value after its name only; null is what a value that nobody asked for would be.
        self.value.take().unwrap_or(("", &Value::Null))
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(name) = self.next() else { return Ok(None) };
        // A name that is not known is named by its error.
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let (name, value) = self.value();
        seed.deserialize(Place(value)).map_err(|fault| within(fault, name))
    }
}

/// A member's name, or a variant's.
#[derive(Clone, Copy)]
struct Name<'de>(&'de str);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A variant of an enum: its name alone, or with its content.
struct Variant<'de> {
    name: &'de str,
    content: &'de Value,
}

impl<'de> Place<'de> {
    fn variant(self) -> Option<Variant<'de>> {
        match self.0 {
            Value::String(name) => Some(Variant { name, content: &Value::Null }),
            Value::Object(members) if members.len() == 1 => {
                members.iter().next().map(|(name, content)| Variant { name, content })
            }
            _ => None,
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Fault> {
        seed.deserialize(Name(self.name)).map(|variant| (variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        serde::Deserialize::deserialize(Place(self.content)).map_err(|fault| within(fault, self.name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(Place(self.content)).map_err(|fault| within(fault, self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        Place(self.content).items(visitor).map_err(|fault| within(fault, self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        Place(self.content).members(visitor).map_err(|fault| within(fault, self.name))
    }
}

#[cold]
fn within(mut fault: Fault, step: &str) -> Fault {
    *fault = fault.within(step);
    fault
}

#[cold]
fn within_item(fault: Fault, place: usize) -> Fault {
    within(fault, &format!("[{place}]"))
}
