//! The string that a piece of markup becomes, and what is filled into it.
//!
//! A control character says what follows; `web/src/markup/template.rs` reads them and has their list.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::html;
use crate::node::{Attribute, Node, Value};

/// What stands in the source, and what is computed, in the same order.
#[derive(Default)]
pub struct Template {
    /// The string.
    pub source: String,
    /// One statement for each thing that is filled in.
    pub fills: Vec<TokenStream>,
}

/// The name of the variable that collects what is filled in.
pub fn filling() -> Ident {
    Ident::new("filling", Span::mixed_site())
}

/// The statement that fills in several nodes as one.
fn one(nodes: &[Node]) -> TokenStream {
    let filling = filling();
    match nodes {
        [] => quote!(#filling.nothing()),
        [Node::Value(value)] => quote!(#filling.child(#value)),
        [Node::If { condition, then, otherwise }] => {
            let (then, otherwise) = (one(then), one(otherwise));
            quote!(if #condition { #then } else { #otherwise })
        }
        nodes => {
            let node = html::nodes(nodes);
            quote!(#filling.node(#node))
        }
    }
}

impl Template {
    /// Adds nodes.
    pub fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        let filling = filling();
        match node {
            Node::Element { name, attributes, children } => {
                self.source += "\u{1}";
                self.source += name;
                for attribute in attributes {
                    self.attribute(attribute);
                }
                self.nodes(children);
                self.source += "\u{2}";
            }
            Node::Text(text) => {
                self.source += "\u{3}";
                self.source += text;
            }
            Node::Component { .. } => {
                let node = html::node(node);
                self.fill('\u{4}', quote!(#filling.node(#node)));
            }
            Node::Value(value) => self.fill('\u{4}', quote!(#filling.child(#value))),
            Node::Each(nodes) => self.fill('\u{4}', quote!(#filling.each(#nodes))),
            Node::If { .. } => {
                self.fill('\u{4}', one(std::slice::from_ref(node)));
            }
        }
    }

    fn attribute(&mut self, Attribute { name, value, .. }: &Attribute) {
        let filling = filling();
        match value {
            Value::Fixed(text) if name != "key" => {
                self.source += "\u{5}";
                self.source += name;
                self.source += "\u{7}";
                self.source += &text.value();
            }
            value => {
                let value = value.tokens();
                match name.as_str() {
                    "key" => self.fill('\u{8}', quote!(#filling.key(#value))),
                    "ref" => self.fill('\u{8}', quote!(#filling.reference(#value))),
                    event if event.starts_with("on") => {
                        let event = Ident::new(event, Span::call_site());
                        self.fill(
                            '\u{8}',
                            quote!(#filling.listener(::yew::html::#event::Wrapper::__macro_new(#value))),
                        );
                    }
                    _ => {
                        self.fill('\u{6}', quote!(#filling.attribute(#value)));
                        self.source += name;
                    }
                }
            }
        }
    }

    fn fill(&mut self, sign: char, statement: TokenStream) {
        self.source.push(sign);
        self.fills.push(statement);
    }
}

impl Value {
    /// As an expression.
    pub fn tokens(&self) -> TokenStream {
        match self {
            Self::Fixed(text) => quote!(#text),
            Self::Computed(tokens) => tokens.clone(),
        }
    }
}
