//! Large data as a component property: shared, and compared by identity.

use std::ops::Deref;
use std::rc::Rc;

use yew::html::ImplicitClone;

/// An `Rc` compared by identity, so that a component is rendered again only when its data was replaced.
#[derive(Debug)]
pub struct RcEq<T: ?Sized>(Rc<T>);

impl<T> RcEq<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }

    /// The inner `Rc`.
    pub const fn rc(&self) -> &Rc<T> {
        &self.0
    }
}

impl<T: ?Sized> From<Rc<T>> for RcEq<T> {
    fn from(rc: Rc<T>) -> Self {
        Self(rc)
    }
}

impl<T: ?Sized> Clone for RcEq<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> ImplicitClone for RcEq<T> {}

impl<T: ?Sized> PartialEq for RcEq<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for RcEq<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
