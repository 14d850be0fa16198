//! A place in a JSON text, with the way that leads there.

use core::cell::RefCell;
use core::fmt::Write as _;

use super::{Json, JsonError};

/// A place in a JSON text that is being read.
///
/// Faults are noted, the first one counts, and reading goes on with `null` for what is not there.
#[derive(Clone, Copy)]
pub struct At<'a> {
    json: &'a Json<'a>,
    up: Option<&'a At<'a>>,
    step: Step<'a>,
    /// Names known to what stands around, when that shares its fields.
    also: &'static [&'static str],
    fault: &'a RefCell<Option<JsonError>>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

impl<'a> At<'a> {
    /// The whole of a text.
    pub(super) const fn whole(json: &'a Json<'a>, fault: &'a RefCell<Option<JsonError>>) -> Self {
        Self { json, up: None, step: Step::Item(0), also: &[], fault }
    }

    /// What stands here.
    pub const fn json(&self) -> &'a Json<'a> {
        self.json
    }

    /// Notes that something is wrong here.
    #[cold]
    pub fn note(&self, problem: String) {
        let mut fault = self.fault.borrow_mut();
        if fault.is_none() {
            let mut field = String::new();
            self.path(&mut field);
            *fault = Some(JsonError { field, problem });
        }
    }

    /// Notes that something else should stand here.
    #[cold]
    pub fn expected(&self, what: &str) {
        let found = match self.json {
            Json::Number(number) => number,
            Json::String(text) if text.chars().count() <= 40 => {
                return self.note(format!("expected {what}, found \"{text}\""));
            }
            other => other.kind(),
        };
        self.note(format!("expected {what}, found {found}"));
    }

    fn path(&self, path: &mut String) {
        let Some(up) = self.up else { return };
        up.path(path);
        match self.step {
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Item(index) => {
                // Writing to a string cannot fail.
                let _ = write!(path, "[{index}]");
            }
        }
    }

    const fn below(&'a self, json: &'a Json<'a>, step: Step<'a>) -> At<'a> {
        At { json, up: Some(self), step, also: &[], fault: self.fault }
    }

    /// A field of the object here, if it has one of this name.
    pub fn optional(&'a self, name: &'a str) -> Option<At<'a>> {
        self.json.member(name).map(|json| self.below(json, Step::Field(name)))
    }

    /// A field of the object here; that it is missing is noted.
    pub fn field(&'a self, name: &'a str) -> At<'a> {
        self.optional(name).unwrap_or_else(|| {
            let missing = self.below(&Json::Null, Step::Field(name));
            missing.note("missing".to_owned());
            missing
        })
    }

    /// The same place for what shares its fields with others of these names.
    pub const fn beside(&self, also: &'static [&'static str]) -> At<'a> {
        At { also, ..*self }
    }

    /// Notes it when this is no object, or one with a field that is not known, or one field twice.
    pub fn only(&self, known: &'static [&'static str]) {
        let Json::Object(members) = self.json else { return self.expected("an object") };
        for (place, (name, _)) in members.iter().enumerate() {
            if !known.iter().chain(self.also).any(|known| known == name) {
                let unknown = self.below(&Json::Null, Step::Field(name));
                return unknown
                    .note(format!("unknown field, expected {}", one_of(&[known, self.also].concat())));
            }
            // The known are few, so there are few before the first that is there twice.
            if members[..place].iter().any(|(before, _)| before == name) {
                return self.below(&Json::Null, Step::Field(name)).note("stands there twice".to_owned());
            }
        }
    }

    /// The items of the list here.
    pub fn items(&'a self) -> impl Iterator<Item = At<'a>> {
        let items = match self.json {
            Json::Array(items) => &items[..],
            _ => {
                self.expected("a list");
                &[]
            }
        };
        items.iter().enumerate().map(|(index, json)| self.below(json, Step::Item(index)))
    }

    /// The members of the object here, with their names.
    pub fn members(&'a self) -> impl Iterator<Item = (&'a str, At<'a>)> {
        let members = match self.json {
            Json::Object(members) => &members[..],
            _ => {
                self.expected("an object");
                &[]
            }
        };
        members.iter().map(|(name, json)| (&**name, self.below(json, Step::Field(name))))
    }

    /// One of the items of a list of so many.
    pub fn item(&'a self, index: usize, count: usize) -> At<'a> {
        match self.json {
            Json::Array(items) if items.len() == count => self.below(&items[index], Step::Item(index)),
            _ => {
                self.expected(if count == 2 { "a list of two" } else { "a shorter or longer list" });
                self.below(&Json::Null, Step::Item(index))
            }
        }
    }

    /// The whole number here.
    pub fn number(&self, most: u64) -> u64 {
        let number = match self.json {
            Json::Number(number) => number.parse().ok().filter(|number| *number <= most),
            _ => None,
        };
        number.unwrap_or_else(|| {
            self.expected(&format!("a whole number from 0 to {most}"));
            0
        })
    }

    /// The string here.
    pub fn text(&self) -> &'a str {
        match self.json {
            Json::String(text) => text,
            _ => {
                self.expected("a string");
                ""
            }
        }
    }

    /// Which of these names stands here as a string.
    pub fn choice(&self, names: &[&str]) -> usize {
        match self.json {
            Json::String(text) => self.named(text, names),
            _ => {
                self.expected("a string");
                0
            }
        }
    }

    /// Which of these names stands in a field of the object here.
    pub fn tag(&self, field: &str, names: &[&str]) -> usize {
        self.field(field).choice(names)
    }

    /// Which of these names stands here, as a string or as the one field of an object, and its value.
    pub fn variant(&'a self, names: &[&str]) -> (usize, At<'a>) {
        match self.json {
            Json::String(text) => (self.named(text, names), self.below(&Json::Null, Step::Field(text))),
            Json::Object(members) if members.len() == 1 => {
                let (name, json) = &members[0];
                (self.named(name, names), self.below(json, Step::Field(name)))
            }
            _ => {
                self.expected("a string, or an object with one field");
                (0, self.below(&Json::Null, Step::Item(0)))
            }
        }
    }

    fn named(&self, name: &str, names: &[&str]) -> usize {
        names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.note(format!("unknown variant `{name}`, expected {}", one_of(names)));
            0
        })
    }
}

/// The names in a row: one of `a`, `b`.
fn one_of(names: &[&str]) -> String {
    format!("one of `{}`", names.join("`, `"))
}
