//! Filling a template.

use std::rc::Rc;
use std::vec::IntoIter;

use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, Listeners, VList, VTag, VText};
use yew::{AttrValue, Html, NodeRef};

use super::template::{Element, Piece};
use super::value::{Attribute, Child};

/// A template and what is filled into it so far.
pub struct Fill {
    pieces: &'static [Piece],
    holes: Vec<Hole>,
}

/// Something that is filled in.
pub(super) enum Hole {
    /// The value of an attribute.
    Value(Option<AttrValue>),
    /// Whether an attribute that has no value is there.
    Flag(bool),
    Listener(Option<Rc<dyn Listener>>),
    Key(Key),
    Reference(NodeRef),
    Node(Html),
    Nodes(Vec<Html>),
}

impl Fill {
    pub(super) fn new(pieces: &'static [Piece]) -> Self {
        Self { pieces, holes: Vec::new() }
    }

    #[inline(never)]
    pub(super) fn push(&mut self, hole: Hole) {
        self.holes.push(hole);
    }

    /// Fills in the value of an attribute.
    #[inline(always)]
    pub fn attribute(&mut self, value: impl Attribute) {
        value.fill(self);
    }

    /// Fills in a child.
    #[inline(always)]
    pub fn child(&mut self, child: impl Child) {
        child.fill(self);
    }

    /// Fills in a node.
    #[inline(never)]
    pub fn node(&mut self, node: Html) {
        self.holes.push(Hole::Node(node));
    }

    /// Fills in nothing where a node may stand.
    #[inline(never)]
    pub fn nothing(&mut self) {
        self.node(Html::default());
    }

    /// Fills in children.
    pub fn each(&mut self, nodes: impl IntoIterator<Item = Html>) {
        let nodes = nodes.into_iter().collect();
        self.push(Hole::Nodes(nodes));
    }

    /// Fills in a key.
    #[inline(always)]
    pub fn key(&mut self, key: impl Into<Key>) {
        self.push_key(key.into());
    }

    #[inline(never)]
    fn push_key(&mut self, key: Key) {
        self.holes.push(Hole::Key(key));
    }

    /// Fills in a reference to the element.
    #[inline(never)]
    pub fn reference(&mut self, node: NodeRef) {
        self.holes.push(Hole::Reference(node));
    }

    /// Fills in a listener.
    #[inline(never)]
    pub fn listener(&mut self, listener: Option<Rc<dyn Listener>>) {
        self.holes.push(Hole::Listener(listener));
    }

    /// The node.
    #[inline(never)]
    pub fn done(self) -> Html {
        let mut holes = self.holes.into_iter();
        self.pieces.first().map(|piece| node(piece, &mut holes)).unwrap_or_default()
    }
}

fn node(piece: &'static Piece, holes: &mut IntoIter<Hole>) -> Html {
    match piece {
        Piece::Element(shape) => element(shape, holes),
        Piece::Text(words) => VText::new(*words).into(),
        Piece::Hole => match holes.next() {
            Some(Hole::Node(node)) => node,
            Some(Hole::Nodes(nodes)) => VList::from(nodes).into(),
            _ => Html::default(),
        },
    }
}

fn element(shape: &'static Element, holes: &mut IntoIter<Hole>) -> Html {
    let (mut key, mut reference, mut listeners) = (None, NodeRef::default(), Vec::new());
    let mut checked = None;
    let mut values: Vec<Option<AttrValue>> =
        shape.values.iter().map(|value| value.map(AttrValue::Static)).collect();
    for place in &shape.holes {
        match (holes.next(), place) {
            (Some(Hole::Value(value)), Some(place)) => {
                // An empty list of classes is no attribute.
                values[*place] = value.filter(|value| !value.is_empty() || shape.names[*place] != "class");
            }
            (Some(Hole::Flag(is_set)), Some(place)) => {
                let name = shape.names[*place];
                if name == "checked" {
                    checked = Some(is_set);
                } else if is_set {
                    values[*place] = Some(AttrValue::Static(name));
                }
            }
            (Some(Hole::Key(it)), _) => key = Some(it),
            (Some(Hole::Reference(it)), _) => reference = it,
            (Some(Hole::Listener(it)), _) => listeners.push(it),
            _ => {}
        }
    }
    if shape.name.is_empty() {
        return VList::with_children(children(&shape.children, holes), key).into();
    }
    let is_input = matches!(shape.name, "input" | "textarea");
    // What a field holds is not one of its attributes.
    let held = shape.names.iter().position(|name| is_input && *name == "value");
    let held = held.and_then(|place| values[place].take());
    let attributes = Attributes::Dynamic {
        keys: &shape.names,
        values: values.into_iter().map(|value| value.map(AttributeOrProperty::Attribute)).collect(),
    };
    let listeners = match listeners.is_empty() {
        true => Listeners::None,
        false => Listeners::Pending(listeners.into()),
    };
    match shape.name {
        "input" => VTag::__new_input(held, checked, reference, key, attributes, listeners),
        "textarea" => VTag::__new_textarea(held, None, reference, key, attributes, listeners),
        name => {
            let inside = match &shape.children[..] {
                [] => Html::default(),
                [only] => node(only, holes),
                several => VList::from(children(several, holes)).into(),
            };
            VTag::__new_other(AttrValue::Static(name), reference, key, attributes, listeners, inside)
        }
    }
    .into()
}

fn children(pieces: &'static [Piece], holes: &mut IntoIter<Hole>) -> Vec<Html> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        // Several nodes at once stand beside the others.
        if matches!(piece, Piece::Hole) && matches!(holes.as_slice().first(), Some(Hole::Nodes(_))) {
            if let Some(Hole::Nodes(nodes)) = holes.next() {
                all.extend(nodes);
            }
        } else {
            all.push(node(piece, holes));
        }
    }
    all
}
