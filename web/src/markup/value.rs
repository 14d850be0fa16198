//! What can be filled in.

use yew::virtual_dom::{VList, VText};
use yew::{AttrValue, Html};

use super::classes::Classes;
use super::fill::{Fill, Hole};
use playground_playback::Decimal;

/// The value of an attribute.
pub trait Attribute {
    /// Fills it in.
    fn fill(self, fill: &mut Fill);
}

impl Attribute for Option<AttrValue> {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(self));
    }
}

impl Attribute for AttrValue {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(Some(self)));
    }
}

impl Attribute for &AttrValue {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(Some(self.clone())));
    }
}

impl Attribute for &'static str {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(Some(AttrValue::Static(self))));
    }
}

impl Attribute for Option<&'static str> {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(self.map(AttrValue::Static)));
    }
}

impl Attribute for String {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(Some(self.into())));
    }
}

impl Attribute for Option<String> {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(self.map(Into::into)));
    }
}

impl Attribute for Decimal {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        Attribute::fill(self.to_string(), fill);
    }
}

impl Attribute for Option<Decimal> {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        Attribute::fill(self.map(|number| number.to_string()), fill);
    }
}

impl Attribute for Classes {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Value(Some(self.value())));
    }
}

/// An attribute that is there or not.
impl Attribute for bool {
    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Flag(self));
    }
}

/// What can stand in an element.
pub trait Child: Sized {
    /// As a node.
    fn node(self) -> Html;

    /// Fills it in.
    #[inline(always)]
    fn fill(self, fill: &mut Fill) {
        fill.node(self.node());
    }
}

impl Child for Html {
    #[inline(always)]
    fn node(self) -> Html {
        self
    }
}

impl Child for &Html {
    fn node(self) -> Html {
        self.clone()
    }
}

impl<C: Child> Child for Option<C> {
    fn node(self) -> Html {
        self.map(Child::node).unwrap_or_default()
    }
}

impl Child for Vec<Html> {
    fn node(self) -> Html {
        VList::from(self).into()
    }

    fn fill(self, fill: &mut Fill) {
        fill.push(Hole::Nodes(self));
    }
}

impl Child for AttrValue {
    #[inline(never)]
    fn node(self) -> Html {
        VText::new(self).into()
    }

    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        fill.node(VText::new(self).into());
    }
}

impl Child for &AttrValue {
    fn node(self) -> Html {
        self.clone().node()
    }

    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        Child::fill(self.clone(), fill);
    }
}

impl Child for String {
    #[inline(never)]
    fn node(self) -> Html {
        AttrValue::from(self).node()
    }

    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        Child::fill(AttrValue::from(self), fill);
    }
}

impl Child for &String {
    fn node(self) -> Html {
        self.as_str().node()
    }

    fn fill(self, fill: &mut Fill) {
        Child::fill(self.as_str(), fill);
    }
}

impl Child for &str {
    #[inline(never)]
    fn node(self) -> Html {
        AttrValue::from(self.to_owned()).node()
    }

    #[inline(never)]
    fn fill(self, fill: &mut Fill) {
        Child::fill(AttrValue::from(self.to_owned()), fill);
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl Child for $type {
            fn node(self) -> Html {
                self.to_string().node()
            }

            #[inline(never)]
            fn fill(self, fill: &mut Fill) {
                Child::fill(self.to_string(), fill);
            }
        })*
    };
}

numbers! { u8 u32 u64 usize }
