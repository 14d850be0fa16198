//! Components: what is drawn again only when it has changed, and what has hooks.
//!
//! Yew compiles its machinery anew for every component. So there is one for Yew, which has any of ours in it.

use std::any::Any;
use std::rc::Rc;

use yew::functional::{Hook, HookContext};
use yew::prelude::*;
use yew::virtual_dom::{Key, VComp, VList};

/// The properties of a component.
pub trait Component: PartialEq + 'static {
    /// Its name, so that one component does not go on with the hooks of another.
    const NAME: &'static str;

    /// Draws it.
    fn draw(&self, context: &mut HookContext) -> Html;
}

/// Any component.
trait AnyComponent {
    fn name(&self) -> &'static str;
    fn draw(&self, context: &mut HookContext) -> Html;
    fn is(&self, other: &dyn Any) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<C: Component> AnyComponent for C {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn draw(&self, context: &mut HookContext) -> Html {
        Component::draw(self, context)
    }

    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A component as a node.
pub fn component<C: Component>(component: C, key: Option<Key>) -> Html {
    any(Rc::new(component), key)
}

#[inline(never)]
fn any(component: Rc<dyn AnyComponent>, key: Option<Key>) -> Html {
    // The name is a key inside a list of one: the key beside others is the caller's.
    let name = Key::from(component.name());
    let inside = VComp::new::<Part>(Rc::new(PartProps { component }), Some(name));
    VList::with_children(vec![inside.into()], key).into()
}

#[derive(Properties)]
struct PartProps {
    component: Rc<dyn AnyComponent>,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        self.component.is(other.component.as_any())
    }
}

/// The one component that Yew knows.
#[yew::component]
fn Part(props: &PartProps) -> Html {
    use_drawing(&*props.component)
}

/// The hooks of a component, and what it draws.
fn use_drawing(component: &dyn AnyComponent) -> impl Hook<Output = Html> {
    struct Drawing<'a>(&'a dyn AnyComponent);

    impl Hook for Drawing<'_> {
        type Output = Html;

        fn run(self, context: &mut HookContext) -> Html {
            self.0.draw(context)
        }
    }

    Drawing(component)
}
