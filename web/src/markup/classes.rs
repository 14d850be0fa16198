//! Lists of classes.

use yew::AttrValue;

/// Classes, with spaces between them.
#[derive(Clone, Default, PartialEq)]
pub struct Classes(String);

impl Classes {
    /// The value of the attribute.
    pub fn value(self) -> AttrValue {
        self.0.into()
    }

    /// With one more, or several; none is nothing.
    #[inline(never)]
    fn with(mut self, more: &str) -> Self {
        if !more.is_empty() {
            if !self.0.is_empty() {
                self.0.push(' ');
            }
            self.0.push_str(more);
        }
        self
    }
}

/// What stands in a list of classes.
pub trait Class {
    /// The list with this in it.
    fn join(self, classes: Classes) -> Classes;
}

impl Class for &str {
    fn join(self, classes: Classes) -> Classes {
        classes.with(self)
    }
}

impl Class for Option<&str> {
    fn join(self, classes: Classes) -> Classes {
        classes.with(self.unwrap_or_default())
    }
}

impl Class for String {
    fn join(self, classes: Classes) -> Classes {
        classes.with(&self)
    }
}

impl Class for Option<String> {
    fn join(self, classes: Classes) -> Classes {
        classes.with(self.as_deref().unwrap_or_default())
    }
}

impl From<&str> for Classes {
    fn from(class: &str) -> Self {
        Self(class.to_owned())
    }
}

impl Class for Classes {
    fn join(self, classes: Classes) -> Classes {
        classes.with(&self.0)
    }
}

/// A list of classes: names, and names that may be absent.
macro_rules! classes {
    ($($class:expr),* $(,)?) => {{
        let classes = $crate::markup::Classes::default();
        $(let classes = $crate::markup::Class::join($class, classes);)*
        classes
    }};
}
pub(crate) use classes;
