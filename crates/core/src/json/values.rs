//! How the values that everything is made of are read and written.

use core::net::Ipv4Addr;
use core::ops::Range;
use std::rc::Rc;

use bytes::Bytes;

use super::{At, FromJson, Json, ToJson, Writer};
use crate::order::Map;

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl FromJson for $number {
            fn read(at: &At<'_>) -> Self {
                at.number(<$number>::MAX as u64) as $number
            }
        }

        impl ToJson for $number {
            fn write(&self, to: &mut Writer) {
                (*self as u64).write(to);
            }
        }
    )*};
}

numbers!(u8, u16, u32, usize);

impl FromJson for u64 {
    fn read(at: &At<'_>) -> Self {
        at.number(u64::MAX)
    }
}

impl ToJson for u64 {
    fn write(&self, to: &mut Writer) {
        to.raw(&self.to_string());
    }
}

impl FromJson for bool {
    fn read(at: &At<'_>) -> Self {
        let Json::Bool(value) = at.json() else {
            at.expected("true or false");
            return false;
        };
        *value
    }
}

impl ToJson for bool {
    fn write(&self, to: &mut Writer) {
        to.raw(if *self { "true" } else { "false" });
    }
}

impl FromJson for String {
    fn read(at: &At<'_>) -> Self {
        at.text().to_owned()
    }
}

impl ToJson for String {
    fn write(&self, to: &mut Writer) {
        to.string(self);
    }
}

impl ToJson for str {
    fn write(&self, to: &mut Writer) {
        to.string(self);
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn write(&self, to: &mut Writer) {
        (**self).write(to);
    }

    fn members(&self, to: &mut Writer) {
        (**self).members(to);
    }
}

impl FromJson for Ipv4Addr {
    fn read(at: &At<'_>) -> Self {
        at.text().parse().unwrap_or_else(|_| {
            at.expected("an IPv4 address");
            Self::UNSPECIFIED
        })
    }
}

impl ToJson for Ipv4Addr {
    fn write(&self, to: &mut Writer) {
        to.string(&self.to_string());
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn read(at: &At<'_>) -> Self {
        match at.json() {
            Json::Null => None,
            _ => Some(T::read(at)),
        }
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, to: &mut Writer) {
        match self {
            None => to.raw("null"),
            Some(value) => value.write(to),
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn read(at: &At<'_>) -> Self {
        at.items().map(|at| T::read(&at)).collect()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.open('[');
        for item in self {
            to.item(item);
        }
        to.close(']');
    }
}

impl<A: FromJson, B: FromJson> FromJson for (A, B) {
    fn read(at: &At<'_>) -> Self {
        (A::read(&at.item(0, 2)), B::read(&at.item(1, 2)))
    }
}

impl<A: ToJson, B: ToJson> ToJson for (A, B) {
    fn write(&self, to: &mut Writer) {
        to.open('[');
        to.item(&self.0);
        to.item(&self.1);
        to.close(']');
    }
}

impl<A: ToJson, B: ToJson, C: ToJson> ToJson for (A, B, C) {
    fn write(&self, to: &mut Writer) {
        to.open('[');
        to.item(&self.0);
        to.item(&self.1);
        to.item(&self.2);
        to.close(']');
    }
}

impl<T: ToJson> ToJson for Range<T> {
    fn members(&self, to: &mut Writer) {
        to.member("start", &self.start);
        to.member("end", &self.end);
    }
}

/// Octets as a list of numbers.
impl ToJson for Bytes {
    fn write(&self, to: &mut Writer) {
        to.open('[');
        for octet in self {
            to.item(octet);
        }
        to.close(']');
    }
}

impl<T: ToJson> ToJson for Rc<T> {
    fn write(&self, to: &mut Writer) {
        (**self).write(to);
    }

    fn members(&self, to: &mut Writer) {
        (**self).members(to);
    }
}

impl<T: FromJson> FromJson for Map<String, T> {
    fn read(at: &At<'_>) -> Self {
        at.members().map(|(name, at)| (name.to_owned(), T::read(&at))).collect()
    }
}

impl<T: ToJson> ToJson for Map<String, T> {
    fn members(&self, to: &mut Writer) {
        for (name, value) in self {
            to.member(name, value);
        }
    }
}
