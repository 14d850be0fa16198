//! JSON: scenarios in links and on the page, and traces on their way out.
//!
//! Types say how they are read and written by deriving [`FromJson`] and [`ToJson`]. There is one reader and
//! one writer, neither compiled anew for a type, and reading goes straight on after a fault: the first one is
//! kept with the path of the field where it was, and the value is not handed out.

mod at;
mod json_error;
mod parse;
#[cfg(test)]
mod tests;
mod value;
mod values;
mod writer;

pub use at::At;
pub use json_error::JsonError;
pub use playground_json_derive::{FromJson, ToJson};
pub use value::Json;
pub use writer::Writer;

/// What can be read from JSON.
pub trait FromJson {
    /// The value at a place. With a fault noted there, any value.
    fn read(at: &At<'_>) -> Self;
}

/// What can be written as JSON.
///
/// Shape: an object writes its members, anything else itself.
pub trait ToJson {
    /// Writes the value.
    fn write(&self, to: &mut Writer) {
        to.open('{');
        self.members(to);
        to.close('}');
    }

    /// Writes the members of an object without its braces.
    fn members(&self, _to: &mut Writer) {}
}

/// Reads a value from a text.
///
/// Errors: the first field that is not as it should be, and what is wrong with it.
pub fn read<T: FromJson>(text: &str) -> Result<T, JsonError> {
    let json = Json::parse(text)?;
    let fault = core::cell::RefCell::new(None);
    let value = T::read(&At::whole(&json, &fault));
    match fault.into_inner() {
        None => Ok(value),
        Some(error) => Err(error),
    }
}

/// Writes a value in one line.
pub fn to_string(value: &dyn ToJson) -> String {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.finish()
}

/// Writes a value for people: a line for each member, indented by two spaces.
pub fn to_string_pretty(value: &dyn ToJson) -> String {
    let mut writer = Writer::pretty();
    value.write(&mut writer);
    writer.finish()
}
