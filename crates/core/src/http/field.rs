//! One header field: a name and a value, as they were written.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A field: "a key and value pair" of a header or trailer section.
///
/// The name keeps its case and the value its inner spaces, because the page shows what really went over
/// the wire; comparing is done without regard to case.
///
/// Source: RFC 9110 section 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// The field name, in the case in which it was written.
    pub name: String,
    /// The field value, without the spaces around it.
    pub value: String,
}

impl Field {
    /// A field of this name and value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// Whether the field has this name: field names are case-insensitive.
    ///
    /// Source: RFC 9110 section 5.1.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The members of the value taken as a comma-separated list, without empty ones.
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
}
