//! The header section: an ordered list of fields that keeps the case in which they were written.

use core::slice;

use serde::{Deserialize, Serialize};

use super::field::Field;

/// A header (or trailer) section, in the order of its field lines.
///
/// Simplified: looking a field up is a walk over the list; a section has at most a hundred fields.
///
/// Source: RFC 9110 section 5.3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Headers(Vec<Field>);

impl Headers {
    /// No fields.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many field lines there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no field line.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field lines in their order.
    pub fn iter(&self) -> slice::Iter<'_, Field> {
        self.0.iter()
    }

    /// Whether there is a field of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|field| field.is_named(name))
    }

    /// The value of the first field of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// The values of all fields of this name, in their order.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |field| field.is_named(name)).map(|field| field.value.as_str())
    }

    /// The members of all lists of this name, as if the field lines were joined by commas.
    ///
    /// Source: RFC 9110 section 5.3.
    pub fn tokens(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |field| field.is_named(name)).flat_map(Field::members)
    }

    /// Whether a list of this name has the member `token`, without regard to case.
    pub fn contains_token(&self, name: &str, token: &str) -> bool {
        self.tokens(name).any(|member| member.eq_ignore_ascii_case(token))
    }

    /// Adds a field at the end.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push(Field::new(name, value));
    }

    /// Adds a field before the first one called `next`, or at the end when there is none.
    pub fn insert_before(&mut self, next: &str, field: Field) {
        let at = self.0.iter().position(|other| other.is_named(next)).unwrap_or(self.0.len());
        self.0.insert(at, field);
    }

    /// Gives the field of this name this value, in the place of the first one; adds it when there is none.
    ///
    /// Shape: gives back the fields that were there before.
    pub fn replace(&mut self, name: impl Into<String>, value: impl Into<String>) -> Vec<Field> {
        let field = Field::new(name, value);
        let at = self.0.iter().position(|other| other.is_named(&field.name)).unwrap_or(self.0.len());
        let before = self.remove_all(&field.name);
        self.0.insert(at, field);
        before
    }

    /// Takes all fields of this name out.
    pub fn remove_all(&mut self, name: &str) -> Vec<Field> {
        self.0.extract_if(.., |field| field.is_named(name)).collect()
    }
}

impl FromIterator<Field> for Headers {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Headers {
    fn from(fields: [(&str, &str); N]) -> Self {
        fields.into_iter().map(|(name, value)| Field::new(name, value)).collect()
    }
}

impl Extend<Field> for Headers {
    fn extend<I: IntoIterator<Item = Field>>(&mut self, fields: I) {
        self.0.extend(fields);
    }
}

impl<'a> IntoIterator for &'a Headers {
    type Item = &'a Field;
    type IntoIter = slice::Iter<'a, Field>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Headers {
    type Item = Field;
    type IntoIter = std::vec::IntoIter<Field>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Headers {
        Headers::from([("Host", "a"), ("connection", "meter"), ("X-Keep", "1"), ("Connection", "Close, x")])
    }

    #[test]
    fn fields_are_found_without_regard_to_case() {
        let headers = sample();
        assert_eq!(headers.get("CONNECTION"), Some("meter"));
        assert_eq!(headers.get_all("connection").collect::<Vec<_>>(), ["meter", "Close, x"]);
        assert_eq!(headers.tokens("Connection").collect::<Vec<_>>(), ["meter", "Close", "x"]);
        assert!(headers.contains_token("Connection", "close"));
        assert!(!headers.contains_token("Connection", "clos"));
        assert_eq!(headers.get("Via"), None);
    }

    #[test]
    fn changes_keep_the_order_of_the_rest() {
        let mut headers = sample();
        assert_eq!(headers.replace("Connection", "keep-alive").len(), 2);
        let names: Vec<_> = headers.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["Host: a", "Connection: keep-alive", "X-Keep: 1"]);
        headers.insert_before("x-keep", Field::new("Via", "1.1 p"));
        headers.insert_before("absent", Field::new("Last", "l"));
        assert_eq!(headers.remove_all("connection"), [Field::new("Connection", "keep-alive")]);
        let names: Vec<_> = headers.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["Host", "Via", "X-Keep", "Last"]);
    }
}
