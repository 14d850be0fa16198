//! JSON by serde: scenarios in links and on the page, and traces on their way out.
//!
//! Every derived reader and writer is compiled once, as there is one way to read here and one way to write: a text
//! becomes values first, and these are read with the path of the field in mind, so that an error names it.
//! serde_json does the same with floats and streams, which are much code and which nothing here has.

mod any;
mod flat;
mod json_error;
mod place;
#[cfg(test)]
mod tests;
mod value;
mod writer;

pub use any::{Any, read_list};
pub(crate) use flat::{flat, none_left};
pub use json_error::JsonError;
use place::Place;
use serde::{Deserialize, Serialize};
use writer::Writer;

/// Reads a value from a text.
///
/// Errors: the first field that is not as it should be, and what is wrong with it.
pub fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, JsonError> {
    value::parse(text).and_then(|value| T::deserialize(Place(&value))).map_err(|fault| *fault)
}

/// Writes a value in one line.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    write(value, Writer::new(false))
}

/// Writes a value for people: a line for each member, indented by two spaces.
pub fn to_string_pretty<T: Serialize + ?Sized>(value: &T) -> String {
    write(value, Writer::new(true))
}

fn write<T: Serialize + ?Sized>(value: &T, mut writer: Writer) -> String {
    let Ok(()) = value.serialize(&mut writer);
    writer.text()
}
