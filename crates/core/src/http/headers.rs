//! Header sections: field lines in their order and case.

use core::{fmt, slice};

use serde::{Deserialize, Serialize};

/// A field: "a key and value pair" of a header or trailer section.
///
/// The name keeps its case and the value its inner spaces, because the page shows the octets on the wire;
/// [`is_named`](Self::is_named) compares without regard to case.
///
/// Source: RFC 9110 section 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// The field name, in its original case.
    pub name: String,
    /// The field value, without the spaces around it.
    pub value: String,
}

impl Field {
    /// A field with this name and value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// Whether the field has this name: field names are case-insensitive.
    ///
    /// Source: RFC 9110 section 5.1.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The members of the value as a comma-separated list, without empty ones.
    ///
    /// Shape: `close, "a,b" , x` gives `close`, `"a,b"`, `x`: a comma in a quoted string does not separate.
    ///
    /// Source: RFC 9110 section 5.6.1.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        list_members(&self.value)
    }
}

/// The field line without its line end: `Connection: close`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.value)
    }
}

/// The members of a comma-separated list, without empty ones.
pub(super) fn list_members(value: &str) -> impl Iterator<Item = &str> {
    let mut in_quotes = false;
    let mut escaped = false;
    value
        .split(move |character| {
            match character {
                _ if escaped => escaped = false,
                '\\' if in_quotes => escaped = true,
                '"' => in_quotes = !in_quotes,
                ',' => return !in_quotes,
                _ => {}
            }
            false
        })
        .map(|member| member.trim_matches([' ', '\t']))
        .filter(|member| !member.is_empty())
}

/// A header (or trailer) section, in the order of its field lines.
///
/// A look-up is a linear search: a section has at most a hundred fields.
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

    /// The number of field lines.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no field lines.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field lines in order.
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

    /// The values of all fields of this name, in order.
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

    /// Inserts a field before the first one named `next`, or at the end without one.
    pub fn insert_before(&mut self, next: &str, field: Field) {
        let at = self.0.iter().position(|other| other.is_named(next)).unwrap_or(self.0.len());
        self.0.insert(at, field);
    }

    /// Replaces all fields of this name by one, in the place of the first; appends it when there is none.
    ///
    /// Shape: returns the replaced fields.
    pub fn replace(&mut self, name: impl Into<String>, value: impl Into<String>) -> Vec<Field> {
        let field = Field::new(name, value);
        let at = self.0.iter().position(|other| other.is_named(&field.name)).unwrap_or(self.0.len());
        let before = self.remove_all(&field.name);
        self.0.insert(at, field);
        before
    }

    /// Removes all fields of this name.
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

    #[test]
    fn a_list_is_split_at_its_commas_only() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            (" , ,", &[]),
            ("close", &["close"]),
            ("meter, close,\tbill-my-credit-card ", &["meter", "close", "bill-my-credit-card"]),
            ("a=\"1,2\", b", &["a=\"1,2\"", "b"]),
            ("a=\"\\\",\", b", &["a=\"\\\",\"", "b"]),
        ];
        for (value, members) in cases {
            assert_eq!(Field::new("X", value).members().collect::<Vec<_>>(), members, "{value:?}");
        }
    }

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
    fn changes_keep_the_order_of_other_fields() {
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
